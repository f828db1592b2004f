/**
 * Every argument of a script that some version of its library doesn't take as it stands, judged once for all rules on signatures: one pass over
 * the calls of callables that the data know, and one over what `**kwargs` would swallow.
 */
import type { RuleContext } from "../../analysis/rule.js";
import type { Library, Versions } from "../../environment/versions.js";
import type { Callable } from "../../knowledge/callable.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import { goneSince } from "../../knowledge/standing.js";
import { successorOf } from "../../knowledge/successors/index.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { isPatchedByUnsloth } from "../unsloth.js";
import { isHarmless, mayBeAbsent, type JudgedArgument } from "./judgedArgument.js";
import { Suspects } from "./suspects.js";
import { swallowedArguments } from "./swallowedArguments.js";
import { verdictOf } from "./verdicts.js";

interface Judged {
  readonly knowledge: Knowledge;
  readonly key: string;
  readonly all: readonly JudgedArgument[];
}

const judged = new WeakMap<Script, Judged>();

/** The judged arguments on which a library's rules speak, in source order. */
export function judgedArguments(ctx: RuleContext<never>, library: Library): readonly JudgedArgument[] {
  const { script, knowledge } = ctx;
  const { key } = ctx.versionsAt(0);
  let known = judged.get(script);
  if (known?.knowledge !== knowledge || known.key !== key) {
    known = { knowledge, key, all: judge(ctx) };
    judged.set(script, known);
  }
  return known.all.filter((each) => each.library === library);
}

function judge(ctx: RuleContext<never>): JudgedArgument[] {
  const { script, knowledge } = ctx;
  const found: JudgedArgument[] = [];
  const seen = new Set<Argument>();
  const libraries = knowledge.imported((root) => script.imports.importsRoot(root));
  const suspects = Suspects.of(knowledge, libraries);
  for (const call of script.callsNamed(knowledge.leavesOf(libraries))) {
    const written = writtenKeywords(script, call.node);
    if (written.names.length === 0 && !written.hasSplat) continue;
    const { method } = call;
    const versions = ctx.versionsAtNode(call.node);
    if (!written.hasSplat && !script.index.isAlias(method) && !written.names.some((name) => suspects.has(method, name, versions))) continue;
    const target = call.name;
    const callable = target === undefined ? undefined : knowledge.callable(target);
    if (!callable || target === undefined) continue;
    // Values are worked out only where a name needs a closer look.
    if (!written.hasSplat && written.names.every((name) => verdictOf(callable, name, versions) === undefined)) continue;
    for (const [name, argument] of call.keywords) {
      const one = judgeArgument(ctx.versionsAtNode(argument.entry), call, target, callable, name, argument);
      if (one === undefined) continue;
      seen.add(argument);
      if (!isAskedFor(script, callable, argument, call) && !isMeantForAnother(ctx, one)) found.push(one);
    }
  }
  found.push(...swallowedArguments(ctx, seen));
  const known = isPatchedByUnsloth(script) ? found.filter(({ target }) => !target.startsWith("trl.")) : found;
  return known.sort((a, b) => a.argument.entry - b.argument.entry);
}

/** The keywords of a call as they stand there, without working out what they are given. */
function writtenKeywords({ tree }: Script, call: Node): { readonly names: readonly string[]; readonly hasSplat: boolean } {
  const names: string[] = [];
  let hasSplat = false;
  for (let node = tree.firstChild(tree.child(call, Field.arguments)); node !== NO_NODE; node = tree.nextSibling(node)) {
    const kind = tree.kind(node);
    if (kind === Kind.keyword_argument) names.push(tree.textOf(tree.child(node, Field.name)));
    else if (kind === Kind.dictionary_splat) hasSplat = true;
  }
  return { names, hasSplat };
}

function judgeArgument(versions: Versions, call: Call, target: string, callable: Callable, name: string, argument: Argument): JudgedArgument | undefined {
  const verdict = verdictOf(callable, name, versions);
  if (!verdict) return undefined;
  const { standing } = verdict;
  const successor = successorOf(target, name);
  const isTranslated = verdict.fate === "removed" && successor?.isTranslated === true;
  if ((isTranslated && standing.in !== "none") || isHarmless(successor, argument)) return undefined;
  const fate = isTranslated ? "deprecated" : verdict.fate;
  const isCertain = (fate === "deprecated" || standing.in === "none") && !mayBeAbsent(argument);
  const library = fate === "never" ? callable.library : standing.library;
  const since = fate === "removed" ? goneSince(standing) : fate === "not yet" ? standing.since : undefined;
  return { call, argument, name, fate, isCertain, library, target, callable, versions, since, successor };
}

/**
 * Whether an argument that is only sometimes there is so because it is meant for something else: for a newer version, or for another call that the same dict
 * is unpacked into.
 */
function isMeantForAnother({ script, knowledge }: RuleContext<never>, { call, argument, name, fate, versions }: JudgedArgument): boolean {
  if (!mayBeAbsent(argument)) return false;
  if (fate === "not yet") return true;
  if (argument.via !== "unpacked") return false;
  return script.index.unpacking.some((node) => {
    const other = script.callAt(node);
    if (node === call.node || other.keywords.get(name)?.entry !== argument.entry) return false;
    const callable = other.name === undefined ? undefined : knowledge.callable(other.name);
    return callable?.accepts(name, versions).in !== "none";
  });
}

/** Whether the script itself asks what the callable takes, around the call or around the place where the argument is written. */
function isAskedFor(script: Script, callable: Callable, argument: Argument, call: Call): boolean {
  const names = callable.allKeywords();
  return [argument.entry, call.node].some((node) => node !== NO_NODE && script.flow.isAskedFor(node, names));
}
