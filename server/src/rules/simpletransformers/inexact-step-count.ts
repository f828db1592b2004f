import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { involves, operationOf } from "../../script/divisions.js";
import type { Script } from "../../script/script.js";
import type { Operation, Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { intervalsOf } from "./intervals.js";

/** A number of batches that is rounded another way than the DataLoader rounds it. */
interface Rounded {
  readonly division: Operation;
  /** The whole expression: `round(len(df) / 32)` or `len(df) // 32`. */
  readonly node: Node;
  readonly how: "round" | "int" | "//";
}

export default defineRule({
  id: "simpletransformers/inexact-step-count",
  severity: "information",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["train_batch_size", "len("],
  messages: {
    rounded: "The last, smaller batch counts too, so an epoch has math.ceil({rows} / {batch}) batches, then // gradient_accumulation_steps: {how} gives another number for most sizes.",
  },
  docs: {
    summary: "An estimate of the steps that rounds the batches of an epoch down or to the nearest.",
    why: `simpletransformers keeps the last, smaller batch, so an epoch has \`math.ceil(len(df) / train_batch_size)\` batches. The number of optimizer steps is
\`math.ceil(len(df) / train_batch_size) // gradient_accumulation_steps * num_train_epochs\`. With \`round()\` or \`//\` an interval of a tenth of the steps comes
out a little off, and the evaluations are one more or one fewer than planned.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs

model_args = ClassificationArgs(train_batch_size=32, num_train_epochs=3)
steps = round(len(train_df) / model_args.train_batch_size) * model_args.num_train_epochs
model_args.evaluate_during_training_steps = max(1, steps // 10)
`,
        good: `import math

from simpletransformers.classification import ClassificationArgs

model_args = ClassificationArgs(train_batch_size=32, num_train_epochs=3)
steps = math.ceil(len(train_df) / model_args.train_batch_size) * model_args.num_train_epochs
model_args.evaluate_during_training_steps = max(1, steps // 10)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/master/simpletransformers/classification/classification_model.py"],
    silent: "For divisions by anything but the batch size, and for numbers that don't end up in a step interval.",
  },
  check({ script, report }) {
    const reported = new Set<Node>();
    for (const { field, value, target } of intervalsOf(script)) {
      for (const { division, node, how } of roundedIn(script, value)) {
        if (reported.has(node)) continue;
        reported.add(node);
        const [rows, batch] = division.nodes.map((each) => script.tree.textOf(each));
        report({
          message: "rounded",
          data: { rows: short(rows), batch: short(batch), how: how === "//" ? "//" : `${how}()` },
          at: script.tree.span(node),
          related: [{ message: `${field} is made from it`, range: script.tree.span(target) }],
          fixes: fixesOf(script, { division, node, how }),
        });
      }
    }
  },
});

function short(text = ""): string {
  return text.length > 40 ? "..." : text;
}

/** Every `round(rows / batch)`, `int(rows / batch)` and `rows // batch` that a value is made of. */
function roundedIn(script: Script, value: Value): Rounded[] {
  const found: Rounded[] = [];
  involves(value, (part) => {
    if (part.kind === "call" && (part.call.name === "builtins.round" || part.call.name === "builtins.int") && part.call.positional.length === 1) {
      const division = operationOf(part.call.positional[0]?.value ?? part);
      if (division?.operator === "/" && countsBatches(script, division)) found.push({ division, node: part.call.node, how: part.call.name === "builtins.int" ? "int" : "round" });
    }
    const division = operationOf(part);
    if (division?.operator === "//" && countsBatches(script, division)) found.push({ division, node: division.origin, how: "//" });
    return false;
  });
  return found;
}

/** Rows over the batch size, and nothing else: `len(df) // bs // accumulation` counts something else again. */
function countsBatches(script: Script, { operands, nodes }: Operation): boolean {
  const [rows] = operands;
  const [rowsNode, batch] = nodes;
  if (rows?.kind !== "call" || rows.call.name !== "builtins.len" || rowsNode === undefined || batch === undefined) return false;
  return /(?:^|\.)train_batch_size$|^(?:batch_size|bs|train_bs)$/i.test(script.tree.textOf(batch));
}

function fixesOf(script: Script, { division, node }: Rounded): Fix[] {
  const [rows, batch] = division.nodes.map((each) => script.tree.textOf(each));
  const hasMath = script.scopes.module.bindings.get("math")?.some(({ source }) => source.kind === "imported" && source.name === "math") ?? false;
  const exact = hasMath ? `math.ceil(${rows} / ${batch})` : `-(-${rows} // ${batch})`;
  return [{ title: `Count the last batch too: \`${exact}\``, safety: "unsafe", edits: [replaceNode(script.tree, node, exact)] }];
}
