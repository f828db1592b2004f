/** Functions and classes of the file. */
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import type { Call } from "./calls.js";
import type { Value } from "./values.js";

export interface Parameter {
  readonly name: string;
  readonly kind: "positional" | "keyword-only" | "args" | "kwargs";
  /** The default's expression; NO_NODE where there is none. */
  readonly default: Node;
  readonly node: Node;
}

export interface FunctionInfo {
  /** The function_definition or lambda. */
  readonly node: Node;
  /** Empty for a lambda. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The class whose method it is. */
  readonly owner: Node;
  /** The expressions after `return`, in source order; NO_NODE for a bare `return`. A lambda has its body. */
  readonly returns: readonly { readonly statement: Node; readonly expression: Node }[];
  /** Whether the end of the body can be reached, which returns None. */
  readonly fallsThrough: boolean;
  readonly isGenerator: boolean;
  readonly isAsync: boolean;
  readonly isStatic: boolean;
  readonly decorators: readonly Node[];
}

export interface ClassInfo {
  readonly node: Node;
  readonly name: string;
  readonly bases: readonly Node[];
  readonly methods: ReadonlyMap<string, Node>;
  readonly decorators: readonly Node[];
}

/** One evaluation of a function of the file with known arguments. */
export interface Frame {
  readonly function: FunctionInfo;
  readonly arguments: ReadonlyMap<string, Value>;
  readonly call: Call;
  readonly depth: number;
  readonly memo: Map<Node, Value>;
}

export function readFunction(tree: FlatTree, node: Node): FunctionInfo {
  const isLambda = tree.kind(node) === Kind.lambda;
  const body = tree.child(node, Field.body);
  const returns: { statement: Node; expression: Node }[] = [];
  let isGenerator = false;
  if (isLambda) returns.push({ statement: body, expression: body });
  else {
    for (let inner = body; inner !== NO_NODE && inner < tree.subtreeEnd(body); inner++) {
      const kind = tree.kind(inner);
      if (kind === Kind.function_definition || kind === Kind.class_definition || kind === Kind.lambda) inner = tree.subtreeEnd(inner) - 1;
      else if (kind === Kind.return_statement) returns.push({ statement: inner, expression: tree.childAt(inner, 0) });
      else if (kind === Kind.yield) isGenerator = true;
    }
  }
  const definition = tree.parent(node);
  const block = tree.kind(definition) === Kind.decorated_definition ? tree.parent(definition) : definition;
  const holder = tree.parent(block);
  const decorators = decoratorsOf(tree, node);
  return {
    node,
    name: isLambda ? "" : tree.textOf(tree.child(node, Field.name)),
    parameters: readParameters(tree, tree.child(node, Field.parameters)),
    owner: tree.kind(holder) === Kind.class_definition ? holder : NO_NODE,
    returns,
    fallsThrough: !isLambda && body !== NO_NODE && !endsInReturn(tree, body),
    isGenerator,
    isAsync: !isLambda && tree.text.startsWith("async", tree.start(node)),
    isStatic: decorators.some((decorator) => tree.textOf(decorator).endsWith("staticmethod")),
    decorators,
  };
}

function readParameters(tree: FlatTree, list: Node): Parameter[] {
  const parameters: Parameter[] = [];
  if (list === NO_NODE) return parameters;
  let keywordOnly = false;
  for (const node of tree.children(list)) {
    const kind = tree.kind(node);
    if (kind === Kind.keyword_separator) {
      keywordOnly = true;
      continue;
    }
    if (kind === Kind.positional_separator) continue;
    const named = tree.child(node, Field.name);
    const inner = named !== NO_NODE ? named : kind === Kind.typed_parameter ? tree.firstChild(node) : node;
    const innerKind = tree.kind(inner);
    const splat = innerKind === Kind.list_splat_pattern ? "args" : innerKind === Kind.dictionary_splat_pattern ? "kwargs" : undefined;
    parameters.push({
      name: tree.textOf(splat ? tree.firstChild(inner) : inner),
      kind: splat ?? (keywordOnly ? "keyword-only" : "positional"),
      default: tree.child(node, Field.value),
      node,
    });
    if (splat === "args") keywordOnly = true;
  }
  return parameters;
}

function endsInReturn(tree: FlatTree, block: Node): boolean {
  const last = tree.children(block).at(-1);
  if (last === undefined) return false;
  switch (tree.kind(last)) {
    case Kind.return_statement:
    case Kind.raise_statement:
      return true;
    case Kind.if_statement: {
      const alternatives = tree.children(last, Field.alternative);
      const complete = alternatives.some((clause) => tree.kind(clause) === Kind.else_clause);
      const bodies = [tree.child(last, Field.consequence), ...alternatives.map((clause) => tree.children(clause).find((child) => tree.kind(child) === Kind.block) ?? NO_NODE)];
      return complete && bodies.every((body) => body !== NO_NODE && endsInReturn(tree, body));
    }
    case Kind.with_statement:
      return endsInReturn(tree, tree.child(last, Field.body));
    case Kind.try_statement:
      return tree.children(last).every((part) => {
        const body = tree.kind(part) === Kind.block ? part : (tree.children(part).find((child) => tree.kind(child) === Kind.block) ?? NO_NODE);
        return tree.kind(part) === Kind.finally_clause || (body !== NO_NODE && endsInReturn(tree, body));
      });
    default:
      return false;
  }
}

export function readClass(tree: FlatTree, node: Node): ClassInfo {
  const superclasses = tree.child(node, Field.superclasses);
  const methods = new Map<string, Node>();
  for (const statement of tree.children(tree.child(node, Field.body))) {
    const definition = tree.kind(statement) === Kind.decorated_definition ? tree.child(statement, Field.definition) : statement;
    if (tree.kind(definition) === Kind.function_definition) methods.set(tree.textOf(tree.child(definition, Field.name)), definition);
  }
  return {
    node,
    name: tree.textOf(tree.child(node, Field.name)),
    bases: superclasses === NO_NODE ? [] : tree.children(superclasses).filter((base) => tree.kind(base) !== Kind.keyword_argument),
    methods,
    decorators: decoratorsOf(tree, node),
  };
}

function decoratorsOf(tree: FlatTree, node: Node): Node[] {
  const parent = tree.parent(node);
  return tree.kind(parent) === Kind.decorated_definition ? tree.children(parent).filter((child) => tree.kind(child) === Kind.decorator) : [];
}
