import type { Fix } from "../../analysis/finding.js";
import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { isSame, truthOf, type Value } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { argumentSetsOf, type ArgumentSet, type ModelArgument } from "./argumentSets.js";
import { isOn } from "./flags.js";

const SINCE = { simpletransformers: ">=0.61" };

/** A use of the evaluation cache, in the order of the script. */
interface Use {
  readonly call: Call;
  readonly data: Argument;
}

export default defineRule({
  id: "simpletransformers/stale-cache",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["simpletransformers"],
  mentions: ["reprocess_input_data", "use_cached_eval_features"],
  versions: SINCE,
  messages: {
    evaluation: "With {flag} the cache isn't told apart by its data: {method}() here uses the features of {first}, not of {second}, silently.",
    folds: "With reprocess_input_data=False the cache isn't told apart by its data: every round trains on the features of the first, silently. Drop it, or set no_cache=True.",
  },
  docs: {
    summary: "Cached features that another dataset is evaluated or trained on.",
    why: `simpletransformers caches the tokenized data under a name made of the mode (train or dev), the model type, the sequence length, the number of labels, and the length of what it is given. Since 0.61 that is a pair of columns, so
that its length is always 2 (3 for pairs of texts). With \`reprocess_input_data=False\` (or \`use_cached_eval_features=True\` for evaluations) the features of the first dataset are loaded for every other one: the test set
is never looked at, \`eval_model()\` gives the numbers of the validation set once more, and each fold of a cross-validation trains on the first (measured with 0.70.5; 0.64 can't read its cache with torch 2.6 and newer, and raises
\`UnpicklingError\`). The default, \`True\`, tokenizes anew.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("roberta", "roberta-base", args={"reprocess_input_data": False})
validation, _, _ = model.eval_model(validation_df)
test, _, _ = model.eval_model(test_df)
`,
        good: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("roberta", "roberta-base")
validation, _, _ = model.eval_model(validation_df)
test, _, _ = model.eval_model(test_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_utils.py"],
    silent: "For a single dataset, with no_cache, with a cache_dir that may differ, with sliding windows, and for models other than classification.",
  },
  check({ script, report }) {
    for (const set of argumentSetsOf(script)) {
      const { constructor, train, read } = set;
      if (!constructor || !/^(?:MultiLabel)?ClassificationModel$/.test(set.model) || isOn(read("no_cache"), false) !== false || isOn(read("sliding_window"), false) !== false) continue;
      const reprocess = read("reprocess_input_data");
      const isKept = isOn(reprocess, true) === false;
      const reused = read("use_cached_eval_features");
      if (!isKept && isOn(reused, false) !== true) continue;
      const flag = isKept ? reprocess : reused;
      const related = flag.entry === NO_NODE ? [] : [{ message: "set here", range: script.tree.span(flag.entry) }];
      const fixes = fixesOf(script, flag, isKept ? "True" : "False");
      const folder = read("cache_dir").value;
      const isOneFolder = folder.kind === "absent" || folder.kind === "literal";
      if (train && isKept && isOneFolder && changesEachRound(script, train)) report({ message: "folds", at: train.nameSpan, when: SINCE, related, fixes });
      const uses = evaluationsOf(script, set);
      const [first] = uses;
      const other = first && uses.find((use) => isOther(script, first, use));
      if (!first || !other) continue;
      report({
        message: "evaluation",
        data: { flag: isKept ? "reprocess_input_data=False" : "use_cached_eval_features=True", method: other.call.method, first: script.tree.textOf(first.data.node), second: script.tree.textOf(other.data.node) },
        at: script.tree.span(other.data.entry),
        when: SINCE,
        related: [{ message: "fills the cache", range: first.call.nameSpan }, ...related],
        fixes,
      });
    }
  },
});

/** What one model is evaluated with: during its training, and by calls that certainly come one after the other. */
function evaluationsOf(script: Script, { constructor, train, read }: ArgumentSet): Use[] {
  const made = constructor && script.evaluate(constructor.node, constructor.frame);
  if (made?.kind !== "instance") return [];
  const during = train && isOn(read("evaluate_during_training"), false) === true ? (train.argument("eval_df") ?? train.argument("eval_data")) : undefined;
  const uses: Use[] = train && during ? [{ call: train, data: during }] : [];
  for (const call of script.callsOfMethod("eval_model")) {
    const data = call.argument("eval_df", 0);
    if (data && call.receiver?.kind === "instance" && call.receiver.object === made.object) uses.push({ call, data });
  }
  return uses.sort((a, b) => a.call.node - b.call.node);
}

/** Another dataset under another name, used in a place that is reached after the first. */
function isOther(script: Script, first: Use, use: Use): boolean {
  const { tree } = script;
  if (first === use || !script.precedes(first.call.node, use.call.node)) return false;
  const isName = (argument: Argument): boolean => tree.kind(argument.node) === Kind.identifier || tree.kind(argument.node) === Kind.subscript;
  const [a, b] = [first.data, use.data];
  return isName(a) && isName(b) && tree.textOf(a.node) !== tree.textOf(b.node) && !isSame(a.value, b.value) && !isSameCall(a.value, b.value);
}

function isSameCall(a: Value, b: Value): boolean {
  return (a.kind === "call" && b.kind === "call" && a.call === b.call) || (a.kind === "unknown" && b.kind === "unknown" && a.origin !== undefined && a.origin === b.origin);
}

/** Whether a call stands in a loop, and its data is of the round: named by the loop, or made in its body. */
function changesEachRound(script: Script, train: Call): boolean {
  const { tree } = script;
  const loop = tree.closest(train.node, Kind.for_statement);
  const data = train.argument("train_df", 0);
  if (loop === NO_NODE || !data || !tree.contains(tree.child(loop, Field.body), train.node)) return false;
  const names = new Set(tree.textOf(data.node).match(/[A-Za-z_]\w*/g) ?? []);
  if ((tree.textOf(tree.child(loop, Field.left)).match(/[A-Za-z_]\w*/g) ?? []).some((name) => names.has(name))) return true;
  if (tree.kind(data.node) !== Kind.identifier) return false;
  const name = tree.textOf(data.node);
  const scope = script.scopes.resolve(name, script.scopes.scopeOf(data.node));
  return scope?.bindings.get(name)?.some(({ source }) => source.kind === "assigned" && tree.contains(loop, source.expression)) ?? false;
}

function fixesOf(script: Script, flag: ModelArgument, value: string): Fix[] {
  if (flag.node === NO_NODE || truthOf(flag.value) === undefined || script.tree.kind(flag.node) === Kind.identifier) return [];
  return [{ title: `Tokenize each dataset anew (\`${value}\`)`, safety: "unsafe", edits: [replaceNode(script.tree, flag.node, value)] }];
}
