/** What ships says the same as what is in the repository. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tabled, unpacked, type PackedLibrary } from "../../server/src/knowledge/packedData.js";
import { libraryData, type LibraryData } from "../../server/src/knowledge/libraryData.js";
import { packed } from "../../scripts/packedData.mjs";
import { knowledgeFolder } from "../support/knowledge.js";

function contents(library: PackedLibrary): unknown {
  const { callables, ...rest } = library;
  return { ...rest, callables: Object.fromEntries(callables.names.map((name) => [name, callables.get(name)])) };
}

describe("packed data", () => {
  it.each(readdirSync(knowledgeFolder).filter((name) => name.endsWith(".json")))("%s", (name) => {
    const data: LibraryData = libraryData.parse(JSON.parse(readFileSync(join(knowledgeFolder, name), "utf8")));
    expect(contents(unpacked(packed(data)))).toEqual(data);
    expect(contents(tabled(data))).toEqual(data);
  });

  it("know nothing of other names", () => {
    const library = unpacked(packed({ library: "trl", releases: ["1.0"], callables: {}, exports: {}, choices: {} }));
    expect([library.callables.names, library.callables.get("trl.SFTTrainer"), library.callables.get("constructor")]).toEqual([[], undefined, undefined]);
  });
});
