import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { canonicalName } from "../../knowledge/canonicalNames.js";
import type { Call } from "../../script/calls.js";
import { reachingEffects } from "../../script/reaching.js";
import type { Binding, Scope } from "../../script/scopes.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

const NEW_NAME = "pipe";

export default defineRule({
  id: "generation/shadowed-pipeline",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["pipeline"],
  messages: {
    shadowed: "From here on {name} is this object and no longer the function: the next {name}(...) runs the model. Name the object {new}.",
    called: "From here on {name} is this object and no longer the function: a later {name}(...) that means the function raises an error. Name the object {new}.",
    local: "Assigning to {name} makes it a local variable of this function: calling it here raises UnboundLocalError. Name the object {new}.",
  },
  docs: {
    summary: "An object named pipeline, which hides the function that made it.",
    why: `After \`pipeline = pipeline(...)\` the name stands for the object. Running it works; building a second pipeline hands \`model=\` and the like to the first one,
which raises an error (\`ValueError: The following \\\`model_kwargs\\\` are not used by the model\`, or a \`TypeError\`, by version).

Inside a function the assignment makes the name local, and the very first call raises \`UnboundLocalError\`.`,
    examples: [
      {
        bad: `from transformers import pipeline

pipeline = pipeline("text-generation", model="gpt2")
print(pipeline("Once upon a time"))
`,
        good: `from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2")
print(pipe("Once upon a time"))
`,
      },
    ],
    references: ["https://docs.python.org/3/faq/programming.html#why-am-i-getting-an-unboundlocalerror-when-the-variable-has-a-value"],
    silent: "Where the function was imported under another name.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    for (const { binding, imported } of shadowings(script)) {
      const { name } = binding;
      const isLocal = binding.scope !== imported.scope;
      const again = isLocal ? undefined : laterFactoryCall(script, binding);
      ctx.report({
        message: isLocal ? "local" : again ? "called" : "shadowed",
        // Once is harmless: it is the next call of the function that fails.
        severity: isLocal || again ? "error" : "information",
        data: { name, new: NEW_NAME },
        at: tree.span(binding.node),
        raises: isLocal ? "UnboundLocalError" : "ValueError",
        related: again ? [{ message: "called as the function here", range: again.nameSpan }] : [],
        fixes: rename(script, binding),
      });
    }
  },
});

/** Every `name = name(...)` of a name that was imported as transformers' pipeline function. */
function shadowings(script: Script): { readonly binding: Binding; readonly imported: Binding }[] {
  const { tree, scopes } = script;
  const found: { binding: Binding; imported: Binding }[] = [];
  const everywhere = [scopes.module, ...scopes.byNode.values()].filter((scope, index, all) => all.indexOf(scope) === index);
  for (const imported of scopes.aliasing) {
    if (imported.source.kind !== "imported" || canonicalName(imported.source.name) !== "transformers.pipeline") continue;
    for (const scope of everywhere) {
      const own = scope.bindings.get(imported.name) ?? [];
      if (scope.kind === "class" || (scope !== imported.scope && !isHidden(script, scope, imported, own))) continue;
      for (const binding of own) {
        const { source } = binding;
        if (source.kind !== "assigned" || source.path.length > 0 || tree.kind(source.expression) !== Kind.call) continue;
        if (tree.textOf(tree.child(source.expression, Field.function)) === imported.name) found.push({ binding, imported });
      }
    }
  }
  return found;
}

/** Whether a function has the name only by assigning it, while what it means to call is imported outside. */
function isHidden(script: Script, scope: Scope, imported: Binding, own: readonly Binding[]): boolean {
  if (scope.kind !== "function" || own.length === 0 || !own.every(({ source }) => source.kind === "assigned") || !scope.parent) return false;
  return script.scopes.resolve(imported.name, scope.parent) === imported.scope;
}

/** A call after the shadowing that can only be meant for the function: it names a model, or a task. */
function laterFactoryCall(script: Script, binding: Binding): Call | undefined {
  return script.scopes
    .occurrences(binding.name)
    .filter((node) => node > binding.from && script.tree.field(node) === Field.function && script.precedes(binding.node, node))
    .map((node) => script.callAt(script.tree.parent(node)))
    .find((call) => ["model", "tokenizer", "task"].some((keyword) => call.keywords.has(keyword)) && (call.keywords.has("task") || /^[a-z0-9]+(-[a-z0-9]+)+$/.test(stringOf(call.positional[0]?.value ?? { kind: "absent" }) ?? "")));
}

/** Renames the object wherever this binding is what is read. Nothing where that isn't certain. */
function rename(script: Script, binding: Binding): Fix[] {
  const { scopes, tree, flow } = script;
  if (scopes.occurrences(NEW_NAME).length > 0) return [];
  const bindings = binding.scope.bindings.get(binding.name) ?? [];
  const read: Node[] = [];
  for (const node of scopes.occurrences(binding.name)) {
    if (node < binding.from || bindings.some((each) => each.node === node) || scopes.resolve(binding.name, scopes.scopeOf(node)) !== binding.scope) continue;
    const reaching = reachingEffects(flow, bindings, node);
    if (script.functionScope(scopes.scopeOf(node)) !== script.functionScope(binding.scope) || !reaching) return [];
    const mine = reaching.reaches.some(({ effect }) => effect === binding);
    if (mine && (reaching.reaches.length > 1 || reaching.maybeNone)) return [];
    if (mine && !isFactoryCall(script, node)) read.push(node);
  }
  const edits = [binding.node, ...read].map((node) => ({ ...tree.span(node), newText: NEW_NAME }));
  return [{ title: `Name the object \`${NEW_NAME}\``, safety: "safe", edits }];
}

function isFactoryCall(script: Script, node: Node): boolean {
  if (script.tree.field(node) !== Field.function) return false;
  const call = script.callAt(script.tree.parent(node));
  return ["model", "task"].some((keyword) => call.keywords.has(keyword));
}
