/** Completions inside a library call: the keywords that it takes and hasn't got yet, and the values that an argument takes. */
import type { Versions } from "../environment/versions.js";
import type { Callable } from "../knowledge/callable.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import { meaningOf } from "../knowledge/meanings.js";
import type { FlatTree } from "../syntax/flatTree.js";
import type { Span } from "../syntax/text.js";
import { argumentHelp } from "./argumentHelp.js";
import { callablesBehind } from "./libraryCall.js";
import { probeAt, type Probe } from "./completionProbe.js";

export interface Completion {
  readonly kind: "keyword" | "value";
  readonly label: string;
  readonly insertText: string;
  readonly replaced: Span;
  /** A short word on the right: its type or default. */
  readonly detail: string | undefined;
  readonly isDeprecated: boolean;
  /** Before those with a higher one. */
  readonly rank: number;
  /** What `argumentHelp` needs to document it. */
  readonly callable: string;
  readonly parameter: string;
}

export interface CompletionContext {
  readonly knowledge: Knowledge;
  readonly versions: Versions;
  readonly parse: (text: string) => FlatTree;
}

export function completionsAt(text: string, offset: number, { knowledge, versions, parse }: CompletionContext): Completion[] {
  const probe = probeAt(text, offset, parse);
  const name = probe?.place.call.name;
  if (!probe || name === undefined) return [];
  const here = probe.script.flow.versionsAt(probe.place.call.span.start, versions);
  const found = callablesBehind(name, knowledge).flatMap((callable) => (probe.kind === "keyword" ? keywordCompletions(probe, callable, here) : valueCompletions(probe, callable, here)));
  const labels = new Set<string>();
  return found.filter(({ label }) => !labels.has(label) && labels.add(label));
}

function keywordCompletions({ place, replaced, hasEquals }: Extract<Probe, { kind: "keyword" }>, callable: Callable, versions: Versions): Completion[] {
  const { call } = place;
  const byPosition = new Set(callable.signature(versions)?.positional.slice(0, call.positional.length));
  const isFree = (name: string): boolean => !call.keywords.has(name) && !byPosition.has(name);
  return callable
    .keywords(versions)
    .filter((name) => isFree(name) && !name.startsWith("_"))
    .map((name, index) => {
      const parameter = callable.parameter(name, versions);
      const isDeprecated = parameter?.deprecated !== undefined;
      const isUsual = meaningOf(callable.name, name) !== undefined;
      return {
        kind: "keyword",
        label: `${name}=`,
        insertText: hasEquals ? name : `${name}=`,
        replaced,
        detail: parameter?.default ?? parameter?.type,
        isDeprecated,
        rank: (isDeprecated ? 20_000 : isUsual ? 0 : 10_000) + index,
        callable: callable.name,
        parameter: name,
      };
    });
}

function valueCompletions({ place, replaced, isQuoted }: Extract<Probe, { kind: "value" }>, callable: Callable, versions: Versions): Completion[] {
  const { argument } = place;
  const name = argument.name ?? callable.signature(versions)?.positional[argument.position];
  const parameter = name === undefined ? undefined : callable.parameter(name, versions);
  if (name === undefined || !parameter?.suggestions) return [];
  return parameter.suggestions.map((value, index) => ({
    kind: "value",
    label: isQuoted ? value : `"${value}"`,
    insertText: isQuoted ? value : `"${value}"`,
    replaced,
    detail: parameter.default === `'${value}'` || parameter.default === `"${value}"` ? "default" : undefined,
    isDeprecated: false,
    rank: index,
    callable: callable.name,
    parameter: name,
  }));
}

/** The documentation of a completion, made when it is looked at. */
export function completionHelp({ callable, parameter }: Pick<Completion, "callable" | "parameter">, knowledge: Knowledge, versions: Versions): string | undefined {
  const known = knowledge.callable(callable);
  return known && argumentHelp(known, parameter, versions);
}
