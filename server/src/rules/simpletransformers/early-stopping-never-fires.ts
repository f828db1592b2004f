import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { setBeside } from "../../analysis/siblingEdits.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf, type ModelArgument } from "./argumentSets.js";
import { isOn } from "./flags.js";

/** `evaluate_during_training_steps` and `early_stopping_patience`, where nothing sets them. */
const DEFAULT_STEPS = 2000;
const DEFAULT_PATIENCE = 3;

export default defineRule({
  id: "simpletransformers/early-stopping-never-fires",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["use_early_stopping"],
  messages: {
    withoutEvaluation: "use_early_stopping is on, but evaluate_during_training is {flag}: nothing is evaluated, so it never stops. Set evaluate_during_training=True.",
    onlyEpochs: "With evaluate_during_training_steps={steps} only ends of epochs are evaluated, and they don't count for stopping: it never stops. Set early_stopping_consider_epochs=True.",
    default: "Only evaluations by steps count, and they come every 2000 steps by default: under {fewest} steps it never stops early. Set the steps, or early_stopping_consider_epochs=True.",
  },
  docs: {
    summary: "Early stopping that no evaluation can trigger.",
    why: `Without \`evaluate_during_training=True\` there are no evaluations, and \`use_early_stopping\` is never looked at.

With it, the evaluations at the ends of epochs choose the best model but count for stopping only with \`early_stopping_consider_epochs=True\`, which is off by default.
What counts are the evaluations every \`evaluate_during_training_steps\` steps, 2000 by default: the first sets the best score, and \`early_stopping_patience + 1\` more
without an improvement stop the training. With the defaults that is 10000 steps.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(use_early_stopping=True, evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(use_early_stopping=True, evaluate_during_training=True, early_stopping_consider_epochs=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "Where the model isn't trained in sight, and where one of the arguments comes from outside.",
  },
  check({ script, report }) {
    for (const { train, read } of argumentSetsOf(script)) {
      const stopping = read("use_early_stopping");
      if (!train || stopping.entry === NO_NODE || isOn(stopping, false) !== true) continue;
      const at = script.tree.span(stopping.entry);
      const evaluation = read("evaluate_during_training");
      const evaluates = isOn(evaluation, false);
      if (evaluates === false) {
        report({ message: "withoutEvaluation", data: { flag: evaluation.value.kind === "absent" ? "not set" : "False" }, at });
        continue;
      }
      if (evaluates !== true || isOn(read("early_stopping_consider_epochs"), false) !== false) continue;
      const steps = read("evaluate_during_training_steps");
      const count = numberOf(steps.value);
      const fixes = fixesOf(script, stopping);
      if (count !== undefined && count <= 0) report({ message: "onlyEpochs", data: { steps: count }, at, fixes });
      const patience = numberIn(read("early_stopping_patience"), DEFAULT_PATIENCE);
      if (steps.value.kind === "absent" && patience !== undefined) report({ message: "default", data: { fewest: DEFAULT_STEPS * (patience + 2) }, at, fixes });
    }
  },
});

function numberIn({ value }: ModelArgument, byDefault: number): number | undefined {
  return value.kind === "absent" ? byDefault : numberOf(value);
}

function fixesOf(script: Script, stopping: ModelArgument): Fix[] {
  const edit = setBeside(script, stopping.entry, "early_stopping_consider_epochs", "True");
  return edit ? [{ title: "Count the evaluations at the ends of epochs", safety: "unsafe", edits: [edit] }] : [];
}
