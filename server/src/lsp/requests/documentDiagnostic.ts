/** `textDocument/diagnostic`: the client pulls, cancels and pulls again, so it does the waiting; this only has to be quick. */
import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type ResponseError,
} from "vscode-languageserver/node";
import { cancelledByClient, nextTurn } from "../cancellation.js";
import { diagnosticOf } from "../conversion.js";
import type { Session } from "../session.js";

export async function documentDiagnostic(
  session: Session,
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport | ResponseError<DiagnosticServerCancellationData>> {
  const { checker, client, configurations, documents, environments, namedFiles, namedFileProblems } = session;
  const config = await configurations.of(uri);
  const opened = documents.get(uri);
  if (opened && config && checker.isChecked(opened)) await Promise.all([environments.ready(opened), namedFiles.ready(opened)]);
  await nextTurn();
  const isCancelled = (): boolean => token.isCancellationRequested;
  if (isCancelled()) return cancelledByClient();
  // From here on nothing waits, so that text, configuration, versions, named files and result id belong together.
  const document = documents.get(uri);
  if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const resultId = checker.resultId(document, config);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  const checked = checker.check(document, config, isCancelled);
  if (!checked) return cancelledByClient();
  namedFileProblems.show(document, checked.findings);
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: checked.findings.map((finding) => diagnosticOf(finding, document, client)) };
}
