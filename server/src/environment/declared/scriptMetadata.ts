/** The block in which a script names its own dependencies (PEP 723). Pure. */
import { parse, TomlError } from "smol-toml";
import * as z from "zod/mini";
import { lineAt, type Declaration, type DeclarationProblem, type Declarations } from "./declaration.js";
import { readRequirement } from "./requirement.js";

const schema = z.object({ dependencies: z._default(z.array(z.string()), []) });

export function readScriptMetadata(toml: string, firstLine: number): Declarations {
  const declarations: Declaration[] = [];
  const problems: DeclarationProblem[] = [];
  let document: unknown;
  try {
    document = parse(toml);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { declarations, inclusions: [], problems: [{ message: "The script's own block (# /// script) is not valid TOML.", line: firstLine + error.line }] };
  }
  const block = schema.safeParse(document);
  if (!block.success) problems.push({ message: "`dependencies` in the script's own block must be a list of texts.", line: firstLine });
  for (const written of block.data?.dependencies ?? []) {
    const line = firstLine + lineAt(toml, toml.indexOf(written));
    const read = readRequirement(written, line);
    if (read && "mistake" in read) problems.push({ message: `${read.mistake}.`, line });
    else if (read) declarations.push(read.declaration);
  }
  return { declarations, inclusions: [], problems };
}
