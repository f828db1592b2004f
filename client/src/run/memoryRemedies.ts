/** What could be changed in a script that ran out of GPU memory, and doing it. */
import * as vscode from "vscode";
import type { Failure } from "../../../runner/src/output/failure.js";
import type { PreflightClient } from "../languageClient.js";

export class MemoryRemedies {
  constructor(private readonly client: PreflightClient) {}

  /** The titles; empty for any other failure, and where the script isn't there any more. */
  async titles(script: string, failure: Failure): Promise<string[]> {
    return (await this.#of(script, failure)).map(({ title }) => title);
  }

  /** Changes the script as the title says, and shows it; it can be undone like anything typed. */
  async apply(script: string, failure: Failure, title: string): Promise<void> {
    const found = (await this.#of(script, failure)).find((each) => each.title === title);
    if (!found) throw new Error(vscode.l10n.t("The script has changed, and this doesn't fit any more."));
    await vscode.window.showTextDocument(vscode.Uri.file(script));
    await vscode.workspace.applyEdit(found.edit);
  }

  async #of(script: string, { kind, details }: Failure): Promise<{ readonly title: string; readonly edit: vscode.WorkspaceEdit }[]> {
    if (kind !== "cuda-oom") return [];
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(script));
      return await this.client.memoryRemedies(document, details?.["phase"] === "evaluation" ? "evaluation" : "training");
    } catch {
      // The script was removed since; there is nothing to change.
      return [];
    }
  }
}
