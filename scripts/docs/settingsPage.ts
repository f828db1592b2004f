/** docs/settings.md, from the schema in server/src/config/settings.ts. */
import { fileKey, fileSettings, settingMeta, settingNames, type SettingName } from "../../server/src/config/settings.js";
import { jsonSchema } from "./contributedSettings.js";
import { GENERATED } from "./generated.js";

const INTRODUCTION = `# Settings

The nearest configuration file above a script holds for it: \`hf-preflight.toml\`, or the table \`[tool.hf-preflight]\` of a \`pyproject.toml\` (in the
same folder the first of the two). Files further up are not merged in; a \`pyproject.toml\` without the table doesn't count. Mistakes in it are
shown where they are, with the nearest known name.

In VS Code each setting is \`hfPreflight.<name>\`; \`hfPreflight.configurationPreference\` says which counts where both say something: lists are
taken whole from the one that counts, tables entry by entry. On the command line \`--select\`, \`--ignore\` and \`--versions\` count before both;
\`--isolated\` reads no file.`;

export function settingsPage(): string {
  const inFile = settingNames.filter((name) => (fileSettings as readonly string[]).includes(name));
  const inEditor = settingNames.filter((name) => !inFile.includes(name));
  return `${GENERATED}
${INTRODUCTION}

## In the configuration file and in the editor

${inFile.map(section).join("\n\n")}

## Only in the editor

${inEditor.map(section).join("\n\n")}

## On a line or in a file

\`\`\`python
args = TrainingArguments("out", load_best_model_at_end=True)  # hf-preflight: ignore[transformers/strategy-mismatch]
\`\`\`

The comment stands at the end of the line or alone above the statement, and takes rule ids, libraries or \`ALL\`.
\`# hf-preflight: ignore-file[...]\` holds for the whole file. A comment that ignores nothing is itself a finding.
`;
}

function section(name: SettingName): string {
  const { markdownDescription, markdownEnumDescriptions, example, place } = settingMeta(name);
  const { default: fallback, enum: values } = jsonSchema(name) as { default: unknown; enum?: string[] };
  const editorName = `\`hfPreflight.${name}\``;
  const heading = place === "editor" ? `### ${editorName}` : `### \`${fileKey(name)}\``;
  const facts = [
    ...(place === "editor" ? [] : [`In the editor: ${editorName}.`]),
    `Default: ${fallback === null ? "not set" : `\`${JSON.stringify(fallback)}\``}.`,
  ].join(" ");
  const meanings = (values ?? []).map((value, index) => `- \`"${value}"\`: ${markdownEnumDescriptions?.[index] ?? ""}`).join("\n");
  return [heading, markdownDescription, meanings, facts, example === undefined ? "" : `\`\`\`toml\n${example}\n\`\`\``].filter((part) => part !== "").join("\n\n");
}
