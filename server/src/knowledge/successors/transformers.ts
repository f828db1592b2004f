/** Arguments that left transformers. */
import type { Remedy, Successor } from "./successor.js";

const REPOSITORY = "https://github.com/huggingface/transformers";
const MIGRATION = `${REPOSITORY}/blob/main/MIGRATION_GUIDE_V5.md`;
const ARGUMENTS_4 = `${REPOSITORY}/blob/v4.57.6/src/transformers/training_args.py`;

function trainingArgument(name: string, remedy: Remedy, source: string, advice?: string): Successor {
  return { callables: ["transformers.TrainingArguments"], name, library: "transformers", remedy, source, ...(advice === undefined ? {} : { advice }) };
}

const DROP: Remedy = { kind: "drop" };

/** Models' `from_pretrained`, by the class it is called on. */
export const MODEL_FROM_PRETRAINED = /^transformers\.(?:AutoModel\w*|\w+Model|\w+For[A-Z]\w+|\w+LMHeadModel)\.from_pretrained$/;
const FROM_PRETRAINED = /^transformers\.\w+\.from_pretrained$/;
/** A tokenizer that is called, or one of its encoding methods. */
const TOKENIZER_CALL = /^transformers\.(?:AutoTokenizer|\w+Tokenizer(?:Fast)?)(?:\(\)|\.(?:__call__|encode|encode_plus|batch_encode_plus))$/;

