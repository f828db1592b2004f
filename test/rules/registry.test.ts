/** What holds of all rules together: the list, the ids, the documentation and its examples. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../server/src/rules/index.js";
import { styleFaults } from "../support/messageStyle.js";
import { check } from "../support/ruleTest.js";

const folder = new URL("../../server/src/rules/", import.meta.url);

/** Kebab-case files are rules; camelCase ones hold what several rules share. */
function ruleFiles(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((library) => readdirSync(new URL(`${library.name}/`, folder)).map((file) => `${library.name}/${file.replace(/\.ts$/, "")}`))
    .filter((id) => id === id.toLowerCase() && id.includes("-"));
}

describe("the list of rules", () => {
  it("has every rule file, and no other", () => {
    expect(rules.map((rule) => rule.id).sort()).toEqual(ruleFiles().sort());
  });

  it("keeps every id that a release has had (test/rules/ids.txt is append-only)", () => {
    const released = readFileSync(new URL("ids.txt", import.meta.url), "utf8").trim().split("\n");
    expect(rules.map((rule) => rule.id).sort()).toEqual([...new Set(released)].sort());
  });

  it.each(rules.map((rule) => rule.id))("%s has a table", (id) => {
    const [library, name] = id.split("/");
    expect(existsSync(new URL(`${library}/${name}.test.ts`, import.meta.url))).toBe(true);
  });
});

describe.each(rules)("$id", (rule) => {
  it("documents itself", () => {
    expect(rule.docs.summary).toMatch(/^[A-Za-z].{10,118}\.$/);
    expect(rule.docs.examples.length).toBeGreaterThan(0);
    expect(rule.docs.references.length).toBeGreaterThan(0);
    for (const reference of rule.docs.references) expect(() => new URL(reference)).not.toThrow();
  });

  it.each(Object.entries(rule.messages))("%s is in the house's style", (_, text) => expect(styleFaults(text), text).toEqual([]));

  it.each(rule.docs.examples.map((example, index) => [example.title ?? `example ${index + 1}`, example] as const))("%s: the bad one has exactly this finding, the good one none at all", (_, example) => {
    const situation = { versions: example.versions ?? {}, files: example.files ?? {} };
    expect(check(example.bad, situation).map((finding) => finding.rule)).toEqual([rule.id]);
    expect(check(example.good, situation)).toEqual([]);
  });
});
