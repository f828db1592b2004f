/** `hf-preflight rule`: what a rule says and why. */
import type { Rule } from "../../../server/src/analysis/rule.js";
import { didYouMean } from "../../../server/src/config/nearestName.js";
import { ruleDocumentation } from "../../../server/src/features/ruleDocumentation.js";
import { rulePage } from "../../../server/src/features/rulePage.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { ExitCode, Mistake } from "../mistake.js";
import type { Program } from "../program.js";

export function rule(args: ParsedArguments, { rules, output }: Program): ExitCode {
  const [id] = args.operands;
  if ((id === undefined) !== args.has("all")) throw new Mistake("Name one rule, or say --all.");
  const isJson = args.value("output-format") === "json";
  if (id === undefined) output.print(isJson ? json(rules.map(described)) : table(rules));
  else {
    const found = ruleNamed(id, rules);
    output.print(isJson ? json(described(found)) : ruleDocumentation(found));
  }
  return ExitCode.clean;
}

function ruleNamed(id: string, rules: readonly Rule[]): Rule {
  const found = rules.find((candidate) => candidate.id === id);
  if (found) return found;
  const known = rules.map((candidate) => candidate.id);
  throw new Mistake(`Unknown rule "${id}".${didYouMean(id, known) || ' "hf-preflight rule --all" lists the rules.'}`);
}

function described({ id, severity, status, since, libraries, versions, docs }: Rule): object {
  return { code: id, severity, status, since, libraries, versions: versions ?? {}, url: rulePage(id), ...docs };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function table(rules: readonly Rule[]): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, docs }) => `${id.padEnd(width)}  ${severity.padEnd("information".length)}  ${docs.summary}\n`).join("");
}
