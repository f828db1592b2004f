/** The shipped data: their shape, and that what they point to is there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { byVersion } from "../../scripts/packages/packageIndex.js";
import { isLibrary } from "../../server/src/environment/versions.js";
import { libraryData } from "../../server/src/knowledge/libraryData.js";
import { parseSignature } from "../../server/src/knowledge/signature.js";
import { knowledgeFolder, shippedKnowledge } from "../support/knowledge.js";

const files = readdirSync(knowledgeFolder).filter((name) => name.endsWith(".json"));

describe.each(files)("%s", (file) => {
  const data = libraryData.parse(JSON.parse(readFileSync(join(knowledgeFolder, file), "utf8")));

  it("is the data of the library that it is named after", () => {
    expect(file).toBe(`${data.library}.json`);
    expect(isLibrary(data.library)).toBe(true);
  });

  it("has its releases in order, each once", () => {
    expect([...data.releases].sort(byVersion)).toEqual(data.releases);
    expect(new Set(data.releases).size).toBe(data.releases.length);
  });

  it("speaks of stored releases only, and of each at most once", () => {
    const records = [...Object.values(data.callables).map(({ signatures }) => signatures), ...Object.values(data.choices)];
    for (const record of records) {
      const seen = new Set<number>();
      for (const run of Object.keys(record).flatMap((presence) => presence.split(" "))) {
        const [start = "", end = ""] = run.split("-");
        for (let release = Number(start); release < (end === "" ? data.releases.length : Number(end)); release++) {
          expect(data.releases[release], run).toBeDefined();
          expect(seen.has(release), `${run} again`).toBe(false);
          seen.add(release);
        }
      }
    }
  });

  it("names only lists and bases that there are", () => {
    for (const [name, { signatures, parameters }] of Object.entries(data.callables)) {
      for (const text of Object.values(signatures)) {
        const { inherits } = parseSignature(text);
        if (inherits !== undefined) expect(shippedKnowledge.callable(inherits), `${name} < ${inherits}`).toBeDefined();
      }
      for (const { choices } of Object.values(parameters).flat()) if (choices !== undefined) expect(data.choices, name).toHaveProperty([choices]);
    }
  });
});
