/** `workspace/didChangeWatchedFiles`: a configuration file was written, made or deleted, something that tells versions, or a file that a script names. */
import { basename } from "node:path";
import type { DidChangeWatchedFilesParams } from "vscode-languageserver/node";
import { distributionsIn } from "../../environment/installed/distributions.js";
import { pathOf } from "../filePath.js";
import type { Session } from "../session.js";

export function didChangeWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const others = changes.filter(({ uri }) => !session.namedFiles.changedOnDisk(pathOf(uri) ?? ""));
  // Only what a script names: configuration and versions are what they were.
  if (others.length < changes.length) session.checkAgain();
  if (others.length === 0) return;
  const names = others.map(({ uri }) => basename(pathOf(uri) ?? uri));
  const packages = names.filter((name) => name.endsWith(".dist-info"));
  if (packages.length < names.length) session.refresh();
  // Packages come and go one by one while somebody installs: they are looked at when it is quiet again.
  else if (distributionsIn(packages).length > 0) session.refreshSoon();
}
