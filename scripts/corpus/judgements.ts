/** What people have said of the findings in real scripts: names, counts and reasons, no code. */
import * as z from "zod";

export const corpusPackage = z.strictObject({
  package: z.string(),
  version: z.string(),
  /** The libraries' versions that its scripts are for: its own, and what its metadata asked for at the time. */
  versions: z.record(z.string(), z.string()),
});

export const judgement = z.strictObject({
  package: z.string(),
  version: z.string(),
  /** In the package; `#2` is the second block of code in its documentation strings or its description. */
  file: z.string(),
  rule: z.string(),
  severity: z.enum(["error", "warning"]),
  count: z.int().positive(),
  verdict: z.enum(["right", "wrong", "unjudged"]),
  why: z.string(),
});

export type CorpusPackage = z.infer<typeof corpusPackage>;
export type Judgement = z.infer<typeof judgement>;

/** What a judgement is about, apart from what it says. */
export function subjectOf({ package: name, version, file, rule, severity }: Omit<Judgement, "count" | "verdict" | "why">): string {
  return [name, version, file, rule, severity].join(" ");
}
