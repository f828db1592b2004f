/** What a file of a project says about the versions of the libraries. Pure; the readers of the files are beside this. */
import { VersionRange } from "../pep440.js";
import type { Library } from "../versions.js";

export interface Declaration {
  readonly library: Library;
  /** The versions that it allows; any version where it names the library and no more. */
  readonly range: VersionRange;
  /** Why the version can't be known although the library is named ("it comes from a git repository"); `range` then says nothing. */
  readonly opaque?: string;
  /**
   * It holds only sometimes: where a marker does (`marker`), or as one of several choices (`choice`: extras, groups, the forks of a
   * lock file), of which one is what the script meets.
   */
  readonly condition?: "marker" | "choice";
  /** From 1. */
  readonly line?: number;
}

/** Another file that belongs to this one (`-r`, `-c`). */
export interface Inclusion {
  /** As written: relative to the file that names it. */
  readonly path: string;
  readonly line: number;
}

export interface Declarations {
  readonly declarations: readonly Declaration[];
  readonly inclusions: readonly Inclusion[];
  /** What is wrong with the file where it speaks of a library, each a sentence without the file's name. */
  readonly problems: readonly DeclarationProblem[];
}

export interface DeclarationProblem {
  readonly message: string;
  readonly line?: number;
}

/** What all that is said about one library comes to. */
export type Combined = Pick<Declaration, "range" | "opaque" | "line">;

/**
 * What always holds limits together. Without any such declaration the choices are alternatives; one that hangs on a marker alone
 * leaves open what is there where the marker doesn't hold.
 *
 * @returns undefined for an empty list, and where no version fits all that is said.
 */
export function combined(declarations: readonly Declaration[]): Combined | undefined {
  const certain = declarations.filter(({ condition }) => condition === undefined);
  const choices = certain.length > 0 ? certain : declarations;
  const [first, ...others] = choices;
  if (!first) return undefined;
  const line = first.line === undefined ? {} : { line: first.line };
  const opaque = choices.find((each) => each.opaque !== undefined)?.opaque;
  if (opaque !== undefined) return { range: VersionRange.any, opaque, ...line };
  if (certain.length > 0) {
    const range = others.reduce((all, next) => all.and(next.range), first.range);
    return range.isEmpty ? undefined : { range, ...line };
  }
  if (others.length === 0 && first.condition === "marker") return { range: VersionRange.any, opaque: "it is asked for only under a condition", ...line };
  return { range: others.reduce((all, next) => all.or(next.range), first.range), ...line };
}

/** The line (from 1) of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let next = text.indexOf("\n"); next >= 0 && next < offset; next = text.indexOf("\n", next + 1)) line++;
  return line;
}
