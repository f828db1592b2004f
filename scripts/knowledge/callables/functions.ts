/** A function's or method's parameters, as a caller sees them. */
import { NO_NODE, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { defaultText } from "../python/defaults.js";
import type { PythonModule } from "../python/module.js";
import type { PythonPackage } from "../python/package.js";
import { shortType } from "../python/types.js";
import { choicesOf } from "./choices.js";
import { decoratorDeprecations, warnedIn, type Deprecation } from "./deprecations.js";
import { withChoices, type CallableFacts, type ParameterFacts } from "./facts.js";
import { readFromKeywords, refusesOthers } from "./keywordReads.js";
import { refusedUnless } from "./validations.js";

export interface FunctionSource {
  readonly module: PythonModule;
  readonly node: Node;
  readonly decorators: readonly Node[];
}

export interface Reading {
  readonly library: PythonPackage;
  readonly release: string;
  /** The callable's canonical name. */
  readonly name: string;
}

/** @param isBound the first parameter is the object or the class, and isn't given by the caller. */
export function functionFacts(reading: Reading, { module, node, decorators }: FunctionSource, kind: CallableFacts["kind"], isBound: boolean): CallableFacts {
  const { tree } = module;
  const { library, release, name: callable } = reading;
  const choices = new Map<string, readonly string[]>();
  let parameters: ParameterFacts[] = [];
  let positionals: string | undefined;
  let keywords: string | undefined;
  let next: ParameterFacts["kind"] = "positional";
  for (const parameter of tree.children(tree.child(node, Field.parameters))) {
    switch (tree.kind(parameter)) {
      case Kind.positional_separator:
        parameters = parameters.map((earlier) => ({ ...earlier, kind: "positional-only" }));
        continue;
      case Kind.keyword_separator:
        next = "keyword";
        continue;
    }
    const inner = tree.kind(parameter) === Kind.typed_parameter ? tree.firstChild(parameter) : parameter;
    if (tree.kind(inner) === Kind.list_splat_pattern) {
      positionals = tree.textOf(inner).slice(1);
      next = "keyword";
      continue;
    }
    if (tree.kind(inner) === Kind.dictionary_splat_pattern) {
      keywords = tree.textOf(inner).slice(2);
      continue;
    }
    const named = tree.child(parameter, Field.name);
    const name = tree.textOf(named === NO_NODE ? inner : named);
    const type = tree.child(parameter, Field.type);
    const value = tree.child(parameter, Field.value);
    const annotation = type === NO_NODE ? undefined : tree.textOf(type);
    const allowed = annotation === undefined ? undefined : choicesOf(library, module, annotation, `${callable}.${name}`);
    if (allowed) choices.set(allowed.list, allowed.values);
    parameters.push({
      name,
      kind: next,
      ...(value === NO_NODE ? {} : { default: defaultText(library, module, value) }),
      type: annotation === undefined ? undefined : shortType(annotation),
      choices: allowed?.list,
    });
  }
  if (isBound) parameters = parameters.slice(1);
  const body = tree.child(node, Field.body);
  let read = keywords === undefined ? [] : readFromKeywords(library, module, body, keywords);
  read = read.filter(({ name }) => !parameters.some((parameter) => parameter.name === name));
  if (keywords !== undefined && refusesOthers(module, body, keywords)) {
    parameters = [...parameters, ...read];
    read = [];
    keywords = undefined;
  }
  const written: CallableFacts = { kind, parameters, positionals, keywords, read, isPartial: false, choices };
  const facts = withChoices(written, callable, refusedUnless(library, module, body, ""));
  const names = new Set([...parameters, ...read].map(({ name }) => name));
  const warned = withDeprecations(facts, warnedIn(module, body, names, ""));
  return withDeprecations(warned, decoratorDeprecations(module, decorators, library.root === "transformers" ? release : undefined));
}

/** Marks what is deprecated. A name that a decorator translates is no parameter of the function, and yet accepted. */
export function withDeprecations(facts: CallableFacts, deprecations: readonly Deprecation[]): CallableFacts {
  const of = new Map(deprecations.map((deprecation) => [deprecation.name, deprecation]));
  const mark = (parameter: ParameterFacts): ParameterFacts => {
    const found = of.get(parameter.name);
    of.delete(parameter.name);
    return found ? { ...parameter, deprecated: found.message, replacement: found.replacement } : parameter;
  };
  const parameters = facts.parameters.map(mark);
  const read = facts.read.map(mark);
  const translated = [...of.values()].flatMap(({ name, message, replacement }): ParameterFacts[] =>
    replacement === undefined ? [] : [{ name, kind: "keyword", default: "...", deprecated: message, replacement }],
  );
  return { ...facts, parameters: [...parameters, ...translated], read };
}
