import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { setBeside } from "../../analysis/siblingEdits.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { sizeOf } from "../../script/sizes.js";
import { everyAlternative } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { argumentSetsOf, type ArgumentSet } from "./argumentSets.js";
import { isOn } from "./flags.js";

export default defineRule({
  id: "simpletransformers/existing-output-dir",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["train_model"],
  messages: {
    evaluated: "eval_model() above writes eval_results.txt to output_dir, which train_model() wants empty: raises ValueError. Set overwrite_output_dir=True.",
    repeated: "The second train_model() of this loop finds output_dir full: raises ValueError after the first training. Give each run its own, or set overwrite_output_dir=True.",
  },
  docs: {
    summary: "A training whose output folder the script itself has filled before.",
    why: `\`train_model()\` raises \`ValueError: Output directory (outputs/) already exists and is not empty\` unless \`overwrite_output_dir\` is on. Two scripts run into it by
themselves, even in an empty folder: one that calls \`eval_model()\` first, since the results are written to \`output_dir\`, and one that trains several times in
a loop with the same folder, where the first training has already been paid for.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationModel

for fold in range(5):
    model = ClassificationModel("roberta", "roberta-base", args={"num_train_epochs": 1})
    model.train_model(folds[fold])
`,
        good: `from simpletransformers.classification import ClassificationModel

for fold in range(5):
    model = ClassificationModel("roberta", "roberta-base", args={"num_train_epochs": 1, "output_dir": f"outputs/{fold}"})
    model.train_model(folds[fold])
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "Where the folder may differ from run to run, where nothing is saved, and in scripts that delete or move folders.",
  },
  check({ script, report }) {
    if (/\b(?:rmtree|shutil|removedirs|rename|subprocess|os\.system|os\.remove)\b/.test(script.text)) return;
    for (const set of argumentSetsOf(script)) {
      const { train, read, constructor } = set;
      if (!train || train.isOpen || isOn(read("overwrite_output_dir"), false) !== false || train.value("output_dir").kind !== "absent" || train.positional.length > 1) continue;
      const fixes = fixesOf(script, set);
      const evaluation = script.callsOfMethod("eval_model").find((call) => isSameModel(call, train) && script.precedes(call.node, train.node) && writesResults(call));
      if (evaluation) report({ message: "evaluated", at: train.nameSpan, raises: "ValueError", related: [{ message: "evaluates first", range: evaluation.nameSpan }], fixes });
      else if (constructor && isRepeated(script, train.node) && isConstant(set)) report({ message: "repeated", at: train.nameSpan, raises: "ValueError", fixes });
    }
  },
});

function isSameModel(call: Call, train: Call): boolean {
  return call.receiver?.kind === "instance" && train.receiver?.kind === "instance" && call.receiver.object === train.receiver.object;
}

function writesResults(call: Call): boolean {
  return !call.isOpen && call.positional.length <= 1 && call.value("output_dir").kind === "absent";
}

/** Whether the folder is the same each time, and something is saved into it. */
function isConstant({ read }: ArgumentSet): boolean {
  const folder = read("output_dir").value;
  const isSame = folder.kind === "absent" || everyAlternative(folder, (each) => each.kind === "literal");
  return isSame && folder.kind !== "oneOf" && isOn(read("no_save"), false) === false;
}

/** Whether the nearest loop around a call, in the same function, certainly goes round more than once. */
function isRepeated(script: Script, call: Node): boolean {
  const { tree } = script;
  const loop = tree.closest(call, Kind.for_statement);
  if (loop === NO_NODE || script.functionScope(script.scopes.scopeOf(loop)) !== script.functionScope(script.scopes.scopeOf(call))) return false;
  const body = tree.child(loop, Field.body);
  if (!tree.contains(body, call) || /\b(?:break|return|continue|raise|exit)\b/.test(tree.textOf(body))) return false;
  // A condition may hold in one of the rounds only.
  if (script.flow.armsOf(call).length > script.flow.armsOf(tree.firstChild(body)).length) return false;
  return (sizeOf(script, script.evaluate(tree.child(loop, Field.right))) ?? 2) > 1;
}

function fixesOf(script: Script, { constructor, read }: ArgumentSet): Fix[] {
  const beside = ["output_dir", "num_train_epochs", "train_batch_size", "learning_rate", "evaluate_during_training"].map((name) => read(name).entry).find((entry) => entry !== NO_NODE);
  const edit = constructor && beside !== undefined ? setBeside(script, beside, "overwrite_output_dir", "True") : undefined;
  return edit ? [{ title: "Overwrite what is in `output_dir`", safety: "unsafe", edits: [edit] }] : [];
}
