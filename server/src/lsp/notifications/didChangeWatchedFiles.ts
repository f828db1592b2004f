/** `workspace/didChangeWatchedFiles`: a configuration file was written, made or deleted. */
import type { Session } from "../session.js";

export function didChangeWatchedFiles(session: Session): void {
  session.refresh();
}
