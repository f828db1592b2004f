import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { setBeside } from "../../analysis/siblingEdits.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf, type ModelArgument } from "./argumentSets.js";
import { isOn } from "./flags.js";

export default defineRule({
  id: "simpletransformers/shared-best-model-dir",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["output_dir"],
  messages: {
    shared: "best_model_dir doesn't follow output_dir: the best model goes to outputs/best_model, where every run overwrites the one before. Set best_model_dir too.",
  },
  docs: {
    summary: "An output_dir of its own, with the best model in the place that all runs share.",
    why: `\`best_model_dir\` is \`"outputs/best_model"\` whatever \`output_dir\` is. A run with another \`output_dir\` that evaluates during the training keeps its best model there, apart from
everything else that it writes, and the next run overwrites it.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(output_dir="runs/a", evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(output_dir="runs/a", best_model_dir="runs/a/best_model", evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/config/model_args.py"],
    silent: "Without evaluation during the training, with `no_save`, and where the script names `outputs/best_model` itself.",
  },
  check({ script, report }) {
    // Who names the folder knows where the best model is.
    if (/outputs\/best_model|best_model_dir/.test(script.text)) return;
    for (const { train, read } of argumentSetsOf(script)) {
      const output = read("output_dir");
      if (!train || output.entry === NO_NODE || isOn(read("evaluate_during_training"), false) !== true || isOn(read("no_save"), false) !== false) continue;
      const folder = stringOf(output.value);
      if (read("best_model_dir").value.kind !== "absent" || (folder !== undefined && /^(?:\.\/)?outputs\/?$|^$/.test(folder))) continue;
      report({ message: "shared", at: script.tree.span(output.entry), fixes: fixesOf(script, output, folder) });
    }
  },
});

function fixesOf(script: Script, output: ModelArgument, folder: string | undefined): Fix[] {
  const edit = folder === undefined ? undefined : setBeside(script, output.entry, "best_model_dir", JSON.stringify(`${folder.replace(/\/$/, "")}/best_model`));
  return edit ? [{ title: "Keep the best model in `output_dir`", safety: "unsafe", edits: [edit] }] : [];
}
