/**
 * A library's data as they ship: one line with everything but the callables, then a line for each callable. A script is about a dozen of some five hundred,
 * and reading them all would be most of what a check from a cold start takes.
 */
import type { CallableData, LibraryData } from "./libraryData.js";

/** What is known of a library's callables, by canonical name. */
export interface CallableTable {
  readonly names: readonly string[];
  get(name: string): CallableData | undefined;
}

/** A library's data with the callables still to be read. */
export interface PackedLibrary extends Omit<LibraryData, "callables"> {
  readonly callables: CallableTable;
}

/** Reads what `scripts/packedData.mjs` wrote; it is our own, and its source is held against the schema in the tests. */
export function unpacked(text: string): PackedLibrary {
  const [head = "{}", ...lines] = text.split("\n");
  const byName = new Map(lines.map((line) => [line.slice(0, line.indexOf("\t")), line]));
  return {
    ...(JSON.parse(head) as Omit<LibraryData, "callables">),
    callables: {
      names: [...byName.keys()],
      get(name) {
        const line = byName.get(name);
        return line === undefined ? undefined : (JSON.parse(line.slice(name.length + 1)) as CallableData);
      },
    },
  };
}

/** The same for data that are at hand as a whole. */
export function tabled({ callables, ...rest }: LibraryData): PackedLibrary {
  return { ...rest, callables: { names: Object.keys(callables), get: (name) => (Object.hasOwn(callables, name) ? callables[name] : undefined) } };
}
