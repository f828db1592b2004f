/** The packed and installed extension: what users get. */
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import * as vscode from "vscode";
import { expectedFiles, largestVsix } from "../package/contents.js";
import { suite } from "./support/suite.js";
import { codeActions, extensionId, findsNothing, findsRule, next, open, pitfalls, workspaceFile } from "./support/workbench.js";

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

export const run = suite((test) => {
  const extension = vscode.extensions.getExtension(extensionId);

  test("it is the installed one, with exactly the files that are meant to ship", async () => {
    assert.ok(extension);
    const extensions = process.env["HF_PREFLIGHT_EXTENSIONS"] ?? "";
    assert.ok(extension.extensionPath.startsWith(extensions + sep), extension.extensionPath);
    // The installation adds the manifest; packing changes the case of some names.
    const files = filesBelow(extension.extensionPath).filter((file) => file !== ".vsixmanifest");
    assert.deepEqual(
      files.map((file) => file.toLowerCase()).sort(),
      expectedFiles()
        .map((file) => file.toLowerCase())
        .sort(),
    );
  });

  test("the package is small", async () => {
    const size = statSync(process.env["HF_PREFLIGHT_VSIX"] ?? "").size;
    assert.ok(size < largestVsix, `${size} bytes`);
  });

  for (const { file, rule } of pitfalls) {
    test(`${file}: ${rule} is found`, async () => {
      const uri = workspaceFile(file);
      await open(uri);
      await findsRule(uri, rule);
    });
  }

  test("a quick fix works", async () => {
    const uri = workspaceFile("strategy_mismatch.py");
    await open(uri);
    const [finding] = await findsRule(uri, "transformers/strategy-mismatch");
    assert.ok(finding);
    const [fix] = (await codeActions(uri, finding.range, vscode.CodeActionKind.QuickFix)).filter(
      (action) => action.edit !== undefined,
    );
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await findsNothing(uri);
  });

  test("a rule's documentation is in the package", async () => {
    const opened = next("a Markdown preview", vscode.window.tabGroups.onDidChangeTabs, (event) => event.opened.length > 0);
    await vscode.commands.executeCommand("hfPreflight.showRuleDocumentation", "transformers/strategy-mismatch");
    await opened;
  });
});
