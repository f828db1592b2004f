/** The reviewed table of what became of arguments, held against what the sources say. */
import { describe, expect, it } from "vitest";
import { Versions } from "../../server/src/environment/versions.js";
import { configOf } from "../../server/src/knowledge/classes.js";
import { importSuccessors } from "../../server/src/knowledge/importSuccessors.js";
import { successors } from "../../server/src/knowledge/successors/index.js";
import { shippedKnowledge as knowledge } from "../support/knowledge.js";

const named = successors.flatMap((row) => (row.callables instanceof RegExp ? [] : row.callables.map((callable) => [`${callable}(${row.name}=)`, callable, row] as const)));
const newest = Versions.unknown;

describe("every row", () => {
  it.each(successors.map((row) => [row.name, row.source] as const))("%s has a source", (_, source) => expect(() => new URL(source)).not.toThrow());

  it("is there once", () => {
    const keys = named.map(([title]) => title);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describe("rows on callables whose signatures are known", () => {
  it.each(named)("%s: some release took it, and the newest doesn't or warns", (_, callable, row) => {
    const known = knowledge.callable(callable);
    expect(known, "in the data").toBeDefined();
    const standing = known?.accepts(row.name, newest);
    expect(standing?.ever, "ever taken").toBe(true);
    const isDeprecated = known?.parameter(row.name, newest)?.deprecated !== undefined;
    expect(standing?.newest === "no" || standing?.newest === "unknown" || isDeprecated || row.isTranslated === true, `newest: ${standing?.newest ?? "?"}`).toBe(true);
  });

  const renames = named.flatMap(([title, callable, row]) => (row.remedy.kind === "rename" ? [[title, callable, row.remedy.to] as const] : []));
  it.each(renames)("%s: its new name is an argument", (_, callable, to) => {
    expect(knowledge.callable(callable)?.accepts(to, newest).ever).toBe(true);
  });

  const moves = named.flatMap(([title, callable, row]) => (row.remedy.kind === "move" ? [[title, configOf(callable), [row.name, ...(row.remedy.as ?? [])]] as const] : []));
  it.each(moves)("%s: the config took it, or it has no place there", (_, config, names) => {
    const taken = names.some((name) => knowledge.callable(config)?.accepts(name, newest).ever === true);
    expect(taken || names[0] === "infinite").toBe(true);
  });
});

describe("names to import", () => {
  const plain = importSuccessors.flatMap((row) => (typeof row.name === "string" ? [[`${row.module}.${row.name}`, row, row.name] as const] : []));
  it.each(plain)("%s: gone from the newest release, and its successor there", (_, row, name) => {
    const standing = knowledge.exported(row.module, name, newest);
    expect(standing?.newest).toBe("no");
    if (row.to !== undefined) expect(knowledge.exported(row.module, row.to, newest)?.ever).toBe(true);
  });
});
