/** `hf-preflight rule`: what a rule says and why. */
import type { Rule } from "../../../server/src/analysis/rule.js";
import { inventedFiles } from "../../../server/src/analysis/scriptFile.js";
import { didYouMean } from "../../../server/src/config/nearestName.js";
import { defaultConfiguration } from "../../../server/src/config/configuration.js";
import { Versions } from "../../../server/src/environment/versions.js";
import { offeredFix, type OfferedFix } from "../../../server/src/features/offeredFix.js";
import { ruleDocumentation } from "../../../server/src/features/ruleDocumentation.js";
import { rulePage } from "../../../server/src/features/rulePage.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { ExitCode, Mistake } from "../mistake.js";
import type { Program } from "../program.js";

export async function rule(args: ParsedArguments, program: Program): Promise<ExitCode> {
  const { rules, output } = program;
  const [id] = args.operands;
  if ((id === undefined) !== args.has("all")) throw new Mistake("Name one rule, or say --all.");
  const isJson = args.value("output-format") === "json";
  const asked = id === undefined ? rules : [ruleNamed(id, rules)];
  if (id !== undefined && !isJson) {
    output.print(asked.map(ruleDocumentation).join(""));
    return ExitCode.clean;
  }
  const fixOf = await fixReader(program);
  const described = asked.map((each) => describedRule(each, fixOf(each)));
  if (isJson) output.print(json(id === undefined ? described : described[0]));
  else output.print(table(described));
  return ExitCode.clean;
}

/** What each rule repairs, tried on the examples of its page. */
async function fixReader({ rules, grammars, knowledge }: Program): Promise<(rule: Rule) => OfferedFix> {
  const { Engine } = await import("../engine.js");
  const engine = await Engine.load({
    rules,
    grammars,
    knowledge,
    forFewLines: true,
    onRuleFailure: (id, error) => {
      throw new Error(`The rule ${id} failed on an example.`, { cause: error });
    },
  });
  return (each) =>
    offeredFix(each, ({ bad, versions = {}, files = {} }) =>
      engine.check({ text: bad, versions: Versions.from(versions, "the example"), config: { ...defaultConfiguration, select: [each.id] }, files: () => inventedFiles(files) }),
    );
}

function ruleNamed(id: string, rules: readonly Rule[]): Rule {
  const found = rules.find((candidate) => candidate.id === id);
  if (found) return found;
  const known = rules.map((candidate) => candidate.id);
  throw new Mistake(`Unknown rule "${id}".${didYouMean(id, known) || ' "hf-preflight rule --all" lists the rules.'}`);
}

type DescribedRule = ReturnType<typeof describedRule>;

function describedRule({ id, severity, status, since, libraries, versions, docs }: Rule, fix: OfferedFix) {
  return { code: id, severity, status, since, libraries, versions: versions ?? {}, fix, url: rulePage(id), ...docs };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function table(rules: readonly DescribedRule[]): string {
  const rows = rules.map(({ code, severity, status, versions, fix, summary }) => {
    const ranges = Object.entries(versions).map(([library, range]) => `${library} ${range}`);
    return [code, severity, status, fix === "none" ? "no fix" : fix, `${summary}${ranges.length > 0 ? ` (${ranges.join(", ")})` : ""}`];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}\n`).join("");
}
