import type { Severity } from "../../../server/src/analysis/finding.js";
import type { Colour } from "../terminal/style.js";

/** The colour of a finding's header and of the carets below its range. */
export const severityColours: Readonly<Record<Severity, Colour>> = { error: "red", warning: "yellow", information: "magenta", hint: "cyan" };
