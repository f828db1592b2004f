/** The judgements as data; `npm run corpus` holds them against the checker, with the package index at hand. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as z from "zod";
import { corpusPackage, judgement, subjectOf } from "../../scripts/corpus/judgements.js";
import { codeBlocks } from "../../scripts/corpus/codeBlocks.js";
import { rules } from "../../server/src/rules/index.js";

const data = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const judgements = z.array(judgement).parse(data("judgements.json"));
const packages = z.array(corpusPackage).parse(data("packages.json"));

it("every finding in a real script is judged, and right", () => {
  expect(judgements.filter(({ verdict, why }) => verdict !== "right" || why.length < 10)).toEqual([]);
});

it("each is judged once, of a package and a rule that there are", () => {
  const subjects = judgements.map(subjectOf);
  expect(subjects.filter((subject, index) => subjects.indexOf(subject) !== index)).toEqual([]);
  const ids = new Set(rules.map(({ id }) => id));
  expect(judgements.filter(({ rule }) => !ids.has(rule))).toEqual([]);
  expect(judgements.filter((each) => !packages.some((source) => source.package === each.package && source.version === each.version))).toEqual([]);
});

it("finds the blocks of code in a text", () => {
  const text = '"""\nText.\n\n    ```python\n    a = 1\n    if a:\n        b = 2\n    ```\n\n>>> c = 3\n>>> for x in c:\n...     d = x\nanswer\n>>> e = 4\n"""\n';
  expect(codeBlocks(text)).toEqual(["a = 1\nif a:\n    b = 2\n", "c = 3\nfor x in c:\n    d = x\ne = 4"]);
});
