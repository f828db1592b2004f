/** Which library classes are kinds of which, and what calling the libraries' functions gives. Names are canonical. */

import { Remembered } from "./remembered.js";

/** Class -> the class it derives from. The libraries' own subclasses count as the class. */
const BASES: Readonly<Record<string, string>> = {
  "transformers.Seq2SeqTrainingArguments": "transformers.TrainingArguments",
  "transformers.Seq2SeqTrainer": "transformers.Trainer",
  "sentence_transformers.SentenceTransformerTrainingArguments": "transformers.TrainingArguments",
  "sentence_transformers.training_args.SentenceTransformerTrainingArguments": "transformers.TrainingArguments",
  "sentence_transformers.SentenceTransformerTrainer": "transformers.Trainer",
  "trl.SFTTrainer": "transformers.Trainer",
};

/** The methods for which TRL has both a config and a trainer that derive from the Trainer's. */
const TRL_METHODS = ["SFT", "DPO", "GRPO", "KTO", "ORPO", "CPO", "BCO", "Reward", "RLOO", "OnlineDPO", "NashMD", "XPO", "GKD", "PRM"] as const;
const TRL_CONFIGS = [...TRL_METHODS, "PPO"].map((method) => `${method}Config`);
const TRL_TRAINERS = [...TRL_METHODS, "IterativeSFT"].map((method) => `${method}Trainer`);

const TRL_CONFIG = new RegExp(`^trl\\.(?:experimental\\.\\w+\\.)?(?:${TRL_CONFIGS.join("|")})$`);
const TRL_TRAINER = new RegExp(`^trl\\.(?:experimental\\.\\w+\\.)?(?:${TRL_TRAINERS.join("|")})$`);

/**
 * TRL configs derive from TrainingArguments, its trainers from Trainer. Until 0.11 PPOConfig was a dataclass of its own, with none of
 * the training arguments, so it is one only by the arguments that it is given.
 */
export function baseOf(name: string): string | undefined {
  return bases.get(name);
}

const bases = new Remembered((name): string | undefined => {
  return BASES[name] ?? (TRL_CONFIG.test(name) ? "transformers.TrainingArguments" : TRL_TRAINER.test(name) ? "transformers.Trainer" : undefined);
});

/** The class of the arguments that a trainer is built with: `trl.SFTConfig` for `trl.SFTTrainer`. */
export function configOf(trainer: string): string {
  if (TRL_TRAINER.test(trainer)) return trainer.replace(/Trainer$/, "Config");
  if (trainer === "transformers.Seq2SeqTrainer" || trainer.startsWith("sentence_transformers.")) return trainer.replace(/Trainer$/, "TrainingArguments");
  return "transformers.TrainingArguments";
}

/** Whether a class is another one or derives from it, by the libraries' own definitions. */
export function isKindOf(name: string, ancestor: string): boolean {
  let current: string | undefined = name;
  while (current !== undefined) {
    if (current === ancestor) return true;
    current = baseOf(current);
  }
  return false;
}

const leafNames = new Map<string, ReadonlySet<string>>();

/** Names by which a class or one of its libraries' subclasses may be imported. */
export function leafNamesOf(ancestor: string): ReadonlySet<string> {
  let names = leafNames.get(ancestor);
  if (!names) {
    const classes = [ancestor, ...Object.keys(BASES).filter((name) => isKindOf(name, ancestor))];
    const trl = ancestor === "transformers.TrainingArguments" ? TRL_CONFIGS : ancestor === "transformers.Trainer" ? TRL_TRAINERS : [];
    names = new Set([...classes.map((name) => name.slice(name.lastIndexOf(".") + 1)), ...trl]);
    leafNames.set(ancestor, names);
  }
  return names;
}

export const TOKENIZER = /^transformers\.(?:Auto(?:Tokenizer|Processor)|\w+Tokenizer(?:Fast|Base)?|PreTrainedTokenizerBase)$/;
export const MODEL = /^transformers\.(?:AutoModel\w*|\w+Model|\w+For\w+|\w+LMHeadModel)$|^peft\.(?:PeftModel\w*|AutoPeftModel\w*)$|^trl\.AutoModel\w+$/;

/** Methods that give back the object they are called on. */
const RETURN_SELF: ReadonlySet<string> = new Set(["to", "cuda", "cpu", "eval", "train", "half", "float", "bfloat16", "double", "requires_grad_", "merge_and_unload_"]);

export function returnsSelf(className: string, method: string): boolean {
  if (className === "transformers.BatchEncoding") return method === "to";
  return RETURN_SELF.has(method) && MODEL.test(className);
}

/** Functions that return their first argument, changed in place. */
export const RETURN_FIRST_ARGUMENT: ReadonlySet<string> = new Set(["peft.prepare_model_for_kbit_training", "peft.prepare_model_for_int8_training"]);

const RESULTS: Readonly<Record<string, string>> = {
  "peft.get_peft_model": "peft.PeftModel",
  "transformers.pipeline": "transformers.Pipeline",
};

/** The class of what a library callable returns, where that is certain. */
export function resultClass(callable: string): string | undefined {
  return resultClasses.get(callable);
}

const resultClasses = new Remembered((callable): string | undefined => {
  const known = RESULTS[callable];
  if (known) return known;
  const dot = callable.lastIndexOf(".");
  const owner = callable.slice(0, dot);
  const leaf = callable.slice(dot + 1);
  if (leaf === "from_pretrained" || leaf === "from_config" || leaf === "from_model_id") return owner;
  if (TOKENIZER.test(callable.replace(/\(\)$/, "")) && callable.endsWith("()")) return "transformers.BatchEncoding";
  if (TOKENIZER.test(owner) && ["encode_plus", "batch_encode_plus", "pad", "prepare_seq2seq_batch"].includes(leaf)) return "transformers.BatchEncoding";
  // PEP 8: a library's capitalised name is a class, and calling it makes an instance.
  return /^_?[A-Z]/.test(leaf) && !leaf.endsWith(")") && !/^[A-Z0-9_]+$/.test(leaf) ? callable : undefined;
});

/** Classes whose constructor keywords are their attributes. */
export function keepsArgumentsAsFields(name: string): boolean {
  return name === "types.SimpleNamespace" || name === "argparse.Namespace" || isKindOf(name, "transformers.TrainingArguments") || /(?:Args|Arguments|Config)$/.test(name);
}

/** Attributes of a trainer that are the very objects it was built with. */
export const TRAINER_LINKS: Readonly<Record<string, string>> = {
  args: "args",
  model: "model",
  train_dataset: "train_dataset",
  eval_dataset: "eval_dataset",
  data_collator: "data_collator",
  processing_class: "processing_class",
  compute_metrics: "compute_metrics",
};

/** Import roots whose callables don't change the configuration objects that they are handed. */
const HARMLESS_ROOTS: ReadonlySet<string> = new Set([
  "transformers", "trl", "peft", "accelerate", "datasets", "sentence_transformers", "simpletransformers", "evaluate", "torch", "numpy", "pandas",
  "wandb", "builtins", "logging", "json", "yaml", "dataclasses", "copy", "pprint", "rich", "math", "os", "sys", "random", "tqdm", "warnings", "typing",
]);

/** Whether a callable can be trusted to leave its arguments as they are. */
export function isHarmless(callable: string): boolean {
  if (callable === "builtins.setattr" || callable === "builtins.delattr" || callable === "builtins.exec" || callable === "builtins.eval") return false;
  return HARMLESS_ROOTS.has(callable.split(/[.(]/, 1)[0] ?? "");
}
