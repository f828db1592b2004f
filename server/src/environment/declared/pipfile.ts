/** Reads Pipfile and Pipfile.lock. Pure. */
import { parse, TomlError } from "smol-toml";
import * as z from "zod/mini";
import { libraryNamed } from "../names.js";
import { VersionRange } from "../pep440.js";
import { lineAt, type Declaration, type DeclarationProblem, type Declarations } from "./declaration.js";

const entrySchema = z.union([z.string(), z.object({ version: z.optional(z.string()), markers: z.optional(z.string()) })]);
const tableSchema = z._default(z.record(z.string(), z.unknown()), {});

const pipfileSchema = z.object({ packages: tableSchema, "dev-packages": tableSchema });
const lockSchema = z.object({ default: tableSchema, develop: tableSchema });

export function readPipfile(text: string): Declarations {
  try {
    const read = pipfileSchema.safeParse(parse(text.replace(/^\uFEFF/, "")));
    return read.success ? readTables([read.data.packages, read.data["dev-packages"]], text) : shapeless("a Pipfile");
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return broken("TOML", error.line);
  }
}

export function readPipfileLock(text: string): Declarations {
  try {
    const read = lockSchema.safeParse(JSON.parse(text.replace(/^\uFEFF/, "")));
    return read.success ? readTables([read.data.default, read.data.develop], text) : shapeless("a lock file of Pipenv");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return broken("JSON");
  }
}

/** What is needed to run, else what is needed to develop. */
function readTables(tables: readonly Readonly<Record<string, unknown>>[], text: string): Declarations {
  const declarations: Declaration[] = [];
  const problems: DeclarationProblem[] = [];
  for (const [name, written] of tables.flatMap((table) => Object.entries(table))) {
    const library = libraryNamed(name);
    if (!library || declarations.some((each) => each.library === library)) continue;
    const line = lineAt(text, Math.max(0, text.search(new RegExp(`^\\s*["']?${name.replace(/[.]/g, "\\.")}["']?\\s*[:=]`, "m")) + 1));
    const entry = entrySchema.safeParse(written).data;
    const version = typeof entry === "string" ? entry : entry?.version;
    const range = version === undefined ? undefined : VersionRange.parse(version);
    const isMarked = typeof entry === "object" && entry.markers !== undefined && !version?.startsWith("==");
    if (version === undefined) declarations.push({ library, range: VersionRange.any, opaque: "it comes from a repository, an address or a folder", line });
    else if (range && !range.isEmpty) declarations.push({ library, range, line, ...(isMarked && { condition: "marker" as const }) });
    else problems.push({ message: `"${version}" is no version or range of ${library}.`, line });
  }
  return { declarations, inclusions: [], problems };
}

function broken(language: string, line?: number): Declarations {
  return { declarations: [], inclusions: [], problems: [{ message: `It is not valid ${language}.`, ...(line === undefined ? {} : { line }) }] };
}

function shapeless(what: string): Declarations {
  return { declarations: [], inclusions: [], problems: [{ message: `It has not the shape of ${what}.` }] };
}
