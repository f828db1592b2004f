/**
 * What the real libraries did with small whole scripts, against what the checker says of them at those versions. An error where the library ran is a
 * failure; an exception that the checker doesn't call an error has to say in its case why it is passed over.
 *
 * The outcomes are recorded by scripts/oracle/record.py.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { rules } from "../../server/src/rules/index.js";
import { check } from "../support/ruleTest.js";

const Outcome = z.strictObject({
  versions: z.record(z.string(), z.string()),
  outcome: z.enum(["raises", "runs", "warns", "effect"]),
  exception: z.string().optional(),
  message: z.string().optional(),
  effect: z.string().optional(),
});

const Recording = z.strictObject({
  rule: z.string(),
  cases: z.array(
    z.strictObject({
      name: z.string(),
      /** The versions that the script is written for. */
      only: z.record(z.string(), z.string()).optional(),
      "passed because": z.string().optional(),
      warning: z.string().optional(),
      /** What lies beside the script; null for a file that it names and that isn't there. */
      files: z.record(z.string(), z.string().nullable()).optional(),
      script: z.string(),
      outcomes: z.array(Outcome).min(1),
    }),
  ),
});

type Case = z.infer<typeof Recording>["cases"][number];

const folder = new URL("rules/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));

/** What is wrong with the checker's verdict on one recorded outcome; undefined when it agrees. */
function disagreement(rule: string, each: Case, { versions, outcome, exception, message }: z.infer<typeof Outcome>): string | undefined {
  const errors = check(each.script, { versions, ...(each.files && { files: each.files }) }).filter((finding) => finding.severity === "error");
  const at = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ");
  if (outcome !== "raises") return errors.length === 0 ? undefined : `${at}: it ran, but the checker says ${errors.map((finding) => `${finding.rule}: ${finding.message}`).join("; ")}`;
  const isFound = errors.some((finding) => finding.rule === rule);
  return isFound || each["passed because"] !== undefined ? undefined : `${at}: it raised ${exception ?? ""} (${message ?? ""}), and the checker passes it`;
}

describe.each(files.map((file) => [file.replace(/\.json$/, ""), file] as const))("%s", (name, file) => {
  const { data: recording, error } = Recording.safeParse(JSON.parse(readFileSync(new URL(file, folder), "utf8")));

  it("has the shape of a recording", () => expect(error && z.prettifyError(error)).toBe(undefined));
  if (!recording) return;

  it("is a rule, and its cases have names of their own", () => {
    expect(recording.rule).toBe(name);
    expect(rules.map((rule) => rule.id)).toContain(recording.rule);
    expect(new Set(recording.cases.map((each) => each.name)).size).toBe(recording.cases.length);
    expect(recording.cases.some((each) => each.outcomes.some(({ outcome }) => outcome !== "runs")), "something happens in one of them").toBe(true);
  });

  it.each(recording.cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    expect(each.outcomes.flatMap((outcome) => disagreement(recording.rule, each, outcome) ?? [])).toEqual([]);
    if (each["passed because"] === undefined) return;
    const isNeeded = each.outcomes.some((outcome) => disagreement(recording.rule, { ...each, "passed because": undefined }, outcome) !== undefined);
    expect(isNeeded, "a reason that is no longer needed").toBe(true);
  });
});
