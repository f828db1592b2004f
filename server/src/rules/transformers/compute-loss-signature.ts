import { addParameter } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { ClassInfo } from "../../script/functions.js";
import type { Script } from "../../script/script.js";
import { callsOn, trainerClasses, type Trainer } from "./trainers.js";

/** Trainers whose training step asks compute_loss for the loss. TRL's online methods work theirs out themselves. */
const CALLS_IT = /^transformers\.(?:Seq2Seq)?Trainer$|^trl\.(?:SFT|DPO|Reward|KTO|ORPO|CPO|BCO)Trainer$/;

export default defineRule({
  id: "transformers/compute-loss-signature",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl"],
  mentions: ["compute_loss"],
  versions: { transformers: ">=4.46" },
  messages: {
    missing: "compute_loss doesn't take num_items_in_batch, which the Trainer passes: raises TypeError at the first step. Add num_items_in_batch=None.",
    unsure: "compute_loss doesn't take num_items_in_batch, which the Trainer passes from transformers 4.46 on: raises TypeError at the first step. Add num_items_in_batch=None.",
  },
  docs: {
    summary: "A compute_loss override that doesn't take num_items_in_batch.",
    why: `Since transformers 4.46 the Trainer calls \`compute_loss(model, inputs, num_items_in_batch=...)\` in every training step, so that the loss is right
with gradient accumulation. An override with the older signature \`(self, model, inputs, return_outputs=False)\` raises \`TypeError\` at the first step.

Adding \`num_items_in_batch=None\` or \`**kwargs\` works with older versions too.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import Trainer


class WeightedTrainer(Trainer):
    def compute_loss(self, model, inputs, return_outputs=False):
        outputs = model(**inputs)
        loss = 2 * outputs.loss
        return (loss, outputs) if return_outputs else loss
`,
        good: `from transformers import Trainer


class WeightedTrainer(Trainer):
    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        outputs = model(**inputs)
        loss = 2 * outputs.loss
        return (loss, outputs) if return_outputs else loss
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/34198", "https://github.com/huggingface/transformers/blob/v4.46.0/src/transformers/trainer.py#L3572"],
    silent: "Where the script only evaluates with the class (which calls it so from some version on); where the class has a `training_step` of its own, which decides what is passed; on decorated overrides; on classes whose Trainer can't be seen.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { info, className } of trainerClasses(script)) {
      if (onlyEvaluates(script, info, className)) continue;
      const node = info.methods.get("compute_loss");
      if (node === undefined || !CALLS_IT.test(className) || script.methodOf(info, "training_step")) continue;
      const method = script.functionAt(node);
      const takesIt = method.parameters.some(({ name, kind }) => kind === "kwargs" || name === "num_items_in_batch");
      if (takesIt || method.decorators.length > 0 || method.parameters.length < 3) continue;
      const edit = addParameter(script, method.parameters, "num_items_in_batch=None");
      const first = method.parameters[0];
      const last = method.parameters.at(-1);
      if (!first || !last) continue;
      ctx.report({
        message: "missing",
        unsure: "unsure",
        when: { transformers: ">=4.46" },
        raises: "TypeError",
        at: { start: script.tree.start(first.node), end: script.tree.end(last.node) },
        fixes: edit ? [{ title: "Add `num_items_in_batch=None`", safety: "safe", edits: [edit] }] : [],
      });
    }
  },
});

/** Whether the script uses a Trainer class, and never to train. */
function onlyEvaluates(script: Script, info: ClassInfo, className: string): boolean {
  const trainers: Trainer[] = script.callsToClass(info).map((call) => ({ call, className, ownClass: info }));
  const runs = (method: string) => (trainer: Trainer): boolean => callsOn(script, trainer, method).length > 0;
  return trainers.length > 0 && !trainers.some(runs("train")) && trainers.every((trainer) => runs("evaluate")(trainer) || runs("predict")(trainer));
}
