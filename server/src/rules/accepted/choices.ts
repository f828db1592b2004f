/** Arguments that take one of a few words, and what becomes of another word. */
import type { RuleContext } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import type { Holds, Library, Versions } from "../../environment/versions.js";
import type { Call } from "../../script/calls.js";
import type { Literal, Value } from "../../script/values.js";

export interface ChoiceRow {
  /** The callable and its library's own subclasses, by canonical name; a pattern for methods of many classes. */
  readonly callable: string | RegExp;
  readonly names: readonly string[];
  readonly position?: number;
  /** The data's lists of allowed values, the first that the version has; or the values themselves where they never changed. */
  readonly lists?: readonly string[];
  readonly values?: readonly string[];
  /** The words with the versions that take each (`"<0.20"`, `">=0.20"`), where neither the data have them nor they stayed the same. */
  readonly history?: Readonly<Record<string, string>>;
  /** Words that are taken besides. */
  readonly more?: readonly string[];
  /** The exception and when it comes; absent: nothing checks the value. */
  readonly raises?: {
    readonly exception: string;
    readonly when: string;
    readonly since?: string;
    /** Whether the value is looked at only for some rows or at some steps, so that a script may well get by. */
    readonly isSeldom?: boolean;
  };
  /** What else the call has to say for the value to be looked at. */
  readonly needs?: (call: Call) => boolean;
  /** What happens to a value that nothing checks. */
  readonly effect?: string;
  /** Whether Booleans and None are other values too, and not another way to say the default. */
  readonly isStrict?: boolean;
  /** What is meant by a word whose spelling doesn't tell. */
  readonly meant?: Readonly<Record<string, string>>;
  /** Only words near an allowed one are judged: others may be fine. */
  readonly onlyNear?: boolean;
}

export type ChoiceMessage = "raises" | "removed" | "notYet" | "unchecked";

export const choiceMessages: Readonly<Record<ChoiceMessage, string>> = {
  raises: "{name} doesn't take {value}: raises {exception} when {when}.{advice}",
  removed: "{name} doesn't take {value} from {library} {since} on: raises {exception} when {when}.{advice}",
  notYet: "{name} takes {value} only from {library} {since} on: raises {exception} before.{advice}",
  unchecked: "{name} doesn't know {value}, and nothing checks it: {effect}.{advice}",
};

/** Reports the words that no table of a library allows. */
export function reportChoices(ctx: RuleContext<ChoiceMessage>, library: Library, rows: readonly ChoiceRow[]): void {
  for (const row of rows) {
    if (!row.names.some((name) => row.position !== undefined || ctx.script.index.mayGive(name))) continue;
    for (const call of callsOf(ctx, row)) {
      for (const name of row.names) {
        const argument = call.argument(name, row.position ?? -1);
        if (!argument || row.needs?.(call) === false) continue;
        const words = literalsOf(argument.value);
        for (const { literal, isOnly } of words) judge(ctx, library, row, name, literal, isOnly);
      }
    }
  }
}

function callsOf({ script }: RuleContext<ChoiceMessage>, { callable, names, position }: ChoiceRow): readonly Call[] {
  if (typeof callable === "string") return script.callsTo(callable);
  // Classes of many names: those calls that bring such an argument are fewer.
  if (position === undefined) return script.callsGiven(...names).filter(({ name }) => name !== undefined && callable.test(name));
  const method = /\\\.([a-z_]\w*)\$$/.exec(callable.source)?.[1];
  return script.callsMatching(callable, method === undefined ? /^[A-Z]/ : new RegExp(`^${method}$`));
}

/** The literals that an argument may be, and those inside a list. */
function literalsOf(value: Value, isOnly = true): { readonly literal: Literal; readonly isOnly: boolean }[] {
  switch (value.kind) {
    case "literal":
      return [{ literal: value, isOnly }];
    case "oneOf":
      return value.alternatives.flatMap((alternative) => literalsOf(alternative.value, false));
    case "sequence":
      return value.items.flatMap((item) => literalsOf(item, isOnly));
    default:
      return [];
  }
}

