/** One release of a library, read into facts. */
import { canonicalName } from "../../server/src/knowledge/canonicalNames.js";
import type { PythonParser } from "../../server/src/syntax/parser.js";
import { constructorFacts } from "./callables/constructors.js";
import type { CallableFacts } from "./callables/facts.js";
import { functionFacts } from "./callables/functions.js";
import { publicMethods, methodFacts } from "./callables/methods.js";
import { exportedNames } from "./exports.js";
import type { LibrarySource } from "./libraries.js";
import { valuesOf } from "./lists.js";
import type { SourceFiles } from "./packages/archive.js";
import { enumValues } from "./python/classes.js";
import { PythonPackage, type Definition } from "./python/package.js";
import { matchingPaths } from "./symbols.js";

export interface ReleaseFacts {
  readonly release: string;
  readonly callables: ReadonlyMap<string, CallableFacts>;
  /** Canonical name of a callable -> the path by which it was found. */
  readonly paths: ReadonlyMap<string, string>;
  /** Module -> names. */
  readonly exports: ReadonlyMap<string, readonly string[]>;
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

export function extract(source: LibrarySource, release: string, files: SourceFiles, parser: PythonParser): ReleaseFacts {
  const library = new PythonPackage(source.root, files, parser);
  const callables = new Map<string, CallableFacts>();
  const choices = new Map<string, readonly string[]>();
  const paths = new Map<string, string>();
  const add = (name: string, path: string, facts: CallableFacts | undefined): void => {
    if (!facts || callables.has(name)) return;
    callables.set(name, facts);
    paths.set(name, path);
    for (const [list, values] of facts.choices) choices.set(list, values);
  };
  const read = (path: string, found: Definition | undefined, methods: string): void => {
    const name = canonicalName(path);
    const reading = { library, release, name };
    if (found?.kind === "function") return add(name, path, functionFacts(reading, found, "function", false));
    if (found?.kind !== "class" || enumValues(library, found)) return;
    add(name, path, constructorFacts(reading, found));
    const wanted = methods === "*" ? publicMethods(library, found) : methods.split(" ").filter((method) => method !== "");
    for (const method of wanted) add(`${name}.${method}`, `${path}.${method}`, methodFacts({ ...reading, name: `${name}.${method}` }, found, method));
  };
  for (const symbol of source.symbols) {
    const [pattern = "", methods = ""] = symbol.split(": ");
    for (const path of matchingPaths(library, pattern)) read(path, library.find(path), methods);
  }
  for (const alias of source.aliases) {
    const [name = "", path = ""] = alias.split(" = ");
    const dot = path.lastIndexOf(".");
    const owner = library.find(path.slice(0, dot));
    if (owner?.kind === "class") add(name, path, methodFacts({ library, release, name }, owner, path.slice(dot + 1)));
  }
  for (const path of source.enums) {
    const found = library.find(path);
    const values = found?.kind === "class" ? enumValues(library, found) : undefined;
    if (values && values.size > 0) choices.set(path.slice(path.lastIndexOf(".") + 1), [...values.values()]);
  }
  for (const line of source.lists) {
    const [name = "", paths = ""] = line.split(" = ");
    const values = paths.split(" ").flatMap((path) => valuesOf(library, path) ?? []);
    if (values.length > 0) choices.set(name, [...new Set(values)]);
  }
  const exports = new Map<string, readonly string[]>();
  for (const pattern of source.exports) {
    for (const module of pattern === source.root ? [pattern] : matchingPaths(library, pattern)) {
      const names = exportedNames(library, module);
      if (names) exports.set(module, names);
    }
  }
  return { release, callables: withGenerationNames(callables), paths, exports, choices };
}

/** `generate(**kwargs)` takes whatever a GenerationConfig takes. */
function withGenerationNames(callables: ReadonlyMap<string, CallableFacts>): ReadonlyMap<string, CallableFacts> {
  const generate = callables.get("transformers.PreTrainedModel.generate");
  const config = callables.get("transformers.GenerationConfig");
  if (!generate || !config) return callables;
  const known = new Set([...generate.parameters, ...generate.read].map(({ name }) => name));
  const added = config.read.filter(({ name }) => !known.has(name) && !name.startsWith("_"));
  return new Map(callables).set("transformers.PreTrainedModel.generate", { ...generate, read: [...generate.read, ...added] });
}
