/** Puts the facts of all releases together: what holds in which of them. */
import type { CallableData, LibraryData, ParameterData } from "../../server/src/knowledge/libraryData.js";
import { signatureText, type CallableFacts } from "./callables/facts.js";
import type { ReleaseFacts } from "./extract.js";

/** @param releases ascending. */
export function historyOf(library: string, releases: readonly ReleaseFacts[]): LibraryData {
  return {
    library,
    releases: releases.map(({ release }) => release),
    callables: Object.fromEntries(keysOf(releases, ({ callables }) => callables).map((name) => [name, callableHistory(releases.map(({ callables }) => callables.get(name)))])),
    exports: Object.fromEntries(keysOf(releases, ({ exports }) => exports).map((module) => [module, exportHistory(releases.map(({ exports }) => exports.get(module)))])),
    choices: Object.fromEntries(keysOf(releases, ({ choices }) => choices).map((list) => [list, byPresence(releases.map(({ choices }) => choices.get(list)?.slice()))])),
  };
}

function keysOf<T>(releases: readonly ReleaseFacts[], of: (release: ReleaseFacts) => ReadonlyMap<string, T>): string[] {
  return [...new Set(releases.flatMap((release) => [...of(release).keys()]))].sort((a, b) => (a < b ? -1 : 1));
}

/** Equal values together, each with the releases that have it; undefined: that release has none. */
function byPresence<T>(values: readonly (T | undefined)[]): Record<string, T> {
  const groups = new Map<string, { value: T; releases: number[] }>();
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    const key = JSON.stringify(value);
    const group = groups.get(key);
    if (group) group.releases.push(index);
    else groups.set(key, { value, releases: [index] });
  }
  return Object.fromEntries([...groups.values()].map(({ value, releases }) => [presenceText(releases, values.length), value]));
}

function presenceText(releases: readonly number[], count: number): string {
  const runs: string[] = [];
  for (let i = 0; i < releases.length; ) {
    const start = releases[i] ?? 0;
    let end = start;
    while (releases[i] === end) {
      end++;
      i++;
    }
    runs.push(`${start}-${end === count ? "" : end}`);
  }
  return runs.join(" ");
}

function callableHistory(facts: readonly (CallableFacts | undefined)[]): CallableData {
  const parameters: Record<string, ParameterData[]> = {};
  const names = new Set(facts.flatMap((release) => (release ? [...release.parameters, ...release.read].map(({ name }) => name) : [])));
  for (const name of names) {
    const states = byPresence(facts.map((release) => stateOf(release, name)));
    const entries = Object.entries(states);
    const told = entries.length === 1 ? Object.values(states) : entries.map(([presence, state]) => ({ in: presence, ...state }));
    // Nothing to tell but that it is there, which the signature says.
    if (told.some((state) => Object.keys(state).some((key) => key !== "in"))) parameters[name] = told;
  }
  const kind = facts.findLast((release) => release !== undefined)?.kind ?? "function";
  return { kind, signatures: byPresence(facts.map((release) => release && signatureText(release))), parameters };
}

function stateOf(facts: CallableFacts | undefined, name: string): ParameterData | undefined {
  const found = facts && [...facts.parameters, ...facts.read].find((parameter) => parameter.name === name);
  if (!found) return undefined;
  const { default: value, type, choices, deprecated, replacement } = found;
  return {
    ...(value === undefined ? {} : { default: value }),
    ...(type === undefined ? {} : { type }),
    ...(choices === undefined ? {} : { choices }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(replacement === undefined ? {} : { replacement }),
  };
}

/** Names that are there in the same releases stand together. */
function exportHistory(modules: readonly (readonly string[] | undefined)[]): Record<string, string> {
  const releasesOf = new Map<string, number[]>();
  for (const [index, names] of modules.entries()) {
    for (const name of names ?? []) {
      const known = releasesOf.get(name);
      if (known) known.push(index);
      else releasesOf.set(name, [index]);
    }
  }
  const groups = new Map<string, string[]>();
  for (const [name, releases] of releasesOf) {
    const presence = presenceText(releases, modules.length);
    const group = groups.get(presence);
    if (group) group.push(name);
    else groups.set(presence, [name]);
  }
  return Object.fromEntries([...groups].sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1)).map(([presence, names]) => [presence, names.sort().join(" ")]));
}
