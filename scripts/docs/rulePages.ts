/** The pages of the rules and the tables that list them. */
import type { Rule } from "../../server/src/analysis/rule.js";
import { cell, ruleDocumentation } from "../../server/src/features/ruleDocumentation.js";
import { GENERATED } from "./generated.js";

/** Path below the repository -> text. */
export function rulePages(rules: readonly Rule[]): Map<string, string> {
  const pages = new Map(rules.map((rule) => [`docs/rules/${rule.id}.md`, `${GENERATED}\n${ruleDocumentation(rule)}`]));
  return pages.set("docs/rules/README.md", `${GENERATED}\n# Rules\n\n${INTRODUCTION}\n\n${ruleTable(rules, "")}\n`);
}

const INTRODUCTION = `A rule's id is the library and the mistake that it finds. Rules of status preview are off unless they are selected. \`[*]\` in a report means
that \`--fix\`, or "Fix All in File" in the editor, repairs it.`;

/** @param folder where the pages are, seen from the file that the table stands in. */
export function ruleTable(rules: readonly Rule[], folder: string): string {
  const rows = rules.map(({ id, severity, status, docs }) => `| [${id}](${folder}${id}.md) | ${severity}${status === "preview" ? " (preview)" : ""} | ${cell(docs.summary)} |`);
  return ["| Rule | Severity | What it finds |", "| --- | --- | --- |", ...rows].join("\n");
}
