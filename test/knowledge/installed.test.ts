/**
 * The data against what really installed libraries said of their callables and modules by `inspect`. The recordings are made by
 * `npm run knowledge -- --against-real FOLDER ... --record FILE`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it, describe } from "vitest";
import { differencesFromReal } from "../../scripts/knowledge/real/compare.js";
import { recording } from "../../scripts/knowledge/real/recording.js";
import { shippedKnowledge } from "../support/knowledge.js";

const folder = new URL("fixtures/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.startsWith("installed-"));

describe.each(files)("%s", (file) => {
  const said = recording.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8")));

  it("agrees with the data in names, order, kinds and defaults", () => {
    expect(Object.keys(said.callables).length).toBeGreaterThan(150);
    expect(differencesFromReal(shippedKnowledge, said)).toEqual([]);
  });

  it("would show a difference", () => {
    const changed = { ...said, callables: { "transformers.set_seed": "sed\ndeterministic=True" } };
    expect(differencesFromReal(shippedKnowledge, changed)).toEqual([
      "transformers.set_seed: positional seed deterministic | really sed deterministic",
      "transformers.set_seed(deterministic): default False, really True",
    ]);
  });
});
