/** What to import instead of a name that left its library: reviewed by hand, a source per row. */
export interface ImportSuccessor {
  readonly module: string;
  readonly name: string | RegExp;
  /** The name to use instead, in the same module; `$1` stands for the first group of a pattern. */
  readonly to?: string;
  /** What to do, as the end of the message. */
  readonly advice?: string;
  readonly source: string;
}

const TRANSFORMERS_5 = "https://github.com/huggingface/transformers/blob/main/MIGRATION_GUIDE_V5.md";
const TRL = "https://github.com/huggingface/trl/releases";

export const importSuccessors: readonly ImportSuccessor[] = [
  { module: "transformers", name: "AdamW", advice: "Use torch.optim.AdamW; its weight decay is 0.01 where this one's was 0.", source: "https://github.com/huggingface/transformers/pull/36177" },
  { module: "transformers", name: "AutoModelForVision2Seq", to: "AutoModelForImageTextToText", source: TRANSFORMERS_5 },
  { module: "transformers", name: "EvaluationStrategy", to: "IntervalStrategy", source: TRANSFORMERS_5 },
  { module: "transformers", name: "AutoModelWithLMHead", advice: "Use AutoModelForCausalLM, AutoModelForMaskedLM or AutoModelForSeq2SeqLM.", source: TRANSFORMERS_5 },
  { module: "transformers", name: /^(?:Constraint|PhrasalConstraint|DisjunctiveConstraint|ConstraintListState)$/, advice: "Constrained beam search lives on the Hub: transformers-community/constrained-beam-search.", source: "https://github.com/huggingface/transformers/pull/40518" },
  { module: "transformers", name: /^(TF|Flax)[A-Z]\w+$/, advice: "The TensorFlow and Flax models are gone: use the PyTorch class.", source: TRANSFORMERS_5 },
  { module: "transformers", name: /^(\w+)FeatureExtractor$/, to: "$1ImageProcessor", source: TRANSFORMERS_5 },
  { module: "transformers", name: /^(?:Summarization|Translation|Text2TextGeneration|QuestionAnswering)Pipeline$/, advice: "Load the model and call generate() or the model itself.", source: TRANSFORMERS_5 },
  { module: "transformers", name: /^(?:TextDataset|LineByLineTextDataset)$/, advice: "Use the datasets library.", source: TRANSFORMERS_5 },
  { module: "transformers", name: "TRANSFORMERS_CACHE", advice: "Set the environment variable HF_HOME.", source: TRANSFORMERS_5 },
  { module: "transformers", name: "is_torch_tpu_available", to: "is_torch_xla_available", source: "https://github.com/huggingface/transformers/pull/28120" },
  { module: "trl", name: "DataCollatorForCompletionOnlyLM", advice: "Give SFTTrainer prompt and completion columns: the prompt is masked by default.", source: TRL },
  { module: "trl", name: "AutoModelForSeq2SeqMWithValueHead", to: "AutoModelForSeq2SeqLMWithValueHead", source: TRL },
  { module: "trl", name: "setup_chat_format", advice: "Use clone_chat_template, which takes the template of another checkpoint.", source: TRL },
  { module: "trl", name: /^(?:PPOv2)(Trainer|Config)$/, to: "PPO$1", source: TRL },
  { module: "trl", name: "set_seed", advice: "Import it from transformers.", source: TRL },
  { module: "trl", name: "get_kbit_device_map", advice: "Use device_map={\"\": PartialState().local_process_index}.", source: TRL },
  { module: "peft", name: "prepare_model_for_int8_training", to: "prepare_model_for_kbit_training", source: "https://github.com/huggingface/peft/blob/v0.10.0/src/peft/__init__.py" },
  { module: "datasets", name: "load_metric", advice: "Use evaluate.load from the evaluate library.", source: "https://github.com/huggingface/datasets/pull/6983" },
  { module: "datasets", name: "list_metrics", advice: "Use the evaluate library.", source: "https://github.com/huggingface/datasets/pull/6983" },
];

/** The row of a name that a module no longer exports. */
export function importSuccessorOf(module: string, name: string): (ImportSuccessor & { readonly target: string | undefined }) | undefined {
  for (const row of importSuccessors) {
    if (row.module !== module) continue;
    const matched = typeof row.name === "string" ? (row.name === name ? [name] : undefined) : row.name.exec(name);
    if (matched) return { ...row, target: row.to?.replace("$1", matched[1] ?? "") };
  }
  return undefined;
}
