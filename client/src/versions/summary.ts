/** What was detected, in the few words of a status entry. Knows nothing of the editor. */
import type { DetectedVersions } from "../../../server/src/lsp/protocol/detectedVersions.js";

export interface VersionsSummary {
  /** "transformers 4.57.6, trl 0.25.1". */
  readonly text: string;
  /** ".venv". */
  readonly detail: string;
  /** How many things are wrong. */
  readonly problems: number;
}

/** As many libraries as an entry has room for. */
const MOST = 3;

/** The libraries that the document names; where it names none whose version is known, what is known. */
export function versionsSummary({ libraries, problems }: DetectedVersions): VersionsSummary {
  const used = libraries.filter(({ isUsed }) => isUsed);
  const told = used.length > 0 ? used : libraries;
  const shown = told.slice(0, MOST);
  const names = shown.map(({ library, version }) => `${library} ${version}`).join(", ");
  const sources = [...new Set(shown.map(({ source }) => source.replace(/ line \d+$/u, "")))];
  return {
    text: names === "" ? "Library versions unknown" : told.length > MOST ? `${names}, ...` : names,
    detail: sources.join(", "),
    problems: problems.length,
  };
}
