/** Names that people write from habit with another library, and the one that is meant. What a spelling alone doesn't tell. */
import { isKindOf } from "./classes.js";

export interface Misnamed {
  /** The argument that is meant; absent where there is none and only `advice` helps. */
  readonly meant?: string;
  readonly advice?: string;
}

const TRAINING_ARGUMENTS: Readonly<Record<string, Misnamed>> = {
  batch_size: { meant: "per_device_train_batch_size" },
  train_batch_size: { meant: "per_device_train_batch_size" },
  eval_batch_size: { meant: "per_device_eval_batch_size" },
  epochs: { meant: "num_train_epochs" },
  num_epochs: { meant: "num_train_epochs" },
  n_epochs: { meant: "num_train_epochs" },
  lr: { meant: "learning_rate" },
  gradient_checking: { meant: "gradient_checkpointing" },
  lr_scheduler: { meant: "lr_scheduler_type" },
  optimizer: { meant: "optim" },
  num_workers: { meant: "dataloader_num_workers" },
  pin_memory: { meant: "dataloader_pin_memory" },
  evaluate_during_training: { advice: 'Use eval_strategy="steps".' },
  early_stopping_patience: { advice: "Pass callbacks=[EarlyStoppingCallback(...)] to the Trainer." },
  model_name_or_path: { advice: "It belongs to the example scripts' ModelArguments." },
  max_train_samples: { advice: "It belongs to the example scripts' DataTrainingArguments." },
  max_eval_samples: { advice: "It belongs to the example scripts' DataTrainingArguments." },
};

/** Settings of Hugging Face trainers, by what simpletransformers calls them. Where the row has no `meant`, there is no counterpart. */
const SIMPLETRANSFORMERS_ARGUMENTS: Readonly<Record<string, Misnamed>> = {
  per_device_train_batch_size: { meant: "train_batch_size" },
  batch_size: { meant: "train_batch_size" },
  per_device_eval_batch_size: { meant: "eval_batch_size" },
  epochs: { meant: "num_train_epochs" },
  num_epochs: { meant: "num_train_epochs" },
  lr: { meant: "learning_rate" },
  max_length: { meant: "max_seq_length" },
  max_len: { meant: "max_seq_length" },
  eval_steps: { meant: "evaluate_during_training_steps" },
  seed: { meant: "manual_seed" },
  report_to: { advice: "Set wandb_project to log to W&B." },
  run_name: { advice: 'Use wandb_kwargs={"name": ...}.' },
  optim: { meant: "optimizer" },
  lr_scheduler_type: { meant: "scheduler" },
  metric_for_best_model: { meant: "early_stopping_metric" },
  greater_is_better: { advice: "Use early_stopping_metric_minimize with the opposite value." },
  early_stopping: { meant: "use_early_stopping" },
  n_gpus: { meant: "n_gpu" },
  save_total_limit: { advice: "simpletransformers keeps all checkpoints; set save_steps=-1 and save_model_every_epoch=False." },
  load_best_model_at_end: { advice: "Load the folder best_model_dir after training." },
  num_labels: { advice: "It belongs to the model's constructor." },
  weight: { advice: "It belongs to the model's constructor." },
  use_cuda: { advice: "It belongs to the model's constructor." },
  cuda_device: { advice: "It belongs to the model's constructor." },
};

const GENERATION: Readonly<Record<string, Misnamed>> = {
  max_tokens: { meant: "max_new_tokens" },
  max_generated_tokens: { meant: "max_new_tokens" },
  max_output_tokens: { meant: "max_new_tokens" },
  max_gen_len: { meant: "max_new_tokens" },
  temp: { meant: "temperature" },
  stop: { meant: "stop_strings" },
  n: { meant: "num_return_sequences" },
  beam_size: { meant: "num_beams" },
  num_beam: { meant: "num_beams" },
  repeat_penalty: { meant: "repetition_penalty" },
  frequency_penalty: { meant: "repetition_penalty" },
};

const TABLES: readonly (readonly [matches: (callable: string) => boolean, table: Readonly<Record<string, Misnamed>>])[] = [
  [(callable) => isKindOf(callable, "transformers.TrainingArguments"), TRAINING_ARGUMENTS],
  [(callable) => isKindOf(callable, "transformers.Trainer"), { compute_metric: { meant: "compute_metrics" }, metrics: { meant: "compute_metrics" }, training_args: { meant: "args" }, dataset: { meant: "train_dataset" } }],
  [(callable) => /^simpletransformers\.\w+Args$/.test(callable), SIMPLETRANSFORMERS_ARGUMENTS],
  [(callable) => /\.generate$|^transformers\.GenerationConfig$/.test(callable), GENERATION],
];

/** What is meant by a name that a callable never had. */
export function misnamed(callable: string, name: string): Misnamed | undefined {
  for (const [matches, table] of TABLES) if (matches(callable) && Object.hasOwn(table, name)) return table[name];
  return undefined;
}
