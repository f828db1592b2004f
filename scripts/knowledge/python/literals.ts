/** What Python expressions say by themselves: strings, lists of strings, dicts, the arguments of a call. */
import { NO_NODE, type FlatTree, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";

/** The text of a string literal, also of adjacent ones; parts in braces of an f-string are left as they are. Undefined for anything else. */
export function stringOf(tree: FlatTree, node: Node): string | undefined {
  switch (tree.kind(node)) {
    case Kind.string: {
      const match = /^([a-zA-Z]*)("""|'''|"|')([\s\S]*)\2$/.exec(tree.textOf(node));
      if (!match) return undefined;
      const [, prefix = "", , body = ""] = match;
      return /r/i.test(prefix) ? body : body.replace(/\\(\n|.)/g, (_, c: string) => (c === "\n" ? "" : c === "n" ? "\n" : c));
    }
    case Kind.concatenated_string: {
      const parts = tree.children(node).map((part) => stringOf(tree, part));
      return parts.some((part) => part === undefined) ? undefined : parts.join("");
    }
    case Kind.parenthesized_expression:
      return stringOf(tree, tree.firstChild(node));
    default:
      return undefined;
  }
}

/** The strings of a list, tuple or set literal; undefined where something else is in it. */
export function stringsOf(tree: FlatTree, node: Node): string[] | undefined {
  const kind = tree.kind(node);
  if (kind === Kind.parenthesized_expression) return stringsOf(tree, tree.firstChild(node));
  if (kind !== Kind.list && kind !== Kind.tuple && kind !== Kind.set) return undefined;
  const texts = tree.children(node).map((element) => stringOf(tree, element));
  return texts.some((text) => text === undefined) ? undefined : (texts as string[]);
}

/** The pairs of a dict literal whose keys are strings. */
export function pairsOf(tree: FlatTree, node: Node): { key: string; value: Node }[] {
  return tree.children(node).flatMap((pair) => {
    if (tree.kind(pair) !== Kind.pair) return [];
    const key = stringOf(tree, tree.child(pair, Field.key));
    return key === undefined ? [] : [{ key, value: tree.child(pair, Field.value) }];
  });
}

/** `a.b.c` as text; undefined for anything but names and attributes. */
export function dottedOf(tree: FlatTree, node: Node): string | undefined {
  const kind = tree.kind(node);
  if (kind === Kind.identifier || kind === Kind.dotted_name) return tree.textOf(node);
  if (kind !== Kind.attribute) return undefined;
  const object = dottedOf(tree, tree.child(node, Field.object));
  return object === undefined ? undefined : `${object}.${tree.textOf(tree.child(node, Field.attribute))}`;
}

export interface CallParts {
  /** `field`, `kwargs.pop`; undefined where the callee is no plain name. */
  readonly name: string | undefined;
  readonly positional: readonly Node[];
  readonly keywords: ReadonlyMap<string, Node>;
}

export function callOf(tree: FlatTree, node: Node): CallParts | undefined {
  if (node === NO_NODE || tree.kind(node) !== Kind.call) return undefined;
  const positional: Node[] = [];
  const keywords = new Map<string, Node>();
  const list = tree.child(node, Field.arguments);
  for (const argument of list === NO_NODE ? [] : tree.children(list)) {
    if (tree.kind(argument) === Kind.keyword_argument) keywords.set(tree.textOf(tree.child(argument, Field.name)), tree.child(argument, Field.value));
    else positional.push(argument);
  }
  return { name: dottedOf(tree, tree.child(node, Field.function)), positional, keywords };
}

/** All descendants of a kind, the node itself left out. */
export function* descendants(tree: FlatTree, node: Node, kind: number): Generator<Node> {
  for (let inner = node + 1; inner < tree.subtreeEnd(node); inner++) if (tree.kind(inner) === kind) yield inner;
}

/** The statements of a block, decorated definitions with their decorators; the branches of `if`, `try` and `with` are gone into. */
export interface Statement {
  readonly node: Node;
  readonly decorators: readonly Node[];
  readonly branch: Branch;
}

export interface Branch {
  /** It stands in an `else`, an `except`, or under a condition that asks for something to be missing. */
  readonly isAlternative: boolean;
  /** It stands under `if TYPE_CHECKING`, and isn't there when the module runs. */
  readonly isForTypes: boolean;
}

const MAIN: Branch = { isAlternative: false, isForTypes: false };

export function* statementsOf(tree: FlatTree, block: Node, branch = MAIN): Generator<Statement> {
  for (const node of block === NO_NODE ? [] : tree.children(block)) yield* statementsIn(tree, node, branch);
}

function* statementsIn(tree: FlatTree, node: Node, branch: Branch): Generator<Statement> {
  const alternative: Branch = { ...branch, isAlternative: true };
  switch (tree.kind(node)) {
    case Kind.decorated_definition:
      yield { node: tree.child(node, Field.definition), decorators: tree.children(node).filter((child) => tree.kind(child) === Kind.decorator), branch };
      break;
    case Kind.if_statement: {
      const condition = tree.child(node, Field.condition);
      const isNegative = tree.kind(condition) === Kind.not_operator;
      const isForTypes = /^(?:typing\.)?TYPE_CHECKING$/.test(tree.textOf(condition));
      yield* statementsOf(tree, tree.child(node, Field.consequence), isNegative ? alternative : { ...branch, isForTypes: branch.isForTypes || isForTypes });
      for (const other of tree.children(node, Field.alternative)) {
        const body = tree.kind(other) === Kind.elif_clause ? Field.consequence : Field.body;
        yield* statementsOf(tree, tree.child(other, body), isNegative ? branch : alternative);
      }
      break;
    }
    case Kind.try_statement:
      for (const child of tree.children(node)) {
        const kind = tree.kind(child);
        if (kind === Kind.block) yield* statementsOf(tree, child, branch);
        else for (const inner of tree.children(child)) if (tree.kind(inner) === Kind.block) yield* statementsOf(tree, inner, kind === Kind.except_clause ? alternative : branch);
      }
      break;
    case Kind.with_statement:
      yield* statementsOf(tree, tree.child(node, Field.body), branch);
      break;
    default:
      yield { node, decorators: [], branch };
  }
}
