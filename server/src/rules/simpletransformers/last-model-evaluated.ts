import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { argumentSetsOf } from "./argumentSets.js";
import { isOn } from "./flags.js";

export default defineRule({
  id: "simpletransformers/last-model-evaluated",
  severity: "information",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["train_model"],
  messages: {
    last: "{method}() uses the weights of the last step: the best model is only on disk. To use the best, build the model again from best_model_dir.",
  },
  docs: {
    summary: "An evaluation after the training, on the last weights and not on the best.",
    why: `With \`evaluate_during_training\` the best model is written to \`best_model_dir\`, but the object in memory goes on and ends with the weights of the last step: nothing loads the best
ones back. \`eval_model\` and \`predict\` after \`train_model\` measure the last model.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
result, outputs, wrong = model.eval_model(test_df)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
best = ClassificationModel("roberta", args.best_model_dir)
result, outputs, wrong = best.eval_model(test_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "Where nothing is evaluated during the training, and where the model is built again in between.",
  },
  check({ script, report }) {
    const uses = ["eval_model", "predict"].flatMap((method) => script.callsOfMethod(method));
    for (const { train, read } of argumentSetsOf(script)) {
      if (!train || isOn(read("evaluate_during_training"), false) !== true || isOn(read("no_save"), false) !== false) continue;
      const first = uses.filter((use) => isSameModel(use, train) && script.precedes(train.node, use.node)).sort((a, b) => a.node - b.node)[0];
      if (first) report({ message: "last", data: { method: first.method }, at: first.nameSpan, related: [{ message: "trains it", range: train.nameSpan }] });
    }
  },
});

function isSameModel(use: Call, train: Call): boolean {
  return use.receiver?.kind === "instance" && train.receiver?.kind === "instance" && use.receiver.object === train.receiver.object;
}
