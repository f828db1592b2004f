/** The pages of docs/rules, which ship with the extension: they open with no network. */
import * as vscode from "vscode";

export const showRuleDocumentation = "hfPreflight.showRuleDocumentation";

/** What every diagnostic of ours has as its source. */
const source = "hf-preflight";

/** `<library>/<name>`. Nothing else becomes a path. */
const ruleId = /^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** The page of a rule, or undefined where the id is none. */
export function pageOf(extension: vscode.Uri, rule: string): vscode.Uri | undefined {
  return ruleId.test(rule) ? vscode.Uri.joinPath(extension, "docs", "rules", `${rule}.md`) : undefined;
}

/** The rule's id of a diagnostic of ours. */
export function ruleOf(diagnostic: vscode.Diagnostic): string | undefined {
  if (diagnostic.source !== source) return undefined;
  const code = typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code;
  return typeof code === "string" && ruleId.test(code) ? code : undefined;
}

/** Makes the rule's id in the hover and in the Problems view open the page that ships with the extension. */
export function linkToPage(diagnostic: vscode.Diagnostic): void {
  const rule = ruleOf(diagnostic);
  if (rule === undefined) return;
  diagnostic.code = { value: rule, target: vscode.Uri.parse(commandLink(rule)) };
}

/** Makes links to a rule's page on the web open the page that ships with the extension. */
export function linkHoverToPage(hover: vscode.Hover): void {
  for (const content of hover.contents) {
    if (!(content instanceof vscode.MarkdownString)) continue;
    const value = content.value.replace(
      /\]\(https:[^()\s]*\/docs\/rules\/([a-z0-9-]+\/[a-z0-9-]+)\.md\)/gu,
      (_, rule: string) => `](${commandLink(rule)})`,
    );
    if (value === content.value) continue;
    content.value = value;
    content.isTrusted = { enabledCommands: [showRuleDocumentation] };
  }
}

function commandLink(rule: string): string {
  return `command:${showRuleDocumentation}?${encodeURIComponent(JSON.stringify([rule]))}`;
}

/** Every rule that has a page, in the order of the folder. */
export async function rulesWithPages(extension: vscode.Uri): Promise<string[]> {
  const folder = vscode.Uri.joinPath(extension, "docs", "rules");
  const rules: string[] = [];
  for (const [library, type] of await vscode.workspace.fs.readDirectory(folder)) {
    if (type !== vscode.FileType.Directory) continue;
    for (const [file] of await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, library))) {
      if (file.endsWith(".md")) rules.push(`${library}/${file.slice(0, -".md".length)}`);
    }
  }
  return rules;
}
