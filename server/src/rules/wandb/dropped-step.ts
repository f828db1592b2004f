import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { sizeOf } from "../../script/sizes.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

export default defineRule({
  id: "wandb/dropped-step",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["wandb"],
  mentions: ["step"],
  messages: {
    restarts: "{step} starts again in every round of the outer loop, and wandb drops every step that goes back: only the first round is logged. Count the steps over all rounds.",
  },
  docs: {
    summary: "A step for wandb that starts again in each epoch.",
    why: `wandb's steps only grow: what is logged with a step below the last one is dropped, with no more than a line in the terminal. The index of an inner loop starts at 0 again in each epoch, so that
from the second epoch on nothing arrives. Count over all epochs, or leave \`step\` out, and wandb counts itself.`,
    examples: [
      {
        bad: `import wandb

wandb.init(project="p")
for epoch in range(3):
    for step, batch in enumerate(loader):
        wandb.log({"loss": train(batch)}, step=step)
`,
        good: `import wandb

wandb.init(project="p")
for epoch in range(3):
    for step, batch in enumerate(loader):
        wandb.log({"loss": train(batch)}, step=epoch * len(loader) + step)
`,
      },
    ],
    references: ["https://docs.wandb.ai/guides/track/log"],
    silent: "Where each round starts a run of its own, where a loop is left early, and for steps that are computed.",
  },
  check({ script, report }) {
    const { tree } = script;
    for (const call of script.callsTo("wandb.log")) {
      const step = call.keywords.get("step");
      if (!step || step.via !== "keyword" || tree.kind(step.node) !== Kind.identifier) continue;
      const inner = loopOf(script, step.node, tree.textOf(step.node));
      const outer = inner === NO_NODE ? NO_NODE : outerLoop(script, inner);
      if (outer === NO_NODE) continue;
      report({
        message: "restarts",
        data: { step: tree.textOf(step.node) },
        at: tree.span(step.entry),
        related: [{ message: "counts from the start again", range: tree.span(tree.child(inner, Field.left)) }],
        fixes: [{ title: "Log without `step`", safety: "unsafe", edits: [removeArgument(script, step)] }],
      });
    }
  },
});

/** The `for` around a place whose own counter the name is: `for i, x in enumerate(...)`, `for i in range(n)`. */
function loopOf(script: Script, place: Node, name: string): Node {
  const { tree } = script;
  const scope = script.scopes.resolve(name, script.scopes.scopeOf(place));
  // Written anywhere else it is a counter of another kind.
  const bindings = scope?.bindings.get(name) ?? [];
  for (let loop = tree.closest(place, Kind.for_statement); loop !== NO_NODE; loop = tree.closest(tree.parent(loop), Kind.for_statement)) {
    const left = tree.child(loop, Field.left);
    const isPair = tree.kind(left) === Kind.pattern_list || tree.kind(left) === Kind.tuple_pattern;
    const counter = isPair ? tree.firstChild(left) : left;
    if (tree.kind(counter) !== Kind.identifier || tree.textOf(counter) !== name) continue;
    const right = script.evaluate(tree.child(loop, Field.right));
    const { call } = right.kind === "call" ? right : { call: undefined };
    const callee = call?.name;
    // `range(start, end)` and `enumerate(x, start)` may go on where the last round ended.
    const isFromZero = (callee === "builtins.enumerate" && isPair) || (callee === "builtins.range" && !isPair);
    const isOnly = bindings.every(({ node }) => node === counter);
    return isFromZero && isOnly && call?.positional.length === 1 && call.keywords.size === 0 ? loop : NO_NODE;
  }
  return NO_NODE;
}

/** The loop around a loop, in the same function, that certainly goes round more than once with one run. */
function outerLoop(script: Script, inner: Node): Node {
  const { tree } = script;
  const outer = tree.closest(tree.parent(inner), Kind.for_statement);
  if (outer === NO_NODE || script.functionScope(script.scopes.scopeOf(outer)) !== script.functionScope(script.scopes.scopeOf(inner))) return NO_NODE;
  const body = tree.textOf(tree.child(outer, Field.body));
  if (/\b(?:init|finish|break|return|define_metric)\b/.test(body) || (sizeOf(script, script.evaluate(tree.child(outer, Field.right))) ?? 2) <= 1) return NO_NODE;
  return outer;
}