export const transformersSuccessors: readonly Successor[] = [
  trainingArgument("evaluation_strategy", { kind: "rename", to: "eval_strategy" }, `${REPOSITORY}/pull/30190`),
  trainingArgument("no_cuda", { kind: "rename", to: "use_cpu" }, ARGUMENTS_4),
  trainingArgument("per_gpu_train_batch_size", { kind: "rename", to: "per_device_train_batch_size" }, ARGUMENTS_4),
  trainingArgument("per_gpu_eval_batch_size", { kind: "rename", to: "per_device_eval_batch_size" }, ARGUMENTS_4),
  trainingArgument("push_to_hub_token", { kind: "rename", to: "hub_token" }, ARGUMENTS_4),
  trainingArgument("push_to_hub_model_id", { kind: "rename", to: "hub_model_id", isUnsafe: true }, ARGUMENTS_4, 'Use hub_model_id="organization/name".'),
  trainingArgument("push_to_hub_organization", { kind: "none" }, ARGUMENTS_4, 'Use hub_model_id="organization/name".'),
  trainingArgument("torchdynamo", { kind: "rename", to: "torch_compile_backend" }, ARGUMENTS_4),
  trainingArgument("warmup_ratio", { kind: "rename", to: "warmup_steps", isUnsafe: true }, MIGRATION, "Use warmup_steps with the same number: below 1 it is a share."),
  trainingArgument("group_by_length", { kind: "rewrite", values: { True: 'train_sampling_strategy="group_by_length"', False: null } }, MIGRATION, 'Use train_sampling_strategy="group_by_length".'),
  trainingArgument("include_inputs_for_metrics", { kind: "rewrite", values: { True: 'include_for_metrics=["inputs"]', False: null } }, ARGUMENTS_4, 'Use include_for_metrics=["inputs"].'),
  trainingArgument("include_tokens_per_second", { kind: "rewrite", values: { True: 'include_num_input_tokens_seen="all"', False: null }, isUnsafe: true }, MIGRATION, "Use include_num_input_tokens_seen."),
  trainingArgument("adafactor", { kind: "rewrite", values: { True: 'optim="adafactor"', False: null } }, ARGUMENTS_4, 'Use optim="adafactor".'),
  trainingArgument("logging_dir", { kind: "drop", isUnsafe: true }, MIGRATION, "Set the environment variable TENSORBOARD_LOGGING_DIR instead."),
  trainingArgument("fsdp_min_num_params", { kind: "rewrite", any: 'fsdp_config={"min_num_params": {value}}', isUnsafe: true }, ARGUMENTS_4, 'Use fsdp_config={"min_num_params": ...}.'),
  trainingArgument("fsdp_transformer_layer_cls_to_wrap", { kind: "none" }, ARGUMENTS_4, 'Use fsdp_config={"transformer_layer_cls_to_wrap": [...]}.'),
  trainingArgument("split_batches", { kind: "rewrite", any: 'accelerator_config={"split_batches": {value}}', isUnsafe: true }, ARGUMENTS_4, "Use accelerator_config."),
  trainingArgument("dispatch_batches", { kind: "rewrite", any: 'accelerator_config={"dispatch_batches": {value}}', isUnsafe: true }, ARGUMENTS_4, "Use accelerator_config."),
  trainingArgument("overwrite_output_dir", DROP, MIGRATION, "The Trainer never read it: drop it."),
  trainingArgument("save_safetensors", { kind: "rewrite", values: { True: null } }, MIGRATION, "Drop it: safetensors is the only format."),
  trainingArgument("use_mps_device", { kind: "rewrite", values: { True: null } }, ARGUMENTS_4, "Drop it: the device is found by itself."),
  trainingArgument("use_ipex", { kind: "drop", isUnsafe: true }, ARGUMENTS_4, "Drop it."),
  trainingArgument("sharded_ddp", { kind: "drop", isUnsafe: true }, ARGUMENTS_4, "Use fsdp."),
  trainingArgument("fp16_backend", { kind: "drop" }, MIGRATION, "Drop it."),
  trainingArgument("half_precision_backend", { kind: "drop" }, MIGRATION, "Drop it."),
  trainingArgument("fp16_opt_level", { kind: "drop" }, MIGRATION, "Drop it: it was for apex."),
  trainingArgument("tpu_num_cores", { kind: "none" }, MIGRATION, "Set the environment variable TPU_NUM_CORES instead."),
  trainingArgument("tpu_metrics_debug", { kind: "rewrite", values: { True: 'debug="tpu_metrics_debug"', False: null } }, ARGUMENTS_4, 'Use debug="tpu_metrics_debug".'),
  trainingArgument("ray_scope", { kind: "none" }, MIGRATION, "Set the environment variable RAY_SCOPE instead."),
  trainingArgument("past_index", { kind: "drop", isUnsafe: true }, MIGRATION, "Drop it."),
  trainingArgument("mp_parameters", { kind: "drop", isUnsafe: true }, MIGRATION, "Drop it."),
  trainingArgument("jit_mode_eval", { kind: "drop", isUnsafe: true }, MIGRATION, "Drop it."),
  trainingArgument("use_legacy_prediction_loop", { kind: "drop", isUnsafe: true }, MIGRATION, "Drop it."),

  { callables: ["transformers.Trainer"], name: "tokenizer", library: "transformers", remedy: { kind: "rename", to: "processing_class" }, source: `${REPOSITORY}/pull/32385` },
  { callables: ["transformers.Trainer.train"], name: "model_path", library: "transformers", until: "5.0.0", remedy: { kind: "rename", to: "resume_from_checkpoint" }, source: MIGRATION },

  { callables: MODEL_FROM_PRETRAINED, name: "torch_dtype", library: "transformers", deprecated: "4.56.0", remedy: { kind: "rename", to: "dtype" }, source: `${REPOSITORY}/pull/39782` },
  { callables: MODEL_FROM_PRETRAINED, name: "dtype", library: "transformers", since: "4.56.0", remedy: { kind: "rename", to: "torch_dtype" }, source: `${REPOSITORY}/pull/39782` },
  {
    callables: MODEL_FROM_PRETRAINED,
    name: "load_in_8bit",
    library: "transformers",
    until: "5.0.0",
    deprecated: "4.36.0",
    remedy: { kind: "rewrite", values: { True: "quantization_config=BitsAndBytesConfig(load_in_8bit=True)", False: null }, needs: { module: "transformers", name: "BitsAndBytesConfig" } },
    advice: "Use quantization_config=BitsAndBytesConfig(load_in_8bit=True).",
    source: MIGRATION,
  },
  {
    callables: MODEL_FROM_PRETRAINED,
    name: "load_in_4bit",
    library: "transformers",
    until: "5.0.0",
    deprecated: "4.36.0",
    remedy: { kind: "rewrite", values: { True: "quantization_config=BitsAndBytesConfig(load_in_4bit=True)", False: null }, needs: { module: "transformers", name: "BitsAndBytesConfig" } },
    advice: "Use quantization_config=BitsAndBytesConfig(load_in_4bit=True).",
    source: MIGRATION,
  },
  { callables: MODEL_FROM_PRETRAINED, name: "use_auth_token", library: "transformers", until: "5.0.0", deprecated: "4.32.0", remedy: { kind: "rename", to: "token" }, source: MIGRATION },
  { callables: FROM_PRETRAINED, name: "use_auth_token", library: "transformers", until: "5.0.0", deprecated: "4.32.0", then: "ignored", remedy: { kind: "rename", to: "token" }, source: MIGRATION },
  {
    callables: MODEL_FROM_PRETRAINED,
    name: "use_flash_attention_2",
    library: "transformers",
    until: "4.57.0",
    deprecated: "4.36.0",
    remedy: { kind: "rewrite", values: { True: 'attn_implementation="flash_attention_2"', False: null } },
    advice: 'Use attn_implementation="flash_attention_2".',
    source: `${REPOSITORY}/blob/v4.57.6/src/transformers/modeling_utils.py`,
  },
  {
    callables: MODEL_FROM_PRETRAINED,
    name: "device",
    library: "transformers",
    until: "4.0.0",
    then: "never",
    remedy: { kind: "none" },
    advice: "Use device_map=, or .to(device) on the model.",
    source: `${REPOSITORY}/blob/v4.57.6/src/transformers/modeling_utils.py`,
  },
  { callables: MODEL_FROM_PRETRAINED, name: "resume_download", library: "transformers", until: "5.0.0", remedy: DROP, advice: "Drop it: downloads always resume.", source: MIGRATION },
  { callables: MODEL_FROM_PRETRAINED, name: "from_tf", library: "transformers", until: "5.0.0", then: "ignored", isHarmlessUnlessTrue: true, remedy: { kind: "drop", isUnsafe: true }, advice: "Convert the weights with an older version.", source: MIGRATION },
  { callables: MODEL_FROM_PRETRAINED, name: "from_flax", library: "transformers", until: "5.0.0", then: "ignored", isHarmlessUnlessTrue: true, remedy: { kind: "drop", isUnsafe: true }, advice: "Convert the weights with an older version.", source: MIGRATION },

  {
    callables: TOKENIZER_CALL,
    name: "pad_to_max_length",
    library: "transformers",
    until: "5.0.0",
    deprecated: "3.0.0",
    then: "ignored",
    remedy: { kind: "rewrite", values: { True: 'padding="max_length"', False: null } },
    advice: 'Use padding="max_length".',
    source: `${REPOSITORY}/blob/v4.57.6/src/transformers/tokenization_utils_base.py`,
  },
  {
    callables: /^transformers\.(?:pipeline|Pipeline\(\)|TextClassificationPipeline(?:\(\))?)$/,
    name: "return_all_scores",
    library: "transformers",
    until: "5.0.0",
    deprecated: "4.20.0",
    then: "ignored",
    remedy: { kind: "rewrite", values: { True: "top_k=None", False: "top_k=1" } },
    advice: "Use top_k=None for all scores.",
    source: `${REPOSITORY}/blob/v4.57.6/src/transformers/pipelines/text_classification.py`,
  },
];
