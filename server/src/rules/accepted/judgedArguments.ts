/**
 * Every argument of a script that some version of its library doesn't take as it stands, judged once for all rules on signatures: one pass over
 * the calls of callables that the data know, and one over what `**kwargs` would swallow.
 */
import type { RuleContext } from "../../analysis/rule.js";
import type { Library, Versions } from "../../environment/versions.js";
import type { Callable } from "../../knowledge/callable.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import { goneSince, type Standing } from "../../knowledge/standing.js";
import { isFor, successorOf, swallowed } from "../../knowledge/successors/index.js";
import type { Successor } from "../../knowledge/successors/successor.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

export type Fate =
  /** Older versions take it, the newest that the script may meet doesn't. */
  | "removed"
  /** Only versions take it that are newer than all that the script may meet. */
  | "not yet"
  /** No version ever took it. */
  | "never"
  /** Taken, with a warning. */
  | "deprecated"
  /** Taken, and no longer read. */
  | "ignored";

export interface JudgedArgument {
  readonly call: Call;
  readonly argument: Argument;
  readonly name: string;
  readonly fate: Fate;
  /** Whether it is so in all versions that the script may meet, on every way through the script. */
  readonly isCertain: boolean;
  /** Whose versions decide, and so whose rule speaks. */
  readonly library: Library;
  /** The canonical name of what is called. */
  readonly target: string;
  readonly callable: Callable | undefined;
  readonly versions: Versions;
  /** The first release without it (`removed`, `ignored`), with it (`not yet`), or that warns (`deprecated`); undefined where the data don't say. */
  readonly since: string | undefined;
  readonly successor: Successor | undefined;
}

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
  const isImported = (root: string): boolean => script.imports.importsRoot(root);
  const suspects = Suspects.of(knowledge, isImported);
  for (const call of script.callsNamed(knowledge.leavesOf(knowledge.imported(isImported)))) {
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
      if (!isAskedFor(script, callable, argument, call)) found.push(one);
    }
  }
  found.push(...judgeSwallowed(ctx, seen));
  return found.sort((a, b) => a.argument.entry - b.argument.entry);
}

/**
 * The keywords that at least one callable of a name doesn't take as they stand: what is called needs to be worked out only for calls with one of these. Most
 * calls have none, whichever of them they call. Remembered for all scripts that import the same libraries.
 */
class Suspects {
  private static readonly made = new WeakMap<Knowledge, Map<string, Suspects>>();
  /** By versions, last name and keyword: whether it is one, or how often that was asked. */
  private readonly known = new Map<string, Map<string, Map<string, boolean | number>>>();
  private readonly callables = new Map<string, readonly Callable[]>();

  static of(knowledge: Knowledge, isImported: (root: string) => boolean): Suspects {
    let made = Suspects.made.get(knowledge);
    if (!made) Suspects.made.set(knowledge, (made = new Map()));
    const libraries = knowledge.imported(isImported);
    const key = libraries.join(" ");
    let suspects = made.get(key);
    if (!suspects) made.set(key, (suspects = new Suspects(knowledge, libraries)));
    return suspects;
  }

  private constructor(
    private readonly knowledge: Knowledge,
    private readonly libraries: readonly Library[],
  ) {}

  has(leaf: string, keyword: string, versions: Versions): boolean {
    const known = entryOf(entryOf(this.known, versions.key), leaf);
    const state = known.get(keyword) ?? 0;
    if (typeof state === "boolean") return state;
    // Asking all that have the name costs more than working out which one it is: worth it only for what comes again and again.
    if (state < ASKED_BEFORE) {
      known.set(keyword, state + 1);
      return true;
    }
    let callables = this.callables.get(leaf);
    if (!callables) this.callables.set(leaf, (callables = this.knowledge.callablesNamed(leaf, this.libraries)));
    const isSuspect = callables.length > MOST_CALLABLES || callables.some((callable) => verdictOf(callable, keyword, versions) !== undefined);
    known.set(keyword, isSuspect);
    return isSuspect;
  }
}

const ASKED_BEFORE = 4;
const MOST_CALLABLES = 12;

