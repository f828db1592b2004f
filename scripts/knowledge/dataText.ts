/** The data as JSON with one entry per line, so that a difference can be read. */
import type { LibraryData } from "../../server/src/knowledge/libraryData.js";

export function dataText({ library, releases, callables, exports, choices }: LibraryData): string {
  const entry = (key: string, value: unknown): string => `${JSON.stringify(key)}:${JSON.stringify(value)}`;
  const lines = (record: Readonly<Record<string, unknown>>): string => block(Object.entries(record).map(([key, value]) => entry(key, value)));
  return `{${[
    `\n${entry("library", library)}`,
    `\n${entry("releases", releases)}`,
    `\n"callables":${block(
      Object.entries(callables).map(
        ([name, { kind, signatures, parameters }]) => `${JSON.stringify(name)}:{${entry("kind", kind)},"signatures":${lines(signatures)},"parameters":${lines(parameters)}}`,
      ),
    )}`,
    `\n"exports":${block(Object.entries(exports).map(([module, names]) => `${JSON.stringify(module)}:${lines(names)}`))}`,
    `\n"choices":${block(Object.entries(choices).map(([list, values]) => `${JSON.stringify(list)}:${lines(values)}`))}`,
  ].join(",")}\n}\n`;
}

function block(entries: readonly string[]): string {
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n}`;
}
