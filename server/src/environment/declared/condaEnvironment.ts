/**
 * Reads environment.yml. Pure.
 *
 * Not with a YAML parser: of all that YAML can say only one shape is used here, a list below `dependencies` with a list below `pip` in
 * it. What has another shape is refused with a word.
 */
import { libraryOfConda } from "../names.js";
import { VersionRange } from "../pep440.js";
import type { Declaration, DeclarationProblem, Declarations, Inclusion } from "./declaration.js";
import { readRequirementsFile } from "./requirementsFile.js";

export function readCondaEnvironment(text: string): Declarations {
  const declarations: Declaration[] = [];
  const inclusions: Inclusion[] = [];
  const problems: DeclarationProblem[] = [];
  /** The indentation of the items below `pip:`, once it is known; 0 while it isn't. */
  let pip: number | undefined;
  let isInside = false;
  for (const [index, physical] of text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const written = physical.replace(/(^|\s)#.*$/, "").trimEnd();
    if (written.trim() === "" || written.trim() === "---") continue;
    const [, indentation = "", item] = /^(\s*)(?:- *(.*))?/.exec(written) ?? [];
    if (item === undefined && indentation === "") {
      const value = /^["']?dependencies["']?\s*:(.*)$/.exec(written)?.[1]?.trim();
      isInside = value === "";
      if (value !== undefined && value !== "") problems.push({ message: "`dependencies` is not written as a list with one item in a line, so it is not read.", line });
      pip = undefined;
      continue;
    }
    if (!isInside) continue;
    if (indentation.includes("\t") || item === undefined || /^[&*!|>{[]/.test(item)) {
      problems.push({ message: `"${written.trim()}" is not read: items like "- transformers=4.46" are understood.`, line });
      continue;
    }
    if (/^["']?pip["']?\s*:\s*$/.test(item)) {
      pip = indentation.length + 1;
      continue;
    }
    if (pip !== undefined && indentation.length >= pip) {
      const read = readRequirementsFile(unquoted(item));
      declarations.push(...read.declarations.map((each) => ({ ...each, line })));
      inclusions.push(...read.inclusions.map((each) => ({ ...each, line })));
      problems.push(...read.problems.map((each) => ({ ...each, line })));
      continue;
    }
    pip = undefined;
    const read = readMatchSpecification(unquoted(item), line);
    if (typeof read === "string") problems.push({ message: read, line });
    else if (read) declarations.push(read);
  }
  return { declarations, inclusions, problems };
}

/** `conda-forge::transformers=4.46.3=pyhd8ed1ab_0`. A declaration, what is wrong, or undefined for other packages. */
function readMatchSpecification(written: string, line: number): Declaration | string | undefined {
  const [, name = "", rest = ""] = /^(?:[^\s:]+::)?([A-Za-z0-9][A-Za-z0-9._-]*)\s*(.*)$/.exec(written) ?? [];
  const library = libraryOfConda(name);
  if (!library) return undefined;
  const bracketed = /^\[.*version\s*=\s*(["']?)([^"'\]]+)\1.*\]$/.exec(rest)?.[2];
  const text = bracketed ?? (rest.startsWith("[") ? "" : rest);
  const range = parseCondaVersions(text.trim());
  return range && !range.isEmpty ? { library, range, line } : `"${written}" is not understood; it is read like ${library}=4.46 or ${library}>=4.46,<5.`;
}

/** `=4.46` is 4.46 and all that begins with it, `==4.46` and a version after a space exactly that; a build may follow either. */
function parseCondaVersions(text: string): VersionRange | undefined {
  const fuzzy = /^=([^=<>!~|,\s]+)(?:=\S+)?$/.exec(text)?.[1];
  if (fuzzy !== undefined) return VersionRange.parse(`==${fuzzy.replace(/\.?\*$/, "")}.*`);
  const versions = /^[<>=!~]/.test(text) ? text.replace(/\s+/g, "") : (text.split(/\s+/)[0] ?? "");
  const alternatives = versions.split("|").map((alternative) =>
    alternative
      .split(",")
      .map((part) => (/^\d+(\.\d+)*\.\*$/.test(part) ? `==${part}` : part.replace(/^=(?=\d)(.*?)(\.\*)?$/, "==$1.*")))
      .join(","),
  );
  return VersionRange.parse(alternatives.join("||"));
}

function unquoted(item: string): string {
  return item.trim().replace(/^(["'])(.*)\1$/, "$2");
}
