/** What has been found out about versions, source by source, and what that comes to for one script. Pure. */
import type { InterpreterSource } from "./interpreter.js";
import { libraries, Versions, type Library, type VersionFact } from "./versions.js";

/** A file that says so. */
export interface Place {
  readonly path: string;
  /** From 1. */
  readonly line?: number;
}

export interface DetectedFact extends VersionFact {
  readonly place?: Place;
  /** Why the version isn't known although the library was found; `range` then says nothing. */
  readonly opaque?: string;
}

/** What one source says. */
export type Layer = ReadonlyMap<Library, DetectedFact>;

export interface EnvironmentProblem {
  /** A full sentence, ready to show. */
  readonly message: string;
  readonly place?: Place;
}

export interface DetectedInterpreter {
  readonly path: string;
  readonly source: InterpreterSource;
  /** How people name it: `.venv`, the folder of a conda environment, else the path. */
  readonly name: string;
  /** "3.11", where the folders say. */
  readonly python?: string;
  /** The folders of packages that were looked at. */
  readonly packageFolders: readonly string[];
}

export interface Detection {
  readonly interpreter?: DetectedInterpreter;
  /** What is installed for the interpreter. */
  readonly installed: Layer;
  /** The project's files, the most telling kind first. */
  readonly files: readonly Layer[];
  readonly problems: readonly EnvironmentProblem[];
}

export const nothingDetected: Detection = { installed: new Map(), files: [], problems: [] };

/** The versions that one script may meet, and how that is known. */
export interface ResolvedVersions {
  readonly versions: Versions;
  /** Every library of which anything is known, in the order of the libraries. */
  readonly facts: readonly (DetectedFact & { readonly library: Library })[];
}

export interface Sources {
  /** What the user has said; it counts before everything that was found. */
  readonly given: Versions;
  readonly detection: Detection;
  /** What the script's own block says. */
  readonly script?: Layer;
}

/**
 * Per library the first source that tells its version. A source that only names the library is kept in mind, and counts if no other
 * says more; one that can't tell (a git repository) ends the search, because what others say is not about that copy.
 */
export function resolved({ given, detection, script = new Map() }: Sources): ResolvedVersions {
  const { installed, interpreter, files } = detection;
  // Nobody chose the interpreter on PATH for this script: its word counts where there is no other.
  const layers = interpreter?.source === "PATH" ? [script, ...files, installed] : [installed, script, ...files];
  const facts = libraries.flatMap((library) => {
    const said = given.fact(library);
    if (said) return [{ library, ...said }];
    if (given.isAbsent(library)) return [];
    const found = layers.flatMap((layer) => layer.get(library) ?? []);
    const fact = found.find(({ range, opaque }) => opaque !== undefined || !range.isAny) ?? found[0];
    return fact ? [{ library, ...fact }] : [];
  });
  const informative = facts.filter(({ range }) => !range.isAny);
  const found = absentIn(detection, new Set(facts.map(({ library }) => library)));
  const absent = libraries.flatMap((library) => {
    const source = given.absentBy(library) ?? found.get(library);
    return source === undefined ? [] : [[library, source] as const];
  });
  return { facts, versions: new Versions(new Map(informative.map(({ library, range, source }) => [library, { range, source }])), new Map(absent)) };
}

/** For people: "4.57.6", ">=4.46,<5", "any version", "unknown". */
export function shownVersion({ range, opaque }: Pick<DetectedFact, "range" | "opaque">): string {
  return opaque === undefined ? range.shown : "unknown";
}

/** For people: "requirements.txt line 3", "uv.lock: it comes from a git repository". */
export function shownSource({ source, opaque }: Pick<DetectedFact, "source" | "opaque">): string {
  return opaque === undefined ? source : `${source}: ${opaque}`;
}

/**
 * What is certainly not installed: it isn't in an interpreter's folders that were read without a problem, nobody else names it, and transformers is in them, so
 * that this is where the script's libraries are. The interpreter on PATH proves nothing, because nobody chose it.
 */
function absentIn({ interpreter, installed, problems }: Detection, named: ReadonlySet<Library>): ReadonlyMap<Library, string> {
  const isRead = interpreter !== undefined && interpreter.source !== "PATH" && interpreter.packageFolders.length > 0 && problems.length === 0;
  return new Map(isRead && installed.has("transformers") ? libraries.flatMap((library) => (named.has(library) ? [] : [[library, interpreter.name] as const])) : []);
}
