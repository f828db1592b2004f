/** Arguments that a library doesn't take, or refuses, with the rule that finds them before a run. */
import type { Explainer, Explanation } from "./explanation.js";

/** Arguments of TrainingArguments and Trainer that transformers 4.36 or 4.57 take and 5.18 doesn't (their signatures), and two that are older. */
const REMOVED: ReadonlySet<string> = new Set(
  `adafactor dispatch_batches evaluation_strategy fp16_backend fp16_opt_level fsdp_min_num_params fsdp_transformer_layer_cls_to_wrap group_by_length
  half_precision_backend include_inputs_for_metrics include_tokens_per_second jit_mode_eval logging_dir mp_parameters no_cuda overwrite_output_dir past_index
  per_gpu_eval_batch_size per_gpu_train_batch_size push_to_hub_model_id push_to_hub_organization push_to_hub_token ray_scope save_safetensors sharded_ddp split_batches
  tokenizer torchdynamo tpu_metrics_debug tpu_num_cores use_ipex use_legacy_prediction_loop use_mps_device warmup_ratio xpu_backend`.split(/\s+/u),
);

/** Where trl used to take these: directly in the trainer. */
const MOVED_TO_CONFIG: ReadonlySet<string> = new Set("max_seq_length packing dataset_text_field dataset_num_proc dataset_batch_size beta max_length max_prompt_length".split(" "));

/** ValueErrors with a rule of their own, by words of their message. */
const REFUSED: readonly { readonly words: RegExp; readonly ruleId: string; readonly advice: string }[] = [
  {
    words: /load_best_model_at_end requires the (save|eval)|requires the saving steps to be a round multiple/iu,
    ruleId: "transformers/strategy-mismatch",
    advice: "Give save_strategy and eval_strategy the same value, and save_steps a multiple of eval_steps.",
  },
  { words: /must be an integer if bigger than 1/u, ruleId: "trl/decimal-save-steps", advice: "Use a whole number of steps." },
  { words: /you didn't pass an `eval_dataset`/u, ruleId: "transformers/evaluation-without-dataset", advice: 'Pass eval_dataset to the Trainer, or set eval_strategy="no".' },
  { words: /is not a valid (IntervalStrategy|SaveStrategy|SchedulerType|OptimizerNames|HubStrategy)/u, ruleId: "transformers/invalid-choice", advice: "Use one of the values that the message lists." },
  { words: /The model did not return a loss/u, ruleId: "transformers/missing-labels", advice: "Give the dataset a labels column, or use a data collator that makes one." },
  { words: /No valid checkpoint found in output directory/u, ruleId: "transformers/resume-without-checkpoint", advice: "Pass resume_from_checkpoint only when a checkpoint exists." },
  { words: /purely quantized models/u, ruleId: "accelerate/quantized-without-adapter", advice: "Attach a LoRA adapter with peft." },
  { words: /`?num_beams`? needs to be greater than 1|force_words_ids/u, ruleId: "generation/force-words-without-beams", advice: "Set num_beams to 2 or more." },
];

export const argumentErrors: Explainer = ({ type, message }) => {
  if (type === "TypeError") return unexpected(message) ?? missing(message);
  if (type === "ValueError" || type === "RuntimeError" || type === "AssertionError") {
    const refused = REFUSED.find(({ words }) => words.test(message));
    if (refused) {
      // What follows "but found" are lines of their own, and in the log.
      const first = (message.split("\n")[0] ?? "").replace(/,? but found:?\s*$/u, ".");
      return { kind: "argument", sentence: first.length > 240 ? `${first.slice(0, 239)}…` : first, advice: [refused.advice], ruleId: refused.ruleId };
    }
    const leftover = /Some keys are not used by the HfArgumentParser: (.+)/u.exec(message)?.[1];
    if (leftover !== undefined) return { kind: "argument", sentence: `The script takes no argument called ${leftover}.`, advice: ["Check the names on the command line."], details: { argument: leftover } };
  }
  return undefined;
};

function unexpected(message: string): Explanation | undefined {
  const match = /([\w.]+)\(\) got an unexpected keyword argument '(\w+)'(?:\. Did you mean '(\w+)'\?)?/u.exec(message);
  if (!match?.[1] || !match[2]) return undefined;
  const [, callee, argument, meant] = match;
  const owner = callee.replace(/\.?__init__$/u, "");
  const name = owner === "" ? "the class" : owner;
  const rule = ruleFor(owner, argument);
  const advice =
    argument === "evaluation_strategy"
      ? "Write eval_strategy: the name has changed."
      : argument === "tokenizer" && /Trainer$/u.test(owner)
        ? "Write processing_class=tokenizer: the name has changed."
        : rule === "trl/moved-to-config"
          ? `Give ${argument} to the config (SFTConfig and its siblings) instead of the trainer.`
          : meant === undefined
            ? `Leave ${argument} out, or look up what ${name} calls it in the installed version.`
            : `Write ${meant}.`;
  return {
    kind: "argument",
    sentence: `${name} takes no argument ${argument} in the installed version.`,
    advice: [advice, ...(rule === undefined ? [] : ["HF Preflight can show and repair this in the script."])],
    details: { class: owner, argument },
    ...(rule === undefined ? {} : { ruleId: rule }),
  };
}

function ruleFor(owner: string, argument: string): string | undefined {
  if (/^(SFT|DPO|KTO|ORPO|CPO|GRPO|RLOO|Reward|PPO|BCO)Trainer$/u.test(owner)) return MOVED_TO_CONFIG.has(argument) ? "trl/moved-to-config" : "trl/removed-argument";
  if (/^(SFT|DPO|KTO|ORPO|CPO|GRPO|RLOO|Reward|PPO|BCO)Config$/u.test(owner)) return REMOVED.has(argument) ? "transformers/removed-argument" : "trl/removed-argument";
  if (/^(LoraConfig|PeftConfig|\w+TuningConfig|IA3Config)$/u.test(owner)) return "peft/unknown-argument";
  if (!/(TrainingArguments|Trainer)$/u.test(owner)) return undefined;
  return REMOVED.has(argument) ? "transformers/removed-argument" : "transformers/unknown-argument";
}

function missing(message: string): Explanation | undefined {
  const match = /([\w.]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)/u.exec(message);
  if (!match?.[1] || !match[2]) return undefined;
  const owner = match[1].replace(/\.?__init__$/u, "");
  return { kind: "argument", sentence: `${owner} was called without ${match[2].replaceAll("'", "")}.`, advice: [`Pass ${match[2].replaceAll("'", "")}.`], details: { class: owner, argument: match[2] } };
}
