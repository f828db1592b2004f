/** What analyze does around the rules: failures, selection, severities, versions, order. */
import { describe, expect, it } from "vitest";
import { analyze } from "../../server/src/analysis/analyze.js";
import { isEnabled } from "../../server/src/analysis/enabledRules.js";
import type { Finding } from "../../server/src/analysis/finding.js";
import { defineRule, type Rule } from "../../server/src/analysis/rule.js";
import { defaultConfiguration, type Configuration } from "../../server/src/config/configuration.js";
import { Versions } from "../../server/src/environment/versions.js";
import { scriptOf } from "../support/script.js";

const docs = { summary: "A test.", why: "", examples: [], references: [] };

const everyCall = defineRule({
  id: "transformers/every-call",
  severity: "error",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers"],
  messages: { found: "{name} is called", perhaps: "{name} is called in old versions" },
  docs,
  check(ctx) {
    for (const node of ctx.script.scopes.calls) {
      const call = ctx.script.callAt(node);
      ctx.report({ message: "found", unsure: "perhaps", data: { name: call.method }, at: call.span, when: { transformers: "<5" } });
    }
  },
});

const throwing: Rule = { ...everyCall, id: "transformers/throws", check: () => { throw new Error("a bug"); } };
const preview: Rule = { ...everyCall, id: "trl/preview", status: "preview" };

interface Run {
  readonly rules?: readonly Rule[];
  readonly config?: Partial<Configuration>;
  readonly versions?: Readonly<Record<string, string>>;
  readonly failed?: string[];
}

function run(source: string, { rules = [everyCall], config = {}, versions = {}, failed = [] }: Run = {}): Finding[] {
  return analyze({
    script: scriptOf(source),
    rules,
    versions: Versions.from(versions, "test"),
    config: { ...defaultConfiguration, ...config },
    onRuleFailure: (rule) => failed.push(rule),
  });
}

const SOURCE = "import transformers\nb()\na()\n";

describe("analyze", () => {
  it("lets the other rules speak when one throws, and tells which it was", () => {
    const failed: string[] = [];
    expect(run(SOURCE, { rules: [throwing, everyCall], failed })).toHaveLength(2);
    expect(failed).toEqual(["transformers/throws"]);
  });

  it("sorts by place", () => expect(run("import transformers\nouter(inner())\n").map(({ message }) => message)).toEqual(["inner is called in old versions", "outer is called in old versions"].reverse()));

  it("skips rules of libraries that the script doesn't import", () => expect(run("b()\n")).toEqual([]));

  it.each([
    [{ transformers: "4.46" }, ["error", "b is called"]],
    [{ transformers: "5.1" }, undefined],
    [{}, ["warning", "b is called in old versions"]],
    [{ transformers: ">=4,<6" }, ["warning", "b is called in old versions"]],
    [{ transformers: ">=4,<5" }, ["error", "b is called"]],
  ])("with %j says %j", (versions, expected) => {
    const [first] = run(SOURCE, { versions });
    expect(first && [first.severity, first.message]).toEqual(expected);
  });

  it.each([
    [{ "transformers/every-call": "hint" }, "hint"],
    [{ transformers: "information" }, "information"],
    [{ ALL: "error" }, "error"],
    [{ ALL: "hint", transformers: "error" }, "error"],
  ] as const)("takes the severity from %j", (severity, expected) => expect(run(SOURCE, { config: { severity } })[0]?.severity).toBe(expected));
});

describe("which rules are on", () => {
  it.each([
    [everyCall, {}, true],
    [preview, {}, false],
    [preview, { select: ["trl/preview"] }, true],
    [preview, { select: ["trl"] }, false],
    [preview, { select: ["ALL"] }, true],
    [everyCall, { select: ["trl"] }, false],
    [everyCall, { select: ["transformers"] }, true],
    [everyCall, { ignore: ["transformers"] }, false],
    [everyCall, { ignore: ["transformers"], select: ["transformers/every-call"] }, true],
    [everyCall, { ignore: ["transformers/every-call"], select: ["ALL"] }, false],
    [everyCall, { ignore: ["ALL"] }, false],
  ] as const)("%#", (rule, config, expected) => expect(isEnabled(rule, { ...defaultConfiguration, ...config })).toBe(expected));
});
