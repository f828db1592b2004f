/** The pages of the rules and the tables that list them. */
import type { Rule } from "../../server/src/analysis/rule.js";
import { cell, ruleDocumentation } from "../../server/src/features/ruleDocumentation.js";
import { GENERATED } from "./generated.js";

/** Path below the repository -> text. */
export function rulePages(rules: readonly Rule[]): Map<string, string> {
  const pages = new Map(rules.map((rule) => [`docs/rules/${rule.id}.md`, `${GENERATED}\n${ruleDocumentation(rule)}`]));
  return pages.set("docs/rules/README.md", `${GENERATED}\n# Rules\n\n${INTRODUCTION}\n\n${ruleTables(rules)}\n`);
}

const INTRODUCTION = `A rule's id is the library and the mistake that it finds. Rules of status preview are off unless they are selected. \`[*]\` in a report means
that \`--fix\`, or "Fix All in File" in the editor, repairs it.`;

/** One table for each library. */
export function ruleTables(rules: readonly Rule[]): string {
  return [...byLibrary(rules)].map(([library, own]) => `## ${library}\n\n${table(own)}`).join("\n\n");
}

/**
 * One line for each library: how many rules it has, and which.
 *
 * @param folder where the pages are, seen from the file that the list stands in.
 */
export function ruleList(rules: readonly Rule[], folder: string): string {
  const lines = [...byLibrary(rules)].map(([library, own]) => `- **${library}** (${own.length}): ${own.map(({ id }) => `[${nameOf(id)}](${folder}${id}.md)`).join(" · ")}`);
  return lines.join("\n");
}

function table(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, severity, status, docs }) => `| [${nameOf(id)}](${id}.md) | ${severity}${status === "preview" ? " (preview)" : ""} | ${cell(docs.summary)} |`);
  return ["| Rule | Severity | What it finds |", "| --- | --- | --- |", ...rows].join("\n");
}

/** In the order in which the libraries first come up. */
function byLibrary(rules: readonly Rule[]): Map<string, readonly Rule[]> {
  const libraries = [...new Set(rules.map(({ id }) => libraryOf(id)))];
  return new Map(libraries.map((library) => [library, rules.filter(({ id }) => libraryOf(id) === library)]));
}

function libraryOf(id: string): string {
  return id.slice(0, id.indexOf("/"));
}

function nameOf(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}
