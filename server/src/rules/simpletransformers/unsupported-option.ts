import { defineRule } from "../../analysis/rule.js";
import { stringOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf } from "./argumentSets.js";
import { isOn } from "./flags.js";

/** Model types that refuse class weights, in 0.64.5 and 0.70.5. */
const WITHOUT_WEIGHTS: ReadonlySet<string> = new Set(["squeezebert", "deberta", "mpnet"]);

/** Model types that refuse a sliding window. */
const WITHOUT_WINDOW: ReadonlySet<string> = new Set(["squeezebert"]);

export default defineRule({
  id: "simpletransformers/unsupported-option",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["squeezebert", "deberta", "mpnet"],
  messages: {
    weight: 'Model type "{type}" takes no class weights: raises ValueError when the model is built. Drop weight.',
    window: 'Model type "{type}" has no sliding window: raises ValueError when the model is built. Drop sliding_window.',
  },
  docs: {
    summary: "Class weights or a sliding window for a model type that refuses them.",
    why: `\`squeezebert\`, \`deberta\` and \`mpnet\` raise \`ValueError: ... does not currently support class weights\` when a model is built with \`weight\`, and \`squeezebert\` does the same for
\`sliding_window\`.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("deberta", "microsoft/deberta-base", num_labels=2, weight=[1, 3])
`,
        good: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("debertav2", "microsoft/deberta-v3-base", num_labels=2, weight=[1, 3])
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "For model types and weights from outside the script.",
  },
  check({ script, report }) {
    for (const { model, constructor, read } of argumentSetsOf(script)) {
      const type = constructor && stringOf(constructor.value("model_type", 0));
      if (!constructor || type === undefined || !/^(?:Classification|NER)Model$/.test(model)) continue;
      const weight = constructor.keywords.get("weight");
      if (weight?.value.kind === "sequence" && WITHOUT_WEIGHTS.has(type)) report({ message: "weight", data: { type }, at: script.tree.span(weight.entry), raises: "ValueError" });
      const window = read("sliding_window");
      // What is set on the model later is not looked at when it is built.
      const isBuiltWith = script.tree.contains(constructor.node, window.entry) || (window.entry !== NO_NODE && window.entry < constructor.node);
      if (model === "ClassificationModel" && isBuiltWith && isOn(window, false) === true && WITHOUT_WINDOW.has(type)) report({ message: "window", data: { type }, at: script.tree.span(window.entry), raises: "ValueError" });
    }
  },
});