function entryOf<Item>(index: Map<string, Map<string, Item>>, key: string): Map<string, Item> {
  let entry = index.get(key);
  if (!entry) index.set(key, (entry = new Map<string, Item>()));
  return entry;
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

interface Verdict {
  readonly fate: Fate;
  readonly standing: Standing;
}

const verdicts = new WeakMap<Callable, Map<string, Map<string, Verdict | undefined>>>();

/** What becomes of a keyword, remembered: a script says the same few names again and again. */
function verdictOf(callable: Callable, name: string, versions: Versions): Verdict | undefined {
  if (callable.isAlwaysTaken(name)) return undefined;
  let byVersions = verdicts.get(callable);
  if (!byVersions) verdicts.set(callable, (byVersions = new Map()));
  let byName = byVersions.get(versions.key);
  if (!byName) byVersions.set(versions.key, (byName = new Map()));
  if (!byName.has(name)) {
    const standing = callable.accepts(name, versions);
    const fate = fateOf(standing, callable, name, versions);
    byName.set(name, fate && { fate, standing });
  }
  return byName.get(name);
}

function judgeArgument(versions: Versions, call: Call, target: string, callable: Callable, name: string, argument: Argument): JudgedArgument | undefined {
  const verdict = verdictOf(callable, name, versions);
  if (!verdict) return undefined;
  const { standing } = verdict;
  const successor = successorOf(target, name);
  const isTranslated = verdict.fate === "removed" && successor?.isTranslated === true;
  if (isTranslated && standing.in !== "none") return undefined;
  const fate = isTranslated ? "deprecated" : verdict.fate;
  const isCertain = (fate === "deprecated" || standing.in === "none") && !mayBeAbsent(argument);
  const library = fate === "never" ? callable.library : standing.library;
  const since = fate === "removed" ? goneSince(standing) : fate === "not yet" ? standing.since : undefined;
  return { call, argument, name, fate, isCertain, library, target, callable, versions, since, successor };
}

function fateOf(standing: Standing, callable: Callable, name: string, versions: Versions): Fate | undefined {
  switch (standing.in) {
    case "unknown":
      return undefined;
    case "all":
      return callable.isDeprecated(name, versions) ? "deprecated" : undefined;
    case "some":
      // What only older versions lack is no mistake: the newest one is what an open version gets.
      return standing.newest === "no" ? "removed" : undefined;
    case "none":
      if (!standing.ever) return "never";
      return standing.side === "before" ? "not yet" : "removed";
  }
}

/** What reaches a `**kwargs` that nobody reads, by the reviewed table. */
function judgeSwallowed(ctx: RuleContext<never>, seen: ReadonlySet<Argument>): JudgedArgument[] {
  const { script } = ctx;
  const found: JudgedArgument[] = [];
  for (const call of swallowingCalls(script)) {
    const target = call.name;
    const mine = target === undefined ? [] : swallowed.filter((row) => isFor(row, target));
    if (target === undefined || mine.length === 0) continue;
    const named = mine.filter((row) => call.keywords.has(row.name));
    for (const row of named.filter((each, index) => named.findIndex((other) => other.name === each.name) === index)) {
      const argument = call.keywords.get(row.name);
      if (!argument || seen.has(argument)) continue;
      const versions = ctx.versionsAt(script.tree.start(argument.entry));
      const gone = row.until === undefined ? "never" : versions.holds({ [row.library]: `>=${row.until}` });
      const warned = row.deprecated === undefined ? "never" : versions.holds({ [row.library]: `>=${row.deprecated}` });
      const isEarly = row.since !== undefined && versions.holds({ [row.library]: `<${row.since}` }) === "always";
      const fate: Fate | undefined = isEarly ? "not yet" : gone !== "never" ? (row.then ?? "removed") : warned === "always" ? "deprecated" : undefined;
      if (fate === undefined) continue;
      const isCertain = (fate === "never" || fate === "not yet" || (fate === "deprecated" ? warned : gone) === "always") && !mayBeAbsent(argument);
      found.push({ call, argument, name: row.name, fate, isCertain, library: row.library, target, callable: undefined, versions, since: fate === "deprecated" ? row.deprecated : fate === "not yet" ? row.since : row.until, successor: row });
    }
  }
  return found;
}

/** The calls that are given one of the swallowed names, in source order. */
function swallowingCalls(script: Script): Call[] {
  const { index } = script;
  const nodes = new Set<Node>();
  for (const name of swallowedNames) for (const node of index.writing(name)) nodes.add(node);
  // What a dict brings is known only where the dict is.
  for (const node of index.unpacking) if (unpackedNames(script, node).some((name) => swallowedNames.has(name))) nodes.add(node);
  return [...nodes].sort((a, b) => a - b).map((node) => script.callAt(node));
}

/** The keys that are known of the dicts which a call unpacks. */
function unpackedNames(script: Script, call: Node): string[] {
  const { tree } = script;
  const records = tree
    .children(tree.child(call, Field.arguments))
    .filter((node) => tree.kind(node) === Kind.dictionary_splat)
    .map((node) => script.evaluate(tree.firstChild(node)));
  return records.flatMap((value) => (value.kind === "oneOf" ? value.alternatives.map((each) => each.value) : [value])).flatMap((value) => (value.kind === "record" ? [...value.entries.keys()] : []));
}

const swallowedNames: ReadonlySet<string> = new Set(swallowed.map((row) => row.name));

/** Whether only some ways through the script pass it. */
function mayBeAbsent({ value }: Argument): boolean {
  return value.kind === "oneOf" && value.alternatives.some((alternative) => alternative.value.kind === "absent");
}

/** Whether the script itself asks what the callable takes, around the call or around the place where the argument is written. */
function isAskedFor(script: Script, callable: Callable, argument: Argument, call: Call): boolean {
  const names = callable.allKeywords();
  return [argument.entry, call.node].some((node) => node !== NO_NODE && script.flow.isAskedFor(node, names));
}
