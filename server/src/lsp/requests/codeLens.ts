/** `textDocument/codeLens`: Run and Smoke Run above what starts the training, for clients that can run scripts. */
import type { CodeLens, CodeLensParams } from "vscode-languageserver/node";
import { runPlaces } from "../../features/codeLens.js";
import { RUN_SCRIPT, SMOKE_RUN } from "../clientCapabilities.js";
import { rangeOf } from "../conversion.js";
import type { Session } from "../session.js";

export async function codeLens({ checker, client, configurations, documents }: Session, params: CodeLensParams): Promise<CodeLens[]> {
  const { uri } = params.textDocument;
  const config = await configurations.of(uri);
  const document = documents.get(uri);
  // What isn't saved to a disk can't be run.
  if (!client.runsScripts || !document || !config || !uri.startsWith("file:") || !checker.isChecked(document)) return [];
  if (!(await configurations.editorSettings(uri)).codeLens) return [];
  return runPlaces(checker.script(document)).flatMap((place) => {
    const range = rangeOf(document.lines, place);
    return [
      { range, command: { title: "$(play) Run", tooltip: "Check this script and run it", command: RUN_SCRIPT, arguments: [uri] } },
      { range, command: { title: "$(beaker) Smoke Run", tooltip: "Run it with a few steps and nothing saved", command: SMOKE_RUN, arguments: [uri] } },
    ];
  });
}
