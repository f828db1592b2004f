/** Classes of a library: what they derive from, what their bodies define, the values of enums. */
import { NO_NODE, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { canonicalName } from "../../../server/src/knowledge/canonicalNames.js";
import { callOf, dottedOf, statementsOf, stringOf, type Statement } from "./literals.js";
import type { PythonModule } from "./module.js";
import type { Definition, PythonPackage } from "./package.js";

export type ClassDefinition = Extract<Definition, { kind: "class" }>;

/** A class of the library, or the canonical name of one that isn't. */
export type Ancestor = ClassDefinition | { readonly kind: "external"; readonly path: string };

/** Bases that bring no constructor arguments of their own. */
const PLAIN_BASES = /(?:^|\.)(?:object|ABC|Generic|Protocol|Enum|str|ExplicitEnum|PushToHubMixin|ModelHubMixin|PyTorchModelHubMixin)$/;

/** The class and what it derives from, nearest first; a class that is reached twice counts where it is reached last. */
export function lineage(library: PythonPackage, definition: ClassDefinition): Ancestor[] {
  const line: Ancestor[] = [];
  const visit = (ancestor: Ancestor): void => {
    const key = keyOf(ancestor);
    const known = line.findIndex((other) => keyOf(other) === key);
    if (known >= 0) line.splice(known, 1);
    line.push(ancestor);
    if (ancestor.kind === "class") for (const base of basesOf(library, ancestor)) visit(base);
  };
  visit(definition);
  return line;
}

function keyOf(ancestor: Ancestor): string {
  return ancestor.kind === "class" ? `${ancestor.module.name}.${ancestor.name}` : ancestor.path;
}

function basesOf(library: PythonPackage, { module, node, name }: ClassDefinition): Ancestor[] {
  const { tree } = module;
  const list = tree.child(node, Field.superclasses);
  if (list === NO_NODE) return [];
  return tree.children(list).flatMap((base): Ancestor[] => {
    if (tree.kind(base) === Kind.keyword_argument) return [];
    // `Generic[T]`, `Trainer if available else object`: the first name counts.
    const expression = tree.kind(base) === Kind.subscript ? tree.child(base, Field.value) : base;
    const path = dottedOf(tree, tree.kind(expression) === Kind.conditional_expression ? tree.childAt(expression, 0) : expression);
    if (path === undefined) return [{ kind: "external", path: "?" }];
    const found = definitionOf(library, module, path);
    if (found?.kind === "class") return found.node === node && found.name === name ? [] : [found];
    const external = found?.kind === "external" ? found.path : path;
    return PLAIN_BASES.test(external) ? [] : [{ kind: "external", path: canonicalName(external) }];
  });
}

/** What `a.b` means in a module. */
export function definitionOf(library: PythonPackage, module: PythonModule, path: string): Definition | undefined {
  const [first = "", ...rest] = path.split(".");
  let found = library.resolve(module.name, first);
  for (const name of rest) {
    if (found?.kind === "module") found = library.resolve(found.path, name);
    else if (found?.kind === "external") found = { kind: "external", path: `${found.path}.${name}` };
    else return undefined;
  }
  return found;
}

export function bodyOf({ module, node }: ClassDefinition): Statement[] {
  return [...statementsOf(module.tree, module.tree.child(node, Field.body))];
}

/** A method as the class body defines it; the last definition that isn't an overload or a property's setter. */
export function methodOf(definition: ClassDefinition, name: string): Statement | undefined {
  const { tree } = definition.module;
  const found = bodyOf(definition).filter(
    ({ node, decorators }) =>
      tree.kind(node) === Kind.function_definition &&
      tree.textOf(tree.child(node, Field.name)) === name &&
      !decorators.some((decorator) => /\.(?:setter|deleter)$|\boverload$/.test(tree.textOf(decorator))),
  );
  return found.findLast(({ branch }) => !branch.isAlternative) ?? found.at(-1);
}

/** `@dataclass(...)` with its arguments, or undefined. */
export function dataclassOf({ module, decorators }: ClassDefinition): { readonly isKeywordOnly: boolean } | undefined {
  const { tree } = module;
  for (const decorator of decorators) {
    const expression = tree.firstChild(decorator);
    const call = callOf(tree, expression);
    const name = call ? call.name : dottedOf(tree, expression);
    if (name !== "dataclass" && name !== "dataclasses.dataclass") continue;
    const flag = call?.keywords.get("kw_only");
    return { isKeywordOnly: flag !== undefined && tree.textOf(flag) === "True" };
  }
  return undefined;
}

/** Whether huggingface_hub's decorator makes a dataclass take keywords that are no fields: `@strict(accept_kwargs=True)`. */
export function takesOtherKeywords({ module: { tree }, decorators }: ClassDefinition): boolean {
  return decorators.some((decorator) => {
    const call = callOf(tree, tree.firstChild(decorator));
    const flag = call?.name === "strict" ? call.keywords.get("accept_kwargs") : undefined;
    return flag !== undefined && tree.textOf(flag) === "True";
  });
}

/** The values of an enum's members by name, where they are strings; undefined for a class that is no enum. */
export function enumValues(library: PythonPackage, definition: ClassDefinition): ReadonlyMap<string, string> | undefined {
  const { tree, bases } = { tree: definition.module.tree, bases: definition.module.tree.child(definition.node, Field.superclasses) };
  if (bases === NO_NODE || !lineageNames(library, definition).some((name) => /(?:^|\.)(?:Enum|StrEnum|ExplicitEnum)$/.test(name))) return undefined;
  const values = new Map<string, string>();
  for (const { node } of bodyOf(definition)) {
    const assignment = tree.kind(node) === Kind.expression_statement ? tree.firstChild(node) : NO_NODE;
    if (assignment === NO_NODE || tree.kind(assignment) !== Kind.assignment) continue;
    const value = stringOf(tree, tree.child(assignment, Field.right));
    if (value !== undefined) values.set(tree.textOf(tree.child(assignment, Field.left)), value);
  }
  return values;
}

/** The written names of all bases, the plain ones too. */
function lineageNames(library: PythonPackage, definition: ClassDefinition): string[] {
  return lineage(library, definition).flatMap((ancestor) => {
    if (ancestor.kind === "external") return [ancestor.path];
    const { tree } = ancestor.module;
    const list: Node = tree.child(ancestor.node, Field.superclasses);
    return [ancestor.name, ...(list === NO_NODE ? [] : tree.children(list).map((base) => tree.textOf(base)))];
  });
}
