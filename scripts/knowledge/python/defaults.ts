/** Default values as short Python source: constants and enum members as the value that they stand for. */
import { NO_NODE, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { bodyOf, definitionOf, enumValues, type ClassDefinition } from "./classes.js";
import { dottedOf, stringOf } from "./literals.js";
import type { PythonModule } from "./module.js";
import type { PythonPackage } from "./package.js";

/** "There is a default, and it can't be told": it depends on the machine, or is a long expression. */
export const UNTOLD = "...";

const LONGEST = 60;

/** @param owner the class in whose body the expression stands: its names come before the module's. */
export function defaultText(library: PythonPackage, module: PythonModule, node: Node, owner?: ClassDefinition, depth = 0): string {
  const { tree } = module;
  const text = stringOf(tree, node);
  if (text !== undefined) return text.length <= LONGEST && !/["\n\\{]/.test(text) ? `"${text}"` : short(tree.textOf(node));
  switch (tree.kind(node)) {
    case Kind.identifier: {
      const name = tree.textOf(node);
      const own = owner === undefined ? [] : assignedIn(owner, name);
      // A class constant that is assigned again under a condition depends on the machine.
      if (own.length > 1) return UNTOLD;
      if (own[0] !== undefined) return defaultText(library, module, own[0], undefined, depth + 1);
      const found = library.resolve(module.name, name);
      if (found?.kind !== "assignment" || depth > 4) return name;
      const value = defaultText(library, found.module, found.node, undefined, depth + 1);
      // A sentinel object is nothing that a reader would write.
      return /^[\w"'.+-]/.test(value) && !value.includes("(") ? value : UNTOLD;
    }
    case Kind.attribute: {
      const path = (dottedOf(tree, node) ?? "").replace(/\.value$/, "");
      const dot = path.lastIndexOf(".");
      const found = dot < 0 ? undefined : definitionOf(library, module, path.slice(0, dot));
      const value = found?.kind === "class" ? enumValues(library, found)?.get(path.slice(dot + 1)) : undefined;
      return value === undefined ? short(tree.textOf(node)) : `"${value}"`;
    }
    default:
      return short(tree.textOf(node));
  }
}

function short(source: string): string {
  const text = source.replace(/\s+/g, " ").replace(/([[({]) /g, "$1").replace(/,? ([\])}])/g, "$1");
  return text.length <= LONGEST ? text : UNTOLD;
}

function assignedIn(owner: ClassDefinition, name: string): Node[] {
  const { tree } = owner.module;
  return bodyOf(owner).flatMap(({ node }) => {
    const assignment = tree.kind(node) === Kind.expression_statement ? tree.firstChild(node) : NO_NODE;
    if (assignment === NO_NODE || tree.kind(assignment) !== Kind.assignment) return [];
    return tree.textOf(tree.child(assignment, Field.left)) === name ? [tree.child(assignment, Field.right)] : [];
  });
}
