/**
 * The exception that a rule says a library raises, against the one that it did raise in the recordings: what a script catches by name
 * (`except ValueError:`, `pytest.raises(ValueError)`) silences a finding only where the rule names what is raised, and rightly so.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import type { Report, Rule } from "../../server/src/analysis/rule.js";
import { rules } from "../../server/src/rules/index.js";
import { check } from "../support/ruleTest.js";

const Recording = z.object({
  rule: z.string(),
  cases: z.array(
    z.object({
      name: z.string(),
      files: z.record(z.string(), z.string().nullable()).optional(),
      script: z.string(),
      outcomes: z.array(z.object({ versions: z.record(z.string(), z.string()), outcome: z.string(), exception: z.string().optional() })),
    }),
  ),
});

/** What a recorded exception is a kind of, as far as it isn't Exception alone. */
const PARENTS: Readonly<Record<string, string>> = {
  ModuleNotFoundError: "ImportError",
  KeyError: "LookupError",
  IndexError: "LookupError",
  ZeroDivisionError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  UnboundLocalError: "NameError",
  NotImplementedError: "RuntimeError",
  JSONDecodeError: "ValueError",
  UnpicklingError: "PickleError",
  CheckpointError: "RuntimeError",
  NoMatchingPeftModuleError: "ValueError",
};

/** What came before the rule's own exception because no accelerator was there. */
const EARLIER = new Set(["accelerate/deepspeed-conflict: fsdp: RuntimeError"]);

const isKindOf = (exception: string, caught: string): boolean =>
  exception === caught || (exception !== "Exception" && isKindOf(PARENTS[exception] ?? "Exception", caught));

/** The rule, and what it reports as errors while it runs. */
function overheard(rule: Rule): { readonly rule: Rule; readonly heard: Report<string>[] } {
  const heard: Report<string>[] = [];
  const listening: Rule = {
    ...rule,
    check: (context) =>
      rule.check({
        ...context,
        report: (report) => {
          if ((report.severity ?? rule.severity) === "error" && context.versionsAt(report.at.start).holds(report.when) === "always") heard.push(report);
          context.report(report);
        },
      }),
  };
  return { rule: listening, heard };
}

const folder = new URL("rules/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));

const recordings = files
  .map((file) => Recording.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8"))))
  .map(({ rule, cases }) => [rule, cases.filter(({ outcomes }) => outcomes.some(({ exception }) => exception !== undefined))] as const)
  .filter(([, cases]) => cases.length > 0);

it.each(recordings)("%s names the exceptions that the libraries raised", (name, cases) => {
  const own = rules.find(({ id }) => id === name);
  expect(own).toBeDefined();
  if (!own) return;
  const others = cases.flatMap(({ name: title, script, files: beside, outcomes }) =>
    outcomes.flatMap(({ versions, exception }) => {
      if (exception === undefined) return [];
      const { rule, heard } = overheard(own);
      check(script, { versions, ...(beside && { files: beside }) }, [rule]);
      const said = [...new Set(heard.flatMap(({ raises }) => raises ?? ["nothing"]))];
      return said.length === 0 || said.some((caught) => isKindOf(exception, caught)) || EARLIER.has(`${name}: ${title}: ${exception}`) ? [] : `${title}: ${exception}, and the rule says ${said.join(", ")}`;
    }),
  );
  expect([...new Set(others)]).toEqual([]);
});
