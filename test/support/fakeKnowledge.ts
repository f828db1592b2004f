/** A small history of two libraries, true in its outlines, for tests of how such a history is read. */
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import type { LibraryData } from "../../server/src/knowledge/libraryData.js";

const transformers: LibraryData = {
  library: "transformers",
  //         0         1         2         3         4         5         6
  releases: ["4.40.0", "4.41.0", "4.45.2", "4.46.0", "4.46.3", "4.57.6", "5.0.0"],
  callables: {
    "transformers.TrainingArguments": {
      kind: "class",
      signatures: {
        "0-1": "output_dir do_eval evaluation_strategy eval_steps max_steps warmup_ratio save_strategy",
        "1-3": "output_dir do_eval eval_strategy eval_steps max_steps warmup_ratio save_strategy evaluation_strategy",
        "3-6": "output_dir do_eval eval_strategy eval_steps max_steps warmup_ratio save_strategy",
        "6-": "output_dir do_eval eval_strategy eval_steps max_steps save_strategy",
      },
      parameters: {
        output_dir: [{ in: "0-5", type: "str" }, { in: "5-", type: "str | None", default: "None" }],
        do_eval: [{ type: "bool", default: "False" }],
        eval_strategy: [{ type: "IntervalStrategy | str", default: "'no'", choices: "IntervalStrategy" }],
        evaluation_strategy: [
          { in: "0-1", type: "IntervalStrategy | str", default: "'no'", choices: "IntervalStrategy" },
          { in: "1-", type: "IntervalStrategy | str", default: "None", choices: "IntervalStrategy", deprecated: "removed in 4.46", replacement: "eval_strategy" },
        ],
        eval_steps: [{ type: "float | None", default: "None" }],
        max_steps: [{ type: "int", default: "-1" }],
        warmup_ratio: [{ type: "float", default: "0.0" }],
        save_strategy: [{ type: "SaveStrategy | str", default: "'steps'", choices: "SaveStrategy" }],
      },
    },
    "transformers.pipeline": {
      kind: "function",
      signatures: { "0-": "task model device **kwargs" },
      parameters: { task: [{ type: "str | None", default: "None", choices: "tasks" }], model: [{ default: "None" }], device: [{ default: "None" }] },
    },
    "transformers.Trainer.train": { kind: "method", signatures: { "0-6": "resume_from_checkpoint trial **kwargs model_path", "6-": "resume_from_checkpoint trial" }, parameters: {} },
  },
  exports: { transformers: { "0-": "TrainingArguments Trainer pipeline", "0-6": "AdamW", "5-": "Gemma3Model" } },
  choices: {
    IntervalStrategy: { "0-": ["no", "steps", "epoch"] },
    SaveStrategy: { "0-3": ["no", "steps", "epoch"], "3-": ["no", "steps", "epoch", "best"] },
    tasks: { "0-": ["text-generation", "summarization"] },
  },
};

const trl: LibraryData = {
  library: "trl",
  releases: ["0.8.6", "0.9.6", "1.13.0"],
  callables: {
    "trl.SFTConfig": {
      kind: "class",
      signatures: { "1-2": "<transformers.TrainingArguments dataset_text_field max_seq_length", "2-": "<transformers.TrainingArguments save_strategy max_length packing" },
      parameters: { max_length: [{ type: "int | None", default: "1024" }], save_strategy: [{ type: "str", default: "'epoch'", choices: "transformers" }] },
    },
    "trl.SFTTrainer": { kind: "class", signatures: { "0-2": "model args dataset_text_field tokenizer ?", "2-": "model args * processing_class" }, parameters: {} },
  },
  exports: { trl: { "0-": "SFTTrainer", "1-": "SFTConfig" } },
  choices: {},
};

export const fakeKnowledge = new Knowledge((library) => ({ transformers, trl })[library as "transformers" | "trl"]);
