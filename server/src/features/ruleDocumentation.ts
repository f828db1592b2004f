/** A rule's page, made from the rule: docs/rules, the terminal's `rule` and nothing by hand. */
import type { Rule, RuleExample } from "../analysis/rule.js";

/** The page as Markdown. */
export function ruleDocumentation(rule: Rule): string {
  const { id, docs } = rule;
  const sections = [
    `# ${id}\n\n${docs.summary}`,
    table(rule),
    `## Why\n\n${docs.why.trim()}`,
    ...docs.examples.map((example, index) => exampleSection(example, docs.examples.length > 1 ? index + 1 : undefined)),
    docs.silent === undefined ? undefined : `## When it is silent\n\n${docs.silent.trim()}`,
    ignoring(id),
    docs.references.length > 0 ? `## References\n\n${docs.references.map((reference) => `- ${link(reference)}`).join("\n")}` : undefined,
  ];
  return `${sections.filter((section) => section !== undefined).join("\n\n")}\n`;
}

function table({ severity, status, since, libraries, versions }: Rule): string {
  const rows = [
    ["Severity", severity],
    ["Status", status === "stable" ? "stable: on by default" : "preview: only when selected"],
    ["Since", `HF Preflight ${since}`],
    ["Libraries", libraries.join(", ")],
    ...(versions ? [["Versions", Object.entries(versions).map(([library, range]) => `${library} ${range}`).join(", ")]] : []),
  ];
  return ["| | |", "| --- | --- |", ...rows.map(([name, value]) => `| ${name ?? ""} | ${cell(value ?? "")} |`)].join("\n");
}

function exampleSection({ title, bad, good, versions, files = {} }: RuleExample, number: number | undefined): string {
  const heading = number === undefined ? "## Example" : `## Example ${number}${title === undefined ? "" : `: ${title}`}`;
  const assumed = versions ? `With ${Object.entries(versions).map(([library, range]) => `${library} ${range}`).join(", ")}:\n\n` : "";
  const named = Object.entries(files).map(([name, text]) => (text === null ? `There is no \`${name}\`.\n\n` : `\`${name}\`:\n\n\`\`\`json\n${text.trimEnd()}\n\`\`\`\n\n`));
  return `${heading}\n\n${assumed}${named.join("")}${code(bad)}\n\nInstead:\n\n${code(good)}`;
}

function ignoring(id: string): string {
  return `## Ignoring it

On one line, at its end or alone above the statement:

${code(`# hf-preflight: ignore[${id}]`)}

In a whole file:

${code(`# hf-preflight: ignore-file[${id}]`)}

In a project, in \`hf-preflight.toml\`, or under \`[tool.hf-preflight]\` in \`pyproject.toml\`:

\`\`\`toml
ignore = ["${id}"]
\`\`\``;
}

function code(text: string): string {
  return `\`\`\`python\n${text.replace(/\n+$/, "")}\n\`\`\``;
}

/** What would end a cell of a table. */
export function cell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\n/g, " ");
}

function link(reference: string): string {
  return /^https?:\/\/\S+$/.test(reference) ? `<${reference}>` : reference;
}
