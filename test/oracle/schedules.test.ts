/** What the real library raised for some thousands of generated argument sets, against what the rule says for that version: exactly. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import rule from "../../server/src/rules/transformers/strategy-mismatch.js";
import { check } from "../support/ruleTest.js";

interface Recording {
  readonly arguments: readonly string[];
  /** Version -> one letter per argument set: `x` where TrainingArguments raised ValueError, `.` where it accepted. */
  readonly outcomes: Readonly<Record<string, string>>;
}

const recording = JSON.parse(readFileSync(new URL("schedules.json", import.meta.url), "utf8")) as Recording;

describe("TrainingArguments' own verdict", () => {
  it.each(Object.entries(recording.outcomes))("of transformers %s", (version, outcomes) => {
    const disagreements = recording.arguments.flatMap((written, index) => {
      const findings = check(`from transformers import TrainingArguments\nTrainingArguments("out", ${written})\n`, { versions: { transformers: version } }, [rule]);
      const says = findings.some((finding) => finding.severity === "error") ? "x" : ".";
      return says === outcomes[index] ? [] : [`${written}: the library ${outcomes[index] ?? "?"}, the rule ${says}`];
    });
    expect(disagreements).toEqual([]);
    expect(recording.arguments.length).toBeGreaterThan(2000);
  });
});
