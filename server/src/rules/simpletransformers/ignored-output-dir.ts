import { defineRule } from "../../analysis/rule.js";
import { stringOf } from "../../script/values.js";
import { argumentSetsOf } from "./argumentSets.js";
import { isOn } from "./flags.js";
import { isNone } from "../nothing.js";

export default defineRule({
  id: "simpletransformers/ignored-output-dir",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["output_dir"],
  messages: {
    ignored: "train_model(output_dir=...) is where checkpoints go; the final model goes to the args' output_dir, which is outputs/ here. Set output_dir in the model's args.",
  },
  docs: {
    summary: "An output_dir given to train_model alone, where the final model doesn't go.",
    why: `\`train_model(output_dir=...)\` says where checkpoints are written, and which folder has to be empty. The model that the training ends with is saved to the \`output_dir\` of the args, \`outputs/\` by
default, over whatever an earlier run left there.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("roberta", "roberta-base", args={"num_train_epochs": 2})
model.train_model(train_df, output_dir="runs/a")
`,
        good: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("roberta", "roberta-base", args={"num_train_epochs": 2, "output_dir": "runs/a"})
model.train_model(train_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "For other models than classification, whose saving wasn't read; where the script saves or loads from `outputs` itself.",
  },
  check({ script, report }) {
    if (/\.save_(?:model|pretrained)\(|["']outputs\b/.test(script.text)) return;
    for (const { model, train, read } of argumentSetsOf(script)) {
      const output = train?.keywords.get("output_dir");
      if (!output || !/^(?:MultiLabel)?ClassificationModel$/.test(model) || read("output_dir").value.kind !== "absent" || isOn(read("no_save"), false) !== false) continue;
      if (isNone(output.value)) continue;
      const folder = stringOf(output.value);
      if (folder === undefined || folder === "" || /^(?:\.\/)?outputs\/?$/.test(folder)) continue;
      report({ message: "ignored", at: script.tree.span(output.entry) });
    }
  },
});
