import type { Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";
import type { Frame } from "./frames.js";
import { trainingFrames } from "./trainingFrames.js";

/** Names that labels go by. */
const LABEL = /^(?:labels?|targets?|class(?:es)?|sentiment|category|y)$/i;

type Context = RuleContext<"missing" | "position" | "text">;

export default defineRule({
  id: "simpletransformers/labels-column",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["simpletransformers"],
  mentions: ["train_model"],
  messages: {
    missing: 'The frame has "text_a" and "text_b", but no "labels": raises KeyError when training starts.{hint}',
    position: 'Without "text" and "labels" columns the first column, "{text}", is the text and the second, "{labels}", the labels; those are in "{label}". Rename the columns.',
    text: 'The labels are text, and neither labels_list nor labels_map says which numbers they are: raises ValueError when training starts. Set labels_list.',
  },
  docs: {
    summary: "A training frame without the columns that simpletransformers looks for, or with labels it can't number.",
    why: `A classification model reads the columns \`text\` and \`labels\`, or \`text_a\`, \`text_b\` and \`labels\`. Without them it falls back, with a warning, to the first column for the text and the second for the labels,
whatever they are: with \`idx, sentence, label\` it trains on numbers as text and fails on sentences as labels, and with a column between the two it trains on that one. The usual mistake is \`label\` for \`labels\`.
Labels that are text need \`labels_list\` (or \`labels_map\`) in the arguments; without it \`ValueError: too many dimensions 'str'\` is raised.`,
    examples: [
      {
        bad: `import pandas as pd
from datasets import load_dataset
from simpletransformers.classification import ClassificationModel

train_df = load_dataset("stanfordnlp/sst2")["train"].to_pandas()
model = ClassificationModel("roberta", "roberta-base")
model.train_model(train_df)
`,
        good: `import pandas as pd
from datasets import load_dataset
from simpletransformers.classification import ClassificationModel

train_df = load_dataset("stanfordnlp/sst2")["train"].to_pandas()
model = ClassificationModel("roberta", "roberta-base")
model.train_model(train_df.rename(columns={"sentence": "text", "label": "labels"}))
`,
      },
    ],
    references: ["https://simpletransformers.ai/docs/classification-data-formats/", "https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "For frames whose columns aren't all known, and for a text and a label in the right order under other names, which work.",
  },
  check(ctx) {
    for (const { set, argument, frame } of trainingFrames(ctx.script)) {
      const labels = labelsOf(ctx, argument, frame);
      const isMapped = ["labels_list", "labels_map", "regression"].some((name) => {
        const { value } = set.read(name);
        return value.kind !== "absent" && truthOf(value) !== false;
      });
      if (labels && !isMapped && set.model === "ClassificationModel" && isText(labels)) {
        ctx.report({ message: "text", severity: "error", at: ctx.script.tree.span(argument.entry), raises: "ValueError" });
      }
    }
  },
});

/** What is taken for the labels; tells where that can't be meant. */
function labelsOf({ script, report }: Context, argument: Argument, frame: Frame): Value | undefined {
  const at = script.tree.span(argument.entry);
  const names = [...frame.keys()];
  const label = names.find((name) => LABEL.test(name));
  if (frame.has("text") && frame.has("labels")) return frame.get("labels");
  if (frame.has("text_a") && frame.has("text_b")) {
    if (frame.has("labels")) return frame.get("labels");
    const hint = label === undefined ? "" : ` Rename "${label}" to "labels".`;
    report({ message: "missing", severity: "error", data: { hint }, at, raises: "KeyError", fixes: label === undefined ? [] : fixesOf(script, argument, { [label]: "labels" }, "safe") });
    return undefined;
  }
  const [text, second] = names;
  if (text === undefined || second === undefined || label === undefined) return undefined;
  if (label === second || LABEL.test(second)) return frame.get(second);
  // Other columns than a text may be what is meant: only one that is called so is renamed, and where it is the first the rest is named for it.
  const mapping = names.includes("text") || names.length !== 2 ? { [label]: "labels" } : { [second]: "text", [label]: "labels" };
  const isComplete = names.includes("text") || names.length === 2;
  report({ message: "position", data: { text, labels: second, label }, at, fixes: isComplete ? fixesOf(script, argument, mapping, "safe") : [] });
  return undefined;
}

function isText(labels: Value): boolean {
  return labels.kind === "sequence" && labels.items.length > 0 && labels.items.every((item) => stringOf(item) !== undefined);
}

function fixesOf(script: Script, argument: Argument, mapping: Readonly<Record<string, string>>, safety: "safe" | "unsafe"): Fix[] {
  const { tree } = script;
  const kind = tree.kind(argument.node);
  if (argument.via === "unpacked" || (kind !== Kind.identifier && kind !== Kind.call && kind !== Kind.subscript)) return [];
  const end = tree.end(argument.node);
  const entries = Object.entries(mapping).filter(([from, to]) => from !== to);
  const written = entries.map(([from, to]) => `"${from}": "${to}"`).join(", ");
  return [{ title: `Rename ${entries.map(([from, to]) => `\`${from}\` to \`${to}\``).join(", ")}`, safety, edits: [{ start: end, end, newText: `.rename(columns={${written}})` }] }];
}
