/** Everything that `npm run docs` writes: the repository's files as they should be, from the rules and the settings. */
import type { Rule } from "../../server/src/analysis/rule.js";
import { contributedConfiguration } from "./contributedSettings.js";
import { messagesPage } from "./messagesPage.js";
import { ruleList, rulePages } from "./rulePages.js";
import { settingsPage } from "./settingsPage.js";

/** The first line of a page. */
export const GENERATED = "<!-- Written by `npm run docs`: changes made here are lost. -->";

const BEGIN = "<!-- rules:begin -->";
const END = "<!-- rules:end -->";

/** Reads one file of the repository; undefined where there is none. */
export type ReadRepositoryFile = (path: string) => string | undefined;

/** Path below the repository -> the text that it should have. */
export function generatedFiles(rules: readonly Rule[], read: ReadRepositoryFile): Map<string, string> {
  const files = rulePages(rules);
  files.set("docs/settings.md", settingsPage());
  files.set("docs/messages.md", messagesPage(rules));
  const readme = read("README.md");
  if (readme !== undefined) files.set("README.md", withList(readme, ruleList(rules, "docs/rules/")));
  const manifest = read("package.json");
  if (manifest !== undefined) files.set("package.json", withSettings(manifest));
  return files;
}

/** Pages of rules that no longer exist. */
export function obsoletePages(files: ReadonlyMap<string, string>, existing: readonly string[]): string[] {
  return existing.filter((path) => path.startsWith("docs/rules/") && path.endsWith(".md") && !files.has(path));
}

/** Only what stands between the marks is ours. */
function withList(readme: string, list: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) return readme;
  return `${readme.slice(0, begin + BEGIN.length)}\n${list}\n${readme.slice(end)}`;
}

/** Only `contributes.configuration` is ours. */
function withSettings(manifest: string): string {
  const parsed = JSON.parse(manifest) as { contributes?: Record<string, unknown> };
  parsed.contributes = { ...parsed.contributes, configuration: contributedConfiguration() };
  return `${JSON.stringify(parsed, undefined, 2)}\n`;
}
