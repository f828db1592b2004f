/** The extension in a window in Restricted Mode. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { suite } from "./support/suite.js";
import { extensionId, findsRule, open, workspaceFile } from "./support/workbench.js";

export const run = suite((test) => {
  test("an untrusted workspace is checked", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const uri = workspaceFile("strategy_mismatch.py");
    await open(uri);
    await findsRule(uri, "transformers/strategy-mismatch");
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
  });
});
