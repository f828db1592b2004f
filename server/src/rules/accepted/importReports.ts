/** What the rules `removed-import` of every library say. */
import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import type { RuleContext } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { importSuccessorOf } from "../../knowledge/importSuccessors.js";
import { goneSince } from "../../knowledge/standing.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { shortVersion } from "./argumentFixes.js";
import { judgedNames, type JudgedName } from "./importedNames.js";

export type ImportMessage = "removed" | "removedHere" | "notYet" | "never";

export const importMessages: Readonly<Record<ImportMessage, string>> = {
  removed: "{module} has no {name} from {library} {since} on: raises {exception}.{advice}",
  removedHere: "{module} has no {name} in your version of {library}: raises {exception}.{advice}",
  notYet: "{name} comes with {library} {since}: raises {exception} before.",
  never: "{module} has no {name} in any version: raises {exception}.{advice}",
};

/** @param judges whether names that no version ever had are reported too, and not left to what knows the installed packages. */
export function reportImports(ctx: RuleContext<ImportMessage>, root: string, { judges }: { readonly judges: boolean }): void {
  for (const judged of judgedNames(ctx, root)) {
    const { module, name, node, binding, standing, fate } = judged;
    if (fate === "never" && !judges) continue;
    const successor = importSuccessorOf(module, name);
    const near = fate === "never" && successor?.target === undefined ? nearestName(name, ctx.knowledge.exportedNames(module).filter((other) => isThere(ctx, judged, other))) : undefined;
    // A submodule is an attribute too, and no list of exports has them all: a lower-case name has to be near one that is known.
    if (fate === "never" && near === undefined && successor === undefined && /^[a-z_]/.test(name)) continue;
    const target = successor?.target ?? near;
    const meant = target !== undefined && isThere(ctx, judged, target) ? target : undefined;
    const since = fate === "not yet" ? standing.since : goneSince(standing);
    const exception = binding === NO_NODE ? "AttributeError" : "ImportError";
    ctx.report({
      message: fate === "not yet" ? "notYet" : fate === "removed" && since === undefined ? "removedHere" : fate,
      data: {
        name,
        module,
        library: standing.library,
        since: since === undefined ? "a later version" : shortVersion(since),
        exception,
        advice: meant !== undefined ? (fate === "never" ? ` Did you mean ${meant}?` : ` Use ${meant}.`) : successor?.advice !== undefined ? ` ${successor.advice}` : "",
      },
      at: ctx.script.tree.span(node),
      severity: judged.isCertain ? "error" : "warning",
      raises: exception,
      fixes: meant === undefined ? [] : renameFixes(ctx, judged, meant, !judged.isCertain || !isSure(ctx, judged, meant)),
    });
  }
}

/** Whether some version that the script may meet has the other name. */
function isThere(ctx: RuleContext<ImportMessage>, { module, versions }: JudgedName, name: string): boolean {
  const standing = ctx.knowledge.exported(module, name, versions);
  return standing?.in === "all" || (standing?.ever === true && standing.newest !== "no" && standing.in !== "none");
}

function isSure(ctx: RuleContext<ImportMessage>, { module, versions }: JudgedName, name: string): boolean {
  const standing = ctx.knowledge.exported(module, name, versions);
  return standing?.in === "all" || (standing?.in === "unknown" && standing.absent === undefined);
}

/** Renames the import and every use of it. None where a call of it says something that the other one doesn't take. */
function renameFixes(ctx: RuleContext<ImportMessage>, judged: JudgedName, to: string, isUnsafe: boolean): Fix[] {
  const { script } = ctx;
  const { node, binding, name } = judged;
  const { tree, scopes } = script;
  if (isCalledOtherwise(ctx, judged, to)) return [];
  const safety = isUnsafe ? "unsafe" : "safe";
  const title = `Use ${to}`;
  // An alias keeps its name, and so do its uses.
  if (binding === NO_NODE || binding !== node) return [{ title, safety, edits: [replaceNode(tree, node, to)] }];
  const scope = scopes.resolve(name, scopes.scopeOf(binding));
  if (!scope || (scope.bindings.get(name)?.length ?? 0) > 1 || scopes.occurrences(to).length > 0) return [];
  const uses = scopes.occurrencesIn(scope, name);
  return [{ title, safety, edits: mergedEdits(uses.map((each) => replaceNode(tree, each, to))) }];
}

/** Whether a call of a name has a keyword that no version of the other one takes. */
function isCalledOtherwise({ script, knowledge }: RuleContext<ImportMessage>, { module, name, versions }: JudgedName, to: string): boolean {
  const callable = knowledge.callable(`${module}.${to}`);
  if (!callable) return false;
  const calls = script.index.named(name).map((node) => script.callAt(node));
  return calls.some((call) => call.name === `${module}.${name}` && [...call.keywords.keys()].some((keyword) => callable.accepts(keyword, versions).in === "none"));
}
