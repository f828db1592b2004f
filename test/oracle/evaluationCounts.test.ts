/** The number of evaluations that is shown behind a step interval, against the number that the real loop of simpletransformers ran. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { evaluationCounts } from "../../server/src/rules/simpletransformers/evaluationCounts.js";
import { scriptOf } from "../support/script.js";

interface Case {
  readonly name: string;
  readonly script: string;
  readonly outcomes: readonly { readonly versions: Readonly<Record<string, string>>; readonly effect?: string }[];
}

const { cases } = JSON.parse(readFileSync(new URL("rules/simpletransformers/inexact-step-count.json", import.meta.url), "utf8")) as { readonly cases: readonly Case[] };
const counted = cases.filter(({ outcomes }) => outcomes.some(({ effect }) => effect?.startsWith("evaluations ")));

it("has cases to compare with", () => expect(counted.length).toBeGreaterThan(5));

it.each(counted.map((each) => [each.name, each] as const))("%s", (_, { script, outcomes }) => {
  const shown = evaluationCounts(scriptOf(script)).map(({ label }) => label);
  for (const { effect } of outcomes) expect(shown).toEqual([/^evaluations 1$/.test(effect ?? "") ? "1 evaluation" : `${effect?.replace(/^evaluations /, "") ?? ""} evaluations`]);
});
