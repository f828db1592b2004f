/** Reads uv.lock, poetry.lock and pylock.toml: tables of packages with a name and a version. Pure. */
import { parse, TomlError } from "smol-toml";
import * as z from "zod/mini";
import { libraryNamed, namesLibrary } from "../names.js";
import { VersionRange } from "../pep440.js";
import { lineAt, type Declaration, type DeclarationProblem, type Declarations } from "./declaration.js";

const packageSchema = z.object({ name: z.string(), version: z.optional(z.string()) });

/** `[[package]]` in uv's and Poetry's, `[[packages]]` in pylock.toml. */
const HEADER = /^\[\[packages?\]\][^\S\n]*(?:#[^\n]*)?\r?$/gm;

/**
 * Only the tables that name a library are parsed: these files are written by programs, can have many thousand lines, and are read while
 * somebody types. Several versions of one package are the forks of a lock for several platforms.
 */
export function readLockFile(text: string): Declarations {
  const declarations: Declaration[] = [];
  const problems: DeclarationProblem[] = [];
  const conflict = /^<{7} /m.exec(text);
  if (conflict) problems.push({ message: "It holds the marks of an unresolved merge.", line: lineAt(text, conflict.index) });
  const starts = [...text.matchAll(HEADER)].map(({ index }) => index);
  for (const [index, start] of starts.entries()) {
    const section = text.slice(start, starts[index + 1]);
    // A table's name stands near its beginning; what it depends on follows and is none of our business here.
    if (!namesLibrary(section.slice(0, 400))) continue;
    const read = readPackage(firstTables(section), lineAt(text, start));
    if (!read) continue;
    if ("library" in read) declarations.push(read);
    else problems.push(read);
  }
  if (starts.length === 0 && namesLibrary(text)) problems.push({ message: "It holds no packages: either it is broken or of a format that is not known." });
  return { declarations, inclusions: [], problems };
}

/** Without the long lists below: only the keys of the package itself. */
function firstTables(section: string): string {
  const header = section.indexOf("\n") + 1;
  const next = /^(?:\[|(?:sdist|wheels|files|dependencies|archive|attestation-identities)\s*=)/m.exec(section.slice(header));
  return section.slice(0, next ? header + next.index : undefined);
}

function readPackage(toml: string, line: number): Declaration | DeclarationProblem | undefined {
  let document: unknown;
  try {
    document = parse(toml);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { message: "It is not valid TOML here.", line: line + error.line - 1 };
  }
  const [entry] = Object.values(z.record(z.string(), z.array(z.unknown())).safeParse(document).data ?? {}).flat();
  const read = packageSchema.safeParse(entry);
  const library = read.success ? libraryNamed(read.data.name) : undefined;
  if (!library) return undefined;
  const { version } = read.data ?? {};
  if (version === undefined) return { library, range: VersionRange.any, opaque: "it comes from a repository, an address or a folder", condition: "choice", line };
  const range = VersionRange.parse(`==${version}`);
  return range ? { library, range, condition: "choice", line } : { message: `"${version}" is no version of ${library}.`, line };
}
