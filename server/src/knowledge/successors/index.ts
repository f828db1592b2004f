/** Looks up what became of an argument. */
import { isKindOf } from "../classes.js";
import { otherSuccessors } from "./others.js";
import type { Successor } from "./successor.js";
import { transformersSuccessors } from "./transformers.js";
import { trlSuccessors } from "./trl.js";

/** Every reviewed row; a test holds them against the extracted data. */
export const successors: readonly Successor[] = [...trlSuccessors, ...otherSuccessors, ...transformersSuccessors];

const byName = groupedBy(successors, (row) => row.name);
const byNewName = groupedBy(successors, (row) => (row.remedy.kind === "rename" ? row.remedy.to : undefined));

/** The row of an argument of a callable, by canonical name. */
export function successorOf(callable: string, name: string): Successor | undefined {
  return byName.get(name)?.find((row) => isFor(row, callable));
}

/** The row whose argument was called otherwise before: what to write where the new name isn't known yet. */
export function predecessorOf(callable: string, name: string): Successor | undefined {
  return byNewName.get(name)?.find((row) => isFor(row, callable));
}

/** Rows on callables that take any keyword, for one keyword: their versions are in the rows themselves. */
export interface SwallowedKeyword {
  readonly rows: readonly Successor[];
  /** The last names of the callables that they speak of; undefined where a row leaves that open. */
  readonly leaves: ReadonlySet<string> | undefined;
}

export const swallowed: ReadonlyMap<string, SwallowedKeyword> = new Map(
  [
    ...groupedBy(
      successors.filter((row) => row.until !== undefined || row.deprecated !== undefined || row.since !== undefined),
      (row) => row.name,
    ),
  ].map(([name, rows]) => {
    const leaves = rows.map(leavesOf);
    return [name, { rows, leaves: leaves.includes(undefined) ? undefined : new Set(leaves.flatMap((each) => each ?? [])) }];
  }),
);

/** Whether a row speaks of a callable. */
export function isFor({ callables }: Successor, callable: string): boolean {
  if (callables instanceof RegExp) return callables.test(callable);
  const dot = callable.lastIndexOf(".");
  return callables.some((each) => {
    if (isKindOf(callable, each)) return true;
    const eachDot = each.lastIndexOf(".");
    return callable.slice(dot) === each.slice(eachDot) && isKindOf(callable.slice(0, dot), each.slice(0, eachDot));
  });
}

/** The last names of the callables that a row speaks of; undefined where that is open: a class stands for its subclasses, a pattern for what it matches. */
function leavesOf({ callables }: Successor): readonly string[] | undefined {
  if (callables instanceof RegExp) {
    const leaf = /\\\.(\w+)\$$/.exec(callables.source)?.[1];
    return leaf === undefined ? undefined : [leaf];
  }
  const leaves = callables.map((each) => each.slice(each.lastIndexOf(".") + 1));
  return leaves.every((leaf) => /^[a-z]/.test(leaf)) ? leaves : undefined;
}

function groupedBy(rows: readonly Successor[], key: (row: Successor) => string | undefined): ReadonlyMap<string, readonly Successor[]> {
  const groups = new Map<string, Successor[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
