import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { sizeOf } from "../../script/sizes.js";
import { numberOf, truthOf } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf, type ArgumentSet, type ModelArgument } from "./argumentSets.js";
import { isOn } from "./flags.js";
import { trainingFrames } from "./trainingFrames.js";

export default defineRule({
  id: "simpletransformers/label-count-conflict",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["simpletransformers"],
  mentions: ["labels_list", "regression", "labels"],
  messages: {
    list: "num_labels is {count}, but labels_list has {size}: raises AssertionError when the model is built. Drop num_labels, or make it {size}.",
    listOnly: "labels_list has {size} labels, but without num_labels the model keeps the outputs of its checkpoint, usually 2: labels from there on raise IndexError. Set num_labels={size}.",
    values: "The label {label} is none of {count} (num_labels), 0 to {last}: raises IndexError in the first epoch; on a GPU a device-side assert.",
    valuesOnly: "There are labels up to {label}, but without num_labels the model keeps the outputs of its checkpoint, usually 2: raises IndexError in the first epoch. Set num_labels={needed}.",
    regression: "regression=True needs a model with one output, and num_labels is {count}: raises ValueError at the first step. Set num_labels=1.",
    classes: "num_labels=1 without regression=True trains whole numbers with a loss for decimals: raises RuntimeError at the first step. Set regression=True in the args.",
  },
  docs: {
    summary: "A number of labels that doesn't fit the labels, or a regression with more than one output.",
    why: `\`num_labels\` of a \`ClassificationModel\` is the number of its outputs; left out it is what the checkpoint says, 2 for a base model. \`labels_list\` is compared with it when the model is built (\`AssertionError\`), but doesn't set it.
A label that has no output raises \`IndexError: Target 2 is out of bounds\` on a CPU and a device-side assert on a GPU. \`regression=True\` goes with \`num_labels=1\`: either of the two without the other fails at the first step.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(labels_list=["negative", "neutral", "positive"])
model = ClassificationModel("roberta", "roberta-base", num_labels=2, args=args)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(labels_list=["negative", "neutral", "positive"])
model = ClassificationModel("roberta", "roberta-base", num_labels=3, args=args)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "For counts and labels that aren't written out, for rerankers, and where `loss_type` or lazy loading changes what labels are. Without num_labels it is a warning: the checkpoint may bring its own.",
  },
  check({ script, report }) {
    for (const set of argumentSetsOf(script)) {
      const { model, constructor, read } = set;
      if (model !== "ClassificationModel" || !constructor || constructor.isOpen || isOn(read("lazy_loading"), false) !== false || isOn(read("as_reranker"), false) !== false) continue;
      const given = constructor.argument("num_labels", 4);
      const count = given && numberOf(given.value);
      if (given && count === undefined) continue;
      const list = read("labels_list");
      const size = list.entry === NO_NODE ? undefined : sizeOf(script, list.value);
      if (size !== undefined && size > 0 && isBuiltWith(script, set, list) && size !== (count ?? 2)) {
        const related = [{ message: `labels_list with ${size} labels`, range: script.tree.span(list.entry) }];
        if (given && count !== undefined) report({ message: "list", data: { count, size }, at: script.tree.span(given.entry), raises: "AssertionError", related });
        else if (size > 2) report({ message: "listOnly", severity: "warning", data: { size }, at: constructor.nameSpan, related, fixes: fixesOf(script, set, size) });
      }
      const regression = read("regression");
      const isRegression = isOn(regression, false);
      if (isRegression === true && set.train && regression.entry !== NO_NODE && count !== undefined && count !== 1) {
        report({ message: "regression", data: { count }, at: script.tree.span(regression.entry), raises: "ValueError", related: given ? [{ message: "num_labels", range: script.tree.span(given.entry) }] : [] });
      }
      if (isRegression === false && count === 1 && given && set.train && read("loss_type").value.kind === "absent") report({ message: "classes", at: script.tree.span(given.entry), raises: "RuntimeError" });
    }
    for (const { set, argument, frame } of trainingFrames(script)) {
      const { model, constructor, read } = set;
      const labels = frame.has("text") || frame.has("text_a") ? frame.get("labels") : undefined;
      const isMapped = ["labels_list", "labels_map", "regression"].some((name) => read(name).value.kind !== "absent" && truthOf(read(name).value) !== false);
      if (model !== "ClassificationModel" || !constructor || constructor.isOpen || labels?.kind !== "sequence" || isMapped) continue;
      const given = constructor.argument("num_labels", 4);
      const count = given && numberOf(given.value);
      const numbers = labels.items.map(numberOf);
      const largest = Math.max(...numbers.map((number) => number ?? Number.NaN));
      if ((given && count === undefined) || !Number.isInteger(largest) || largest < (count ?? 2) || count === 1) continue;
      const at = script.tree.span(argument.entry);
      const related = [{ message: "the model", range: constructor.nameSpan }];
      if (count !== undefined) report({ message: "values", data: { label: largest, count, last: count - 1 }, at, raises: "IndexError", related });
      else report({ message: "valuesOnly", severity: "warning", data: { label: largest, needed: largest + 1 }, at, related, fixes: fixesOf(script, set, largest + 1) });
    }
  },
});

/** What is set on the model later is not looked at when it is built. */
function isBuiltWith(script: Script, { constructor }: ArgumentSet, argument: ModelArgument): boolean {
  return constructor !== undefined && (script.tree.contains(constructor.node, argument.entry) || argument.entry < constructor.node);
}

function fixesOf(script: Script, { constructor }: ArgumentSet, count: number): Fix[] {
  const edit = constructor && addArgument(script, constructor, "num_labels", String(count));
  return edit ? [{ title: `Set \`num_labels=${count}\``, safety: "safe", edits: [edit] }] : [];
}
