/** The methods of a class that the library itself defines. */
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { bodyOf, definitionOf, lineage, methodOf, type Ancestor, type ClassDefinition } from "../python/classes.js";
import { callOf, dottedOf, type Statement } from "../python/literals.js";
import type { PythonPackage } from "../python/package.js";
import type { CallableFacts } from "./facts.js";
import { withForwarded } from "./forwarding.js";
import { functionFacts, type Reading } from "./functions.js";

/** Names without an underscore, and `__call__`; no properties. */
export function publicMethods(library: PythonPackage, definition: ClassDefinition): string[] {
  const names = new Set<string>();
  for (const ancestor of lineage(library, definition)) {
    if (ancestor.kind === "external") continue;
    const { tree } = ancestor.module;
    for (const { node } of bodyOf(ancestor)) {
      if (tree.kind(node) !== Kind.function_definition) continue;
      const name = tree.textOf(tree.child(node, Field.name));
      if (name === "__call__" || !name.startsWith("_")) names.add(name);
    }
  }
  return [...names];
}

/** Undefined where neither the class nor what it derives from in the library has the method, or where it is a property. */
export function methodFacts(reading: Reading, definition: ClassDefinition, name: string): CallableFacts | undefined {
  return methodIn(reading, lineage(reading.library, definition), name);
}

function methodIn(reading: Reading, line: readonly Ancestor[], name: string): CallableFacts | undefined {
  for (const [index, ancestor] of line.entries()) {
    const found = ancestor.kind === "class" ? methodOf(ancestor, name) : undefined;
    if (ancestor.kind !== "class" || !found) continue;
    const decorators = found.decorators.map((decorator) => ancestor.module.tree.textOf(decorator));
    if (decorators.some((decorator) => /^@(?:functools\.)?(?:cached_)?property\b|^@\w+\.setter\b/.test(decorator))) return undefined;
    const wrapped = wrappedIn(reading, ancestor, found);
    if (wrapped) return wrapped;
    const isBound = !decorators.some((decorator) => /^@staticmethod\b/.test(decorator));
    const facts = functionFacts(reading, { module: ancestor.module, ...found }, "method", isBound);
    return withForwarded(facts, ancestor, found, name, () => methodIn(reading, line.slice(index + 1), name));
  }
  return undefined;
}

/** `@wraps(Base.method)`: it takes what the other one takes, which is in no signature of its own. */
function wrappedIn(reading: Reading, owner: ClassDefinition, { decorators }: Statement): CallableFacts | undefined {
  const { tree } = owner.module;
  for (const decorator of decorators) {
    const call = callOf(tree, tree.firstChild(decorator));
    const [target] = call?.name === "wraps" || call?.name === "functools.wraps" ? call.positional : [];
    const path = target === undefined ? undefined : dottedOf(tree, target);
    const dot = path?.lastIndexOf(".") ?? -1;
    const other = path === undefined || dot < 0 ? undefined : definitionOf(reading.library, owner.module, path.slice(0, dot));
    if (path !== undefined && other?.kind === "class") return methodFacts(reading, other, path.slice(dot + 1));
  }
  return undefined;
}