function judge(ctx: RuleContext<ChoiceMessage>, library: Library, row: ChoiceRow, name: string, literal: Literal, isOnly: boolean): void {
  const { script } = ctx;
  const written = script.tree.textOf(literal.origin);
  const word = typeof literal.value === "string" && literal.type === "str" ? literal.value : undefined;
  if (word === undefined && !(row.isStrict === true && (literal.type === "bool" || literal.type === "none"))) return;
  const versions = ctx.versionsAt(script.tree.start(literal.origin));
  const standing = standingOf(ctx, library, row, word ?? written, versions);
  if (!standing) return;
  const { allowed } = standing;
  const near = word === undefined ? undefined : (row.meant?.[word] ?? nearestName(word, allowed));
  if (row.onlyNear === true && near === undefined) return;
  const meant = near !== undefined && allowed.includes(near) ? near : undefined;
  const isUnique = row.meant?.[word ?? ""] !== undefined || (meant !== undefined && nearestName(word ?? "", allowed.filter((other) => other !== meant)) === undefined);
  const quote = /^\w*(["'])/.exec(written)?.[1];
  const list = allowed.length <= 6 ? ` It takes ${allowed.map((each) => `"${each}"`).join(", ")}.` : "";
  const hasRaised = row.raises?.since === undefined || versions.holds({ [library]: row.raises.since }) === "always";
  const severity = row.raises === undefined || row.raises.isSeldom === true || !hasRaised || !standing.isCertain || !isOnly ? "warning" : "error";
  ctx.report({
    message: row.raises === undefined ? "unchecked" : standing.fate,
    data: {
      name,
      value: word === undefined ? written : `"${word}"`,
      exception: row.raises?.exception ?? "",
      when: row.raises?.when ?? "",
      effect: row.effect ?? "",
      library,
      since: standing.since?.replace(/^(\d+\.\d+)\.0$/, "$1") ?? "a later version",
      advice: meant === undefined ? list : standing.fate === "raises" || row.raises === undefined ? ` Did you mean "${meant}"?` : ` Use "${meant}".`,
    },
    at: script.tree.span(literal.origin),
    severity,
    ...(row.raises ? { raises: row.raises.exception } : {}),
    fixes:
      meant === undefined || quote === undefined || written !== `${quote}${word ?? ""}${quote}`
        ? []
        : [{ title: `Write "${meant}"`, safety: isUnique && standing.isCertain ? "safe" : "unsafe", edits: [{ ...script.tree.span(literal.origin), newText: quote + meant + quote }] }],
  });
}

interface Allowance {
  readonly fate: "raises" | "removed" | "notYet";
  readonly isCertain: boolean;
  readonly since: string | undefined;
  /** The values that the newest version takes which the script may meet. */
  readonly allowed: readonly string[];
}

/** How a word stands; undefined where it is allowed, or nobody can tell. */
function standingOf(ctx: RuleContext<ChoiceMessage>, library: Library, { values, history: written, lists = [], more = [] }: ChoiceRow, word: string, versions: Versions): Allowance | undefined {
  if (more.includes(word)) return undefined;
  if (written) return standingIn(written, library, word, versions);
  if (values) return values.includes(word) ? undefined : { fate: "raises", isCertain: true, since: undefined, allowed: values };
  const history = ctx.knowledge.library(library);
  const newest = history?.met(versions).at(-1);
  for (const list of lists) {
    const allowed = newest === undefined ? undefined : history?.choices(list)?.at(newest);
    const standing = allowed && history?.allows(list, word, versions);
    if (!allowed || !standing) continue;
    if (standing.newest === "yes" || standing.in === "unknown") {
      // A list that the oldest versions lack says nothing about them; where none of the others has the word, that is enough.
      if (standing.newest === "yes" || standing.ever) return undefined;
    }
    const all = [...allowed, ...more.filter((each) => each !== "all" && each !== "none")];
    if (!standing.ever) return { fate: "raises", isCertain: true, since: undefined, allowed: all };
    if (standing.in === "none") return { fate: standing.side === "before" ? "notYet" : "removed", isCertain: true, since: standing.side === "before" ? standing.since : standing.until, allowed: all };
    return { fate: "removed", isCertain: false, since: standing.until, allowed: all };
  }
  return undefined;
}

/** The same for words whose versions are written down by hand. */
function standingIn(history: Readonly<Record<string, string>>, library: Library, word: string, versions: Versions): Allowance | undefined {
  const holds = (range: string): Holds => versions.holds({ [library]: range });
  // What an open version gets is the newest release: a word that came is allowed, one that went isn't.
  const allowed = Object.keys(history).filter((each) => holds(history[each] ?? "") === "always" || (holds(history[each] ?? "") === "sometimes" && history[each]?.startsWith(">") === true));
  if (allowed.includes(word)) return undefined;
  const range = Object.hasOwn(history, word) ? history[word] : undefined;
  if (range === undefined) return { fate: "raises", isCertain: true, since: undefined, allowed };
  const since = /[\d.]+$/.exec(range)?.[0];
  return { fate: range.startsWith(">") ? "notYet" : "removed", isCertain: holds(range) === "never", since, allowed };
}
