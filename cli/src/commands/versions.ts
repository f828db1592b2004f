/** `hf-preflight versions`: which library versions a script is checked for, and who said so. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { dataIn } from "../../../server/src/environment/dataFiles.js";
import { notesOn } from "../../../server/src/environment/notes.js";
import { libraries, NOT_INSTALLED } from "../../../server/src/environment/versions.js";
import { Knowledge } from "../../../server/src/knowledge/knowledge.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { Configurations } from "../configurations.js";
import { Environments } from "../environments.js";
import { readSource, Unreadable } from "../files/readSource.js";
import { ExitCode, Mistake } from "../mistake.js";
import type { Program } from "../program.js";
import { versionsText, type VersionsReport } from "../report/versionsText.js";
import { chosenPaint } from "../terminal/style.js";

export async function versions(args: ParsedArguments, { rules, cwd, output, knowledge }: Program): Promise<ExitCode> {
  const path = resolve(cwd, args.operands[0] ?? ".");
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new Mistake(`${args.operands[0] ?? path}: no such file or folder.`);
  const environments = new Environments(args, cwd);
  const configurations = await Configurations.from(args, cwd, rules.map(({ id }) => id));
  const script = status.isDirectory() ? join(path, "script.py") : path;
  const { given } = await configurations.of(script);
  configurations.throwIfProblems((file) => file);
  const found = await environments.of({ path: script, given, ...(status.isDirectory() ? {} : { text: textOf(path) }) });
  const known = new Knowledge(dataIn(knowledge));
  const notes = notesOn(found.versions, { releases: (library) => known.library(library)?.releases.texts ?? [] });
  const report = { ...found, notes, cwd };
  output.print(args.value("output-format") === "json" ? versionsJson(report) : versionsText(report, chosenPaint(args.has("no-color"), () => output.isTerminal, process.env)));
  return ExitCode.clean;
}

function textOf(path: string): string {
  try {
    return readSource(path);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Mistake(`${path}: ${error.message}.`);
  }
}

/** Every library in its order, `versions` null where nothing is known, and "none" where it is known not to be installed. */
function versionsJson({ detection, facts, notes, problems, versions }: VersionsReport): string {
  const { interpreter } = detection;
  const report = {
    interpreter: interpreter ? { path: interpreter.path, source: interpreter.source, python: interpreter.python ?? null, package_folders: interpreter.packageFolders } : null,
    libraries: libraries.map((library) => {
      const fact = facts.find((each) => each.library === library);
      const isKnown = fact !== undefined && fact.opaque === undefined && !fact.range.isAny;
      return {
        library,
        versions: isKnown ? (fact.range.exact?.text ?? fact.range.text) : versions.isAbsent(library) ? NOT_INSTALLED : null,
        source: fact?.source ?? versions.absentBy(library) ?? null,
        filename: fact?.place?.path ?? null,
        row: fact?.place?.line ?? null,
        unknown_because: fact?.opaque ?? null,
      };
    }),
    problems: [
      ...problems.map(({ message, place }) => ({ message, filename: place?.path ?? null, row: place?.line ?? null })),
      ...notes.map(({ message }) => ({ message, filename: null, row: null })),
    ],
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
