/** Reads requirements and constraints files, in pip's format. Pure. */
import { libraryOfConda } from "../names.js";
import { VersionRange } from "../pep440.js";
import type { Declaration, DeclarationProblem, Declarations, Inclusion } from "./declaration.js";
import { readLocation, readRequirement } from "./requirement.js";

interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

export function readRequirementsFile(text: string): Declarations {
  const declarations: Declaration[] = [];
  const inclusions: Inclusion[] = [];
  const problems: DeclarationProblem[] = [];
  for (const { text: written, line } of logicalLines(text)) {
    const included = /^(?:-r|-c|--requirement|--constraint)(?:\s+|=)?(\S.*)$/.exec(written)?.[1];
    if (included !== undefined) {
      inclusions.push({ path: included.replace(/^(["'])(.*)\1$/, "$2"), line });
      continue;
    }
    const requirement = written.replace(/^(?:-e|--editable)(?:\s+|=)/, "");
    if (requirement.startsWith("-")) continue;
    const read = readLine(requirement, line);
    if (!read) continue;
    if ("mistake" in read) problems.push({ message: `${read.mistake}.`, line });
    else declarations.push(read.declaration);
  }
  return { declarations, inclusions, problems };
}

function readLine(written: string, line: number): ReturnType<typeof readRequirement> {
  // Options of one requirement: `--hash=sha256:...`, `--config-settings ...`.
  const requirement = written.replace(/\s+--?[a-z].*$/s, "");
  const exported = fromCondaExport(requirement, line);
  if (exported) return { declaration: exported };
  if (/^[A-Za-z][\w.-]*\s*(?:\[[^\]]*\])?\s*@/.test(requirement)) return readRequirement(requirement, line);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\/|^git\+|[\\/]|\.whl(?:\s|$)/.test(requirement.split(/\s*;/, 1)[0] ?? "")) {
    const declaration = readLocation(requirement, line);
    return declaration && { declaration };
  }
  return readRequirement(requirement, line);
}

/** `conda list --export` writes `transformers=4.46.3=pyhd8ed1ab_0`, and people save it as requirements.txt. */
function fromCondaExport(requirement: string, line: number): Declaration | undefined {
  const [, name, version] = /^([A-Za-z0-9._-]+)=([^=\s]+)=[^=\s]+$/.exec(requirement) ?? [];
  const library = name === undefined ? undefined : libraryOfConda(name);
  const range = version === undefined ? undefined : VersionRange.parse(`==${version}`);
  return library && range && { library, range, line };
}

/** Lines joined at a backslash, without comments; each with the line it begins on. */
function* logicalLines(text: string): Generator<LogicalLine> {
  let pending = "";
  let begin = 0;
  for (const [index, physical] of text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/).entries()) {
    const isComment = /^\s*#/.test(physical);
    if (pending === "") begin = index + 1;
    if (!isComment && physical.endsWith("\\")) {
      pending += physical.slice(0, -1);
      continue;
    }
    const whole = (pending + (isComment ? "" : physical)).replace(/(^|\s)#.*$/, "").trim();
    pending = "";
    if (whole !== "") yield { text: whole, line: begin };
  }
  const rest = pending.replace(/(^|\s)#.*$/, "").trim();
  if (rest !== "") yield { text: rest, line: begin };
}
