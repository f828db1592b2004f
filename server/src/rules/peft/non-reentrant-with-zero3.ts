import { defineRule } from "../../analysis/rule.js";
import type { VersionCondition } from "../../environment/versions.js";
import { truthOf } from "../../script/values.js";
import { relatedPlace, zeroStage } from "../accelerate/deepspeedConfiguration.js";
import { configurationsOf, isZero3, useIn } from "../accelerate/deepspeedUses.js";
import { isGiven } from "../nothing.js";
import type { Trainer } from "../transformers/trainers.js";
import { trainingsOf } from "../transformers/training.js";
import { adaptedModels, wrappingOf } from "./adaptedModels.js";

export default defineRule({
  id: "peft/non-reentrant-with-zero3",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["use_reentrant"],
  messages: {
    fails: "An adapter under ZeRO stage 3 ({name}) needs re-entrant checkpointing: use_reentrant=False trains wrongly, or raises CheckpointError. Write True.",
  },
  docs: {
    summary: "Checkpointing without re-entering under ZeRO stage 3.",
    why: `Checkpointing computes a block again in the backward pass. Without re-entering, PyTorch compares what it computes with what it saw, and under ZeRO stage 3 the weights of an adapted model are gathered
at other moments then. TRL's trainers say that the combination doesn't train correctly and write \`use_reentrant=True\` by themselves, with a warning: SFTTrainer from 0.28 on, the other trainers from 1.9 on.
Before, they take what is written. It shows with several processes; in one process everything stays where it is. On one GPU and under stages 1 and 2 the opposite is right: see
peft/checkpointing-without-input-grads.`,
    examples: [
      {
        files: { "ds_zero3.json": '{\n  "train_micro_batch_size_per_gpu": "auto",\n  "zero_optimization": { "stage": 3 }\n}\n' },
        versions: { trl: "0.27.2", transformers: "4.57.6" },
        bad: `from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False}, deepspeed="ds_zero3.json")
trainer = SFTTrainer(model="facebook/opt-6.7b", args=args, train_dataset=dataset, peft_config=LoraConfig())
trainer.train()
`,
        good: `from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": True}, deepspeed="ds_zero3.json")
trainer = SFTTrainer(model="facebook/opt-6.7b", args=args, train_dataset=dataset, peft_config=LoraConfig())
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/issues/2514", "https://github.com/deepspeedai/DeepSpeed/pull/8130", "https://github.com/huggingface/trl/blob/v0.28.0/trl/trainer/sft_trainer.py"],
    silent: "For trainers of transformers itself, where checkpointing isn't certainly on, for a model without an adapter, and where the stage isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    const uses = configurationsOf(ctx).filter(isZero3);
    if (uses.length === 0) return;
    const adapted = new Set(adaptedModels(script).filter(({ config }) => isGiven(config)).map(({ call }) => call));
    for (const { trainer, args, written } of trainingsOf(script)) {
      const use = args === "none" ? undefined : useIn(uses, args);
      const stage = use && zeroStage(use.configuration);
      const isAdapted = adapted.has(trainer.call) || wrappingOf(trainer.call.value("model", 0)) !== undefined;
      const when = versionsOf(trainer);
      if (args === "none" || !use || !stage || !isAdapted || !when || truthOf(written("gradient_checkpointing")) !== true) continue;
      const options = written("gradient_checkpointing_kwargs");
      const entry = options.kind === "record" ? options.entries.get("use_reentrant") : undefined;
      if (!entry || entry.value.kind !== "literal" || truthOf(entry.value) !== false) continue;
      ctx.report({
        message: "fails",
        when,
        data: { name: use.configuration.name.length > 40 ? `…${use.configuration.name.slice(-39)}` : use.configuration.name },
        at: script.tree.span(entry.entry),
        related: [relatedPlace("stage 3", stage.place)],
        fixes: [{ title: "Checkpoint by re-entering (`True`)", safety: "unsafe", edits: [{ ...script.tree.span(script.valueNode(entry.entry)), newText: "True" }] }],
      });
    }
  },
});

/** The versions in which a trainer takes the option as it is written. */
function versionsOf(trainer: Trainer): VersionCondition | undefined {
  if (!trainer.className.startsWith("trl.")) return undefined;
  return trainer.className === "trl.SFTTrainer" ? { trl: "<0.28" } : { trl: "<1.9" };
}
