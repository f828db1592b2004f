/** `workspace/didChangeWatchedFiles`: a configuration file was written, made or deleted, or something that tells versions. */
import { basename } from "node:path";
import type { DidChangeWatchedFilesParams } from "vscode-languageserver/node";
import { distributionsIn } from "../../environment/installed/distributions.js";
import { pathOf } from "../filePath.js";
import type { Session } from "../session.js";

export function didChangeWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const names = changes.map(({ uri }) => basename(pathOf(uri) ?? uri));
  const packages = names.filter((name) => name.endsWith(".dist-info"));
  if (packages.length < names.length) session.refresh();
  // Packages come and go one by one while somebody installs: they are looked at when it is quiet again.
  else if (distributionsIn(packages).length > 0) session.refreshSoon();
}
