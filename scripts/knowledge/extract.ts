/** One release of a library, read into facts. */
import { canonicalName } from "../../server/src/knowledge/canonicalNames.js";
import type { PythonParser } from "../../server/src/syntax/parser.js";
import { constructorFacts } from "./callables/constructors.js";
import { withChoices, type CallableFacts, type ParameterFacts } from "./callables/facts.js";
import { functionFacts } from "./callables/functions.js";
import { publicMethods, methodFacts } from "./callables/methods.js";
import { chainedValues } from "./callables/validations.js";
import { exportedNames } from "./exports.js";
import type { LibrarySource } from "./libraries.js";
import { valuesOf } from "./lists.js";
import type { SourceFiles } from "../packages/archive.js";
import { enumValues, lineage, type ClassDefinition } from "./python/classes.js";
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
    const reading = { library, release, name };
    const found = library.find(path);
    const dot = path.lastIndexOf(".");
    const owner = found ? undefined : library.find(path.slice(0, dot));
    if (found?.kind === "class") add(name, path, constructorFacts(reading, found));
    else if (owner?.kind === "class") add(name, path, methodFacts(reading, owner, path.slice(dot + 1)));
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
  for (const line of source.checked) {
    const [parameter = "", path = ""] = line.split(" = ");
    const dot = parameter.lastIndexOf(".");
    const [name, leaf] = [parameter.slice(0, dot), parameter.slice(dot + 1)];
    const checker = library.find(path);
    const facts = callables.get(name);
    const values = checker?.kind === "class" ? checkedBy(library, checker, leaf) : undefined;
    if (!facts || !values) continue;
    const marked = withChoices(facts, name, new Map([[leaf, values]]));
    callables.set(name, marked);
    for (const [list, texts] of marked.choices) choices.set(list, texts);
  }
  const exports = new Map<string, readonly string[]>();
  for (const pattern of source.exports) {
    for (const module of pattern === source.root ? [pattern] : matchingPaths(library, pattern)) {
      const names = exportedNames(library, module);
      if (names) exports.set(module, names);
    }
  }
  return { release, callables: withHandedOn(callables, source.handsOn), paths, exports, choices };
}

/** The values that a class, or what it derives from, knows before it raises. */
function checkedBy(library: PythonPackage, definition: ClassDefinition, attribute: string): readonly string[] | undefined {
  for (const ancestor of lineage(library, definition)) {
    const values = ancestor.kind === "class" ? chainedValues(ancestor.module, ancestor.node, attribute) : undefined;
    if (values) return [...new Set(values)];
  }
  return undefined;
}

/** What is handed on to another callable, that callable's names are accepted for. */
function withHandedOn(callables: ReadonlyMap<string, CallableFacts>, handsOn: readonly string[]): ReadonlyMap<string, CallableFacts> {
  const result = new Map(callables);
  for (const line of handsOn) {
    const [pattern = "", to = ""] = line.split(" > ");
    const target = callables.get(to);
    const expression = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "\\w*")}$`);
    for (const [name, facts] of callables) {
      if (!target || facts.keywords === undefined || !expression.test(name)) continue;
      const known = new Set([...facts.parameters, ...facts.read].map((parameter) => parameter.name));
      const added = [...target.parameters, ...target.read].filter((parameter) => !known.has(parameter.name));
      // What they mean is said at the callable that reads them.
      result.set(name, { ...facts, read: [...facts.read, ...added.map((parameter): ParameterFacts => ({ name: parameter.name, kind: "keyword" }))] });
    }
  }
  return result;
}
