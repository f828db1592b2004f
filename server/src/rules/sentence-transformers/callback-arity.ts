import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { callableOf, type Callable } from "../../script/callables.js";
import type { Script } from "../../script/script.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { fitsOf } from "./fitCalls.js";
import { isNothing } from "./trainerCalls.js";

/** `callback(score, epoch, steps)`, in every version. */
const ARGUMENTS = 3;

export default defineRule({
  id: "sentence-transformers/callback-arity",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["callback"],
  messages: {
    arity: "fit() calls its callback as callback(score, epoch, steps), and {name} takes {takes}: raises TypeError at the first evaluation.",
  },
  docs: {
    summary: "A fit() callback that cannot take its three arguments.",
    why: `\`fit()\` calls the callback after each evaluation with the score, the epoch and the steps, by position. The names are free, but there have to be three; otherwise \`TypeError\` is raised at
the first evaluation, after the training up to it.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformer

def log_score(score):
    print(score)

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=evaluator, warmup_steps=100, output_path="out", callback=log_score)
`,
        good: `from sentence_transformers import SentenceTransformer

def log_score(score, epoch, steps):
    print(score)

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], evaluator=evaluator, warmup_steps=100, output_path="out", callback=log_score)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v2.7.0/sentence_transformers/SentenceTransformer.py"],
    silent: "For callbacks that aren't functions of the script, and without an evaluator, where it is never called.",
  },
  check({ script, report }) {
    for (const fit of fitsOf(script)) {
      const callback = fit.keywords.get("callback");
      if (!callback || isNothing(fit.value("evaluator", 1))) continue;
      const callable = callableOf(script, callback.value);
      if (!callable || takesThree(callable)) continue;
      const { function: info, parameters } = callable;
      const name = info.name === "" ? "this lambda" : info.name;
      const takes = parameters.length === 1 ? "1 argument" : `${parameters.length} arguments`;
      report({ message: "arity", data: { name, takes }, at: script.tree.span(callback.node), raises: "TypeError", related: [{ message: "is defined here", range: script.tree.span(callable.function.node) }], fixes: fixesOf(script, callable) });
    }
  },
});

function takesThree({ function: { decorators }, parameters }: Callable): boolean {
  // A decorator may give it other parameters.
  if (decorators.length > 0) return true;
  const positional = parameters.filter(({ kind }) => kind === "positional");
  const required = positional.filter((parameter) => parameter.default === NO_NODE);
  const named = parameters.some((parameter) => parameter.kind === "keyword-only" && parameter.default === NO_NODE);
  const most = parameters.some(({ kind }) => kind === "args") ? Number.POSITIVE_INFINITY : positional.length;
  return !named && required.length <= ARGUMENTS && most >= ARGUMENTS;
}

/** The parameters that are missing, behind those that are there. */
function fixesOf(script: Script, { function: info, parameters }: Callable): Fix[] {
  const { tree } = script;
  const list = tree.child(info.node, Field.parameters);
  const isPlain = parameters.length === info.parameters.length && parameters.every((each) => each.kind === "positional" && each.default === NO_NODE);
  if (!isPlain || parameters.length >= ARGUMENTS || list === NO_NODE || tree.kind(info.node) !== Kind.function_definition) return [];
  const missing = ["score", "epoch", "steps"].slice(parameters.length);
  if (missing.some((name) => parameters.some((each) => each.name === name) || script.scopes.byNode.get(info.node)?.bindings.has(name))) return [];
  const names = [...parameters.map(({ name, node }) => tree.textOf(node) || name), ...missing];
  return [{ title: "Take (score, epoch, steps)", safety: "safe", edits: [replaceNode(tree, list, `(${names.join(", ")})`)] }];
}
