/** The extension in a window in Restricted Mode. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { suite } from "./support/suite.js";
import { extensionId, findsRule, open, workspaceFile, writeFile } from "./support/workbench.js";

export const run = suite((test) => {
  test("an untrusted workspace is checked", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const uri = workspaceFile("strategy_mismatch.py");
    await open(uri);
    await findsRule(uri, "transformers/strategy-mismatch");
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
  });

  test("no interpreter is looked for, not even one in the project's folder", async () => {
    await writeFile(".venv/pyvenv.cfg", "version = 3.11.7\n");
    await writeFile(".venv/bin/python", "");
    await writeFile(".venv/lib/python3.11/site-packages/transformers-4.28.0.dist-info/METADATA", "");
    const uri = workspaceFile("decimal_save_steps.py");
    await open(uri);
    const [finding] = await findsRule(uri, "trl/decimal-save-steps");
    // With the transformers of that environment it would be an error.
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Warning);
  });
});
