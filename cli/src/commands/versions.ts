/** `hf-preflight versions`: which library versions a script is checked for, and who said so. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { libraries } from "../../../server/src/environment/versions.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { Configurations } from "../configurations.js";
import { ExitCode, Mistake } from "../mistake.js";
import type { Program } from "../program.js";

export async function versions(args: ParsedArguments, { rules, cwd, output }: Program): Promise<ExitCode> {
  const path = resolve(cwd, args.operands[0] ?? ".");
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new Mistake(`${args.operands[0] ?? path}: no such file or folder.`);
  const configurations = await Configurations.from(args, cwd, rules.map(({ id }) => id));
  const { versions: known } = await configurations.of(status.isDirectory() ? join(path, "script.py") : path);
  configurations.throwIfProblems((file) => file);
  const facts = libraries.map((library) => ({ library, fact: known.fact(library) }));
  if (args.value("output-format") === "json") {
    const list = facts.map(({ library, fact }) => ({ library, versions: fact?.range.text ?? null, source: fact?.source ?? null }));
    output.print(`${JSON.stringify(list, undefined, 2)}\n`);
  } else {
    const width = Math.max(...libraries.map(({ length }) => length));
    output.print(facts.map(({ library, fact }) => `${library.padEnd(width)}  ${fact ? `${fact.range.text}  (${fact.source})` : "unknown"}\n`).join(""));
  }
  return ExitCode.clean;
}
