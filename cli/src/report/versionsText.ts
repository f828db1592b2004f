/** What `hf-preflight versions` prints for people. */
import { relative, sep } from "node:path";
import { shownSource, shownVersion } from "../../../server/src/environment/detection.js";
import type { VersionNote } from "../../../server/src/environment/notes.js";
import { libraries } from "../../../server/src/environment/versions.js";
import type { FoundVersions } from "../environments.js";
import { displayable, displayWidth } from "../terminal/display.js";
import type { Paint } from "../terminal/style.js";

export interface VersionsReport extends FoundVersions {
  readonly notes: readonly VersionNote[];
  readonly cwd: string;
}

/** A table of the libraries, below it where it comes from and what is wrong. */
export function versionsText(report: VersionsReport, paint: Paint): string {
  const { detection, facts, notes, problems, versions } = report;
  const rows = libraries.map((library) => {
    const fact = facts.find((each) => each.library === library);
    if (fact) return [library, displayable(shownVersion(fact)), displayable(shownSource(fact))];
    const absentBy = versions.absentBy(library);
    return absentBy === undefined ? [library, "unknown", ""] : [library, "not installed", displayable(absentBy)];
  });
  const width = (column: number): number => Math.max(...rows.map((row) => displayWidth(row[column] ?? "")));
  const padded = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - displayWidth(text)));
  const [first, second] = [width(0), Math.min(width(1), 40)];
  const table = rows.map(([library = "", version = "", source = ""]) => {
    if (source === "") return paint(`${padded(library, first)}  ${version}`, "dim");
    return `${padded(library, first)}  ${paint(padded(version, second), "bold")}  ${paint(`(${source})`, "dim")}`;
  });
  const { interpreter } = detection;
  const python = interpreter && `${shownPath(interpreter.path, report.cwd)}${interpreter.python === undefined ? "" : `, Python ${interpreter.python}`} (${interpreter.source})`;
  const lines = [...table, "", `${padded("interpreter", first)}  ${displayable(python ?? "none")}`];
  const remarks = [...problems.map(({ message }) => paint(`! ${displayable(message)}`, "yellow")), ...notes.map(({ message }) => paint(`! ${displayable(message)}`, "yellow"))];
  if (remarks.length > 0) lines.push("", ...remarks);
  return `${lines.join("\n")}\n`;
}

function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === "" || short === ".." || short.startsWith(`..${sep}`) ? path : short;
}
