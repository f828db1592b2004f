import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { truthOf } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { fitsOf } from "./fitCalls.js";
import { isNone } from "../nothing.js";

export default defineRule({
  id: "sentence-transformers/best-model-not-written",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["evaluator"],
  messages: {
    nowhere: "fit() evaluates but has no output_path: the best model is written nowhere, and nothing saves the model later. Pass output_path.",
    switchedOff: "With an evaluator and save_best_model=False fit() writes no model to output_path, not even the last one, and nothing saves the model later. Save the model after fit().",
  },
  docs: {
    summary: "A fit() with an evaluator whose model is saved nowhere.",
    why: `With an evaluator, \`fit\` keeps the best model, but only in \`output_path\`: without one, \`save(None)\` returns without a word and the training ends with nothing on
disk. With \`save_best_model=False\` nothing is written there either; the last model is only saved by \`fit\` when there is no evaluator.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformer

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=evaluator, epochs=3, warmup_steps=100)
`,
        good: `from sentence_transformers import SentenceTransformer

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=evaluator, epochs=3, warmup_steps=100, output_path="out")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v2.7.0/sentence_transformers/SentenceTransformer.py"],
    silent: "Where the model is saved, pushed, evaluated, encoded with or handed on after the training; where checkpoints are written.",
  },
  check({ script, report }) {
    for (const fit of fitsOf(script)) {
      const evaluator = fit.argument("evaluator");
      if (!evaluator || fit.isOpen || isNone(evaluator.value) || fit.value("checkpoint_path").kind !== "absent" || isUsedLater(script, fit)) continue;
      const path = fit.value("output_path");
      const savesBest = fit.value("save_best_model");
      if (path.kind === "absent" || isNone(path)) report({ message: "nowhere", at: script.tree.span(evaluator.entry), fixes: path.kind === "absent" ? placeholder(script, fit) : [] });
      else if (truthOf(savesBest) === false && path.kind !== "unknown") report({ message: "switchedOff", at: script.tree.span(evaluator.entry) });
    }
  },
});

/** Whether the trained model lives on: anything but another `fit` or the object's own end. */
function isUsedLater(script: Script, fit: Call): boolean {
  const { receiver } = fit;
  // What is kept as self.model or returned is the caller's to save.
  if (receiver?.kind !== "instance" || script.tree.kind(script.tree.child(fit.function, Field.object)) !== Kind.identifier) return true;
  const definition = script.tree.closest(fit.node, Kind.function_definition);
  if (definition !== NO_NODE && script.functionAt(definition).returns.some(({ expression }) => holds(script, expression, receiver.object))) return true;
  return script.eventsOf(receiver.object).some((event) => {
    if (event.kind === "escaped") return true;
    if (event.from <= fit.node || event.node === fit.node) return false;
    return event.kind === "passed" || (event.kind === "called" && !/^(fit|old_fit|to|train|eval)$/.test(event.field ?? ""));
  });
}

function holds(script: Script, expression: Node, object: ScriptObject): boolean {
  const value = script.evaluate(expression);
  const parts = value.kind === "sequence" ? value.items : [value];
  return parts.some((part) => part.kind === "instance" && part.object === object);
}

function placeholder(script: Script, fit: Call): Fix[] {
  const edit = addArgument(script, fit, "output_path", '"${1:output}"');
  return edit ? [{ title: "Pass an output_path", safety: "placeholder", edits: [edit] }] : [];
}
