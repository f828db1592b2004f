/** Every message that there is, in a row, so that they can be read in one voice. */
import type { Rule } from "../../server/src/analysis/rule.js";
import { cell } from "../../server/src/features/ruleDocumentation.js";
import { GENERATED } from "./generated.js";

const INTRODUCTION = `What is wrong, what will happen and when, what to do; under 200 characters when filled in. \`{name}\` stands for a datum of the finding. The message
of a rule whose id says "unsure" names the versions it is about, for scripts whose versions aren't known.`;

export function messagesPage(rules: readonly Rule[]): string {
  const rows = rules.flatMap(({ id, messages }) => Object.entries(messages).map(([name, text]) => `| [${id}](rules/${id}.md) | ${cell(name)} | ${cell(text)} |`));
  return `${GENERATED}\n# Messages\n\n${INTRODUCTION}\n\n| Rule | Message | Text |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}
