/** One requirement (PEP 508), as it stands in requirements files, pyproject.toml and the block of a script. Pure. */
import { libraryNamed } from "../names.js";
import { parseVersion, VersionRange } from "../pep440.js";
import type { Library } from "../versions.js";
import type { Declaration } from "./declaration.js";

/** What a requirement says about a library, or why it can't be read. */
export type ReadRequirement = { readonly declaration: Declaration } | { readonly library: Library; readonly mistake: string };

const NAME = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s;

/** @returns undefined for what names none of the libraries. */
export function readRequirement(text: string, line?: number): ReadRequirement | undefined {
  const at = line === undefined ? {} : { line };
  const [, name = "", rest = ""] = NAME.exec(text.trim()) ?? [];
  const library = libraryNamed(name);
  if (!library) return undefined;
  if (rest.startsWith("@")) {
    const [url = "", ...marker] = rest.slice(1).trim().split(/\s+;/);
    return { declaration: { library, ...locationOf(url), ...conditionOf(marker.join(";")), ...at } };
  }
  const semicolon = rest.indexOf(";");
  const written = (semicolon < 0 ? rest : rest.slice(0, semicolon)).trim();
  const specifier = written.replace(/^\((.*)\)$/s, "$1");
  const range = VersionRange.parse(specifier);
  if (!range || !/^([<>=!~]|$)/.test(specifier)) return { library, mistake: `"${text.trim()}" is no requirement; write it like "${library}>=4.46,<5"` };
  if (range.isEmpty) return { library, mistake: `no version of ${library} can be "${specifier}"` };
  return { declaration: { library, range, ...conditionOf(semicolon < 0 ? "" : rest.slice(semicolon + 1)), ...at } };
}

/** A requirement that is an address or a path: `git+https://...@v4.46.0#egg=transformers`, `./wheels/trl-0.12.1-py3-none-any.whl`. */
export function readLocation(text: string, line?: number): Declaration | undefined {
  const [location = "", ...marker] = text.trim().split(/\s+;/);
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(location)?.[1];
  const file = lastPart(location);
  // Of a repository, its own name: that is what the libraries are called.
  const library = libraryNamed(egg ?? wheel(file)?.name ?? file.replace(/@.*$/, "").replace(/\.git$/, ""));
  return library && { library, ...locationOf(location), ...conditionOf(marker.join(";")), ...(line === undefined ? {} : { line }) };
}

/** The version that an address names: a wheel's, or a tag that is a version. A branch or a commit names none. */
export function locationOf(location: string): Pick<Declaration, "range" | "opaque"> {
  const file = lastPart(location);
  const archive = /^.+-(\d[^-]*)\.(?:tar\.gz|zip)$/.exec(file)?.[1];
  const tag = /^git\+/.test(location) ? /@([^@/#?]+)(?:[#?].*)?$/.exec(location)?.[1] : undefined;
  const written = wheel(file)?.version ?? archive ?? (tag !== undefined && /^v?\d+\.\d/.test(tag) ? tag : undefined);
  const version = written === undefined ? undefined : parseVersion(written);
  const range = version && VersionRange.parse(version.text.replace(/^v/, ""));
  return range ? { range } : { range: VersionRange.any, opaque: /^git\+/.test(location) ? "it comes from a git repository" : "it comes from an address or a folder" };
}

/** The name and the version in a wheel's file name. */
function wheel(file: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = /^([A-Za-z0-9._]+)-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl$/.exec(file) ?? [];
  return name !== undefined && version !== undefined ? { name, version } : undefined;
}

function lastPart(location: string): string {
  const path = location.replace(/[#?].*$/, "").replace(/[\\/]+$/, "");
  return decoded(path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1));
}

/** `torch-2.3.0%2Bcu121-...whl`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that belongs to the name.
    return text;
  }
}

function conditionOf(marker: string): Pick<Declaration, "condition"> {
  return marker.trim() === "" ? {} : { condition: "marker" };
}
