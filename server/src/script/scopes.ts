/**
 * Which names a script binds, where, and in which scope: one pass over the flat tree.
 *
 * Python's rule is kept: a name bound anywhere in a function is local to all of it, class bodies are seen only by code directly in
 * them, comprehensions have scopes of their own, `global` and `nonlocal` redirect.
 */
import type { FlatTree, Node } from "../syntax/flatTree.js";
import { NO_NODE } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";

export type ScopeKind = "module" | "function" | "lambda" | "class" | "comprehension";

/** How a name got its value. */
export type BindingSource =
  /** `name = expression`; `path` leads through tuple targets: `a, (b, c) = e` binds c by [1, 1]. */
  | { readonly kind: "assigned"; readonly expression: Node; readonly path: readonly number[] }
  | { readonly kind: "augmented"; readonly statement: Node }
  | { readonly kind: "imported"; readonly name: string }
  | { readonly kind: "parameter"; readonly parameter: Node; readonly index: number }
  | { readonly kind: "function"; readonly definition: Node }
  | { readonly kind: "class"; readonly definition: Node }
  /** `for name in ...`, `with ... as name`, `except ... as name`, a match capture, `del name`, a write through `global`. */
  | { readonly kind: "opaque"; readonly node: Node };

export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  /** The identifier that is bound. */
  readonly node: Node;
  /** The first node for which the binding is in force: an assignment binds after its right side has been read. */
  readonly from: Node;
  readonly source: BindingSource;
}

export class Scope {
  readonly bindings = new Map<string, Binding[]>();
  /** Names that `global` or `nonlocal` hands to an outer scope. */
  readonly outer = new Map<string, "global" | "nonlocal">();

  constructor(
    readonly kind: ScopeKind,
    /** The module, function_definition, lambda, class_definition or comprehension. */
    readonly node: Node,
    readonly parent: Scope | undefined,
  ) {}
}

const ALIASING: ReadonlySet<number> = new Set([Kind.identifier, Kind.attribute, Kind.conditional_expression]);

export class Scopes {
  readonly module: Scope;
  /** Every function_definition, class_definition and lambda scope by its node. */
  readonly byNode = new Map<Node, Scope>();
  /** Calls in source order. */
  readonly calls: Node[] = [];
  /** Strings in source order. */
  readonly strings: Node[] = [];
  /** `import` and `from ... import`, in source order. */
  readonly importStatements: Node[] = [];
  /** Bindings that may give a callable another name: imports, and plain assignments of a name, an attribute or a choice of them. */
  readonly aliasing: Binding[] = [];
  /** Modules that `from ... import *` may have bound anything from. */
  readonly starImports: string[] = [];
  private readonly scopeOfNode: Uint16Array;
  private readonly all: Scope[] = [];
  private readonly identifiers: Node[] = [];
  private identifiersByShape: Map<number, Node[]> | undefined;
  private readonly occurrencesByName = new Map<string, readonly Node[]>();
  private readonly occurrencesByScope = new Map<string, ReadonlyMap<Scope | undefined, readonly Node[]>>();
  private readonly attributesByName = new Map<string, readonly Node[]>();

  constructor(readonly tree: FlatTree) {
    this.scopeOfNode = new Uint16Array(tree.size);
    this.module = new Scope("module", 0, undefined);
    this.all.push(this.module);
    this.byNode.set(0, this.module);
    this.collect();
  }

  /** The innermost scope that a node lies in. A definition's own name and decorators lie outside of it. */
  scopeOf(node: Node): Scope {
    return this.all[this.scopeOfNode[node] ?? 0] ?? this.module;
  }

  /** The scope whose variable an identifier in `from` reads, or undefined for a builtin or a star import. */
  resolve(name: string, from: Scope): Scope | undefined {
    let scope: Scope | undefined = from;
    let innermost = true;
    while (scope) {
      const redirected = scope.outer.get(name);
      if (redirected === "global") return this.module.bindings.has(name) ? this.module : undefined;
      if (redirected !== "nonlocal" && scope.bindings.has(name) && (scope.kind !== "class" || innermost)) return scope;
      // A comprehension directly in a class body still sees the class only through its first iterable; treating it as unseen is safe.
      innermost = false;
      scope = scope.parent;
    }
    return undefined;
  }

  /** Identifiers that read or write a variable of this name, in source order; attribute and keyword names are not among them. */
  occurrences(name: string): readonly Node[] {
    let found = this.occurrencesByName.get(name);
    if (!found) {
      const { tree } = this;
      found = this.named(name).filter((node) => {
        const parentKind = tree.kind(tree.parent(node));
        const isName = (parentKind === Kind.keyword_argument && tree.field(node) === Field.name) || (parentKind === Kind.attribute && tree.field(node) === Field.attribute);
        return !isName;
      });
      this.occurrencesByName.set(name, found);
    }
    return found;
  }

  /** Those of them that read or write a scope's own variable. */
  occurrencesIn(scope: Scope, name: string): readonly Node[] {
    let byScope = this.occurrencesByScope.get(name);
    if (!byScope) {
      const grouped = new Map<Scope | undefined, Node[]>();
      for (const node of this.occurrences(name)) {
        const of = this.resolve(name, this.scopeOf(node));
        const known = grouped.get(of);
        if (known) known.push(node);
        else grouped.set(of, [node]);
      }
      this.occurrencesByScope.set(name, (byScope = grouped));
    }
    return byScope.get(scope) ?? [];
  }

  /** `attribute` nodes whose last name is this one, in source order. */
  attributes(name: string): readonly Node[] {
    let found = this.attributesByName.get(name);
    if (!found) {
      const { tree } = this;
      found = this.named(name)
        .filter((node) => tree.field(node) === Field.attribute && tree.kind(tree.parent(node)) === Kind.attribute)
        .map((node) => tree.parent(node));
      this.attributesByName.set(name, found);
    }
    return found;
  }

  /** Identifiers with this text. They are found by length and first letter, so that no name is cut out of the text until it is asked for. */
  private named(name: string): readonly Node[] {
    const { tree } = this;
    if (!this.identifiersByShape) {
      this.identifiersByShape = new Map();
      for (const node of this.identifiers) {
        const shape = shapeOf(tree.end(node) - tree.start(node), tree.text.charCodeAt(tree.start(node)));
        const nodes = this.identifiersByShape.get(shape);
        if (nodes) nodes.push(node);
        else this.identifiersByShape.set(shape, [node]);
      }
    }
    return (this.identifiersByShape.get(shapeOf(name.length, name.charCodeAt(0))) ?? []).filter((node) => tree.text.startsWith(name, tree.start(node)));
  }

  private collect(): void {
    const { tree } = this;
    const ends: number[] = [tree.size];
    const stack: number[] = [0];
    for (let node = 0; node < tree.size; node++) {
      while (ends.length > 1 && node >= (ends[ends.length - 1] ?? 0)) {
        ends.pop();
        stack.pop();
      }
      const current = stack[stack.length - 1] ?? 0;
      this.scopeOfNode[node] = current;
      const scope = this.all[current] ?? this.module;
      let opened: ScopeKind | undefined;
      switch (tree.kind(node)) {
        case Kind.identifier:
          this.identifiers.push(node);
          break;
        case Kind.call:
          this.calls.push(node);
          break;
        case Kind.string:
          this.strings.push(node);
          break;
        case Kind.assignment:
          this.bindAssignment(node, scope);
          break;
        case Kind.augmented_assignment: {
          const target = tree.child(node, Field.left);
          if (tree.kind(target) === Kind.identifier) this.bind(scope, target, tree.subtreeEnd(node), { kind: "augmented", statement: node });
          break;
        }
        case Kind.named_expression: {
          const owner = outsideComprehensions(scope);
          const expression = tree.child(node, Field.value);
          this.bind(owner, tree.child(node, Field.name), tree.subtreeEnd(node), { kind: "assigned", expression, path: [] });
          break;
        }
        case Kind.for_statement:
        case Kind.for_in_clause:
          this.bindOpaque(tree.child(node, Field.left), scope, tree.subtreeEnd(tree.child(node, Field.left)));
          break;
        case Kind.as_pattern_target:
          this.bindAsTarget(node, scope);
          break;
        case Kind.case_clause:
          this.bindCaptures(node, scope);
          break;
        case Kind.delete_statement:
          for (let inner = node + 1; inner < tree.subtreeEnd(node); inner++) {
            const parentKind = tree.kind(tree.parent(inner));
            const isTarget = parentKind === Kind.delete_statement || parentKind === Kind.expression_list;
            if (tree.kind(inner) === Kind.identifier && isTarget) this.bind(scope, inner, tree.subtreeEnd(node), { kind: "opaque", node });
          }
          break;
        case Kind.import_statement:
        case Kind.import_from_statement:
          this.importStatements.push(node);
          this.bindImports(node, scope);
          break;
        case Kind.global_statement:
        case Kind.nonlocal_statement: {
          const kind = tree.kind(node) === Kind.global_statement ? "global" : "nonlocal";
          for (const name of tree.children(node)) scope.outer.set(tree.textOf(name), kind);
          break;
        }
        case Kind.function_definition:
          this.bind(scope, tree.child(node, Field.name), node, { kind: "function", definition: node });
          opened = "function";
          break;
        case Kind.class_definition:
          this.bind(scope, tree.child(node, Field.name), tree.subtreeEnd(node), { kind: "class", definition: node });
          opened = "class";
          break;
        case Kind.lambda:
          opened = "lambda";
          break;
        case Kind.list_comprehension:
        case Kind.set_comprehension:
        case Kind.dictionary_comprehension:
        case Kind.generator_expression:
          opened = "comprehension";
          break;
        case Kind.parameters:
        case Kind.lambda_parameters:
          this.bindParameters(node, scope);
          break;
      }
      if (opened && this.all.length < 0xffff) {
        const inner = new Scope(opened, node, scope);
        this.byNode.set(node, inner);
        stack.push(this.all.length);
        ends.push(tree.subtreeEnd(node));
        this.all.push(inner);
      }
    }
  }

  private bind(scope: Scope, identifier: Node, from: Node, source: BindingSource): void {
    if (identifier === NO_NODE || this.tree.kind(identifier) !== Kind.identifier) return;
    const name = this.tree.textOf(identifier);
    const redirected = scope.outer.get(name);
    let owner = scope;
    if (redirected === "global") owner = this.module;
    else if (redirected === "nonlocal") {
      let outer = scope.parent;
      while (outer && !(outer.kind === "function" && outer.bindings.has(name))) outer = outer.parent;
      owner = outer ?? this.module;
    }
    // Seen from the owner, a write in another function happens at no known time.
    const binding: Binding = { name, scope: owner, node: identifier, from, source: owner === scope ? source : { kind: "opaque", node: identifier } };
    if (source.kind === "imported" || (source.kind === "assigned" && source.path.length === 0 && ALIASING.has(this.tree.kind(source.expression)))) this.aliasing.push(binding);
    const list = owner.bindings.get(name);
    if (list) list.push(binding);
    else owner.bindings.set(name, [binding]);
  }

  private bindAssignment(node: Node, scope: Scope): void {
    const { tree } = this;
    const right = tree.child(node, Field.right);
    if (right === NO_NODE) return; // an annotation alone binds nothing
    // In a = b = e the inner assignment is the outer one's right side; both bind e.
    let expression = right;
    while (tree.kind(expression) === Kind.assignment) expression = tree.child(expression, Field.right);
    this.bindTarget(tree.child(node, Field.left), scope, tree.subtreeEnd(node), expression, []);
  }

  private bindTarget(target: Node, scope: Scope, from: Node, expression: Node, path: readonly number[]): void {
    const { tree } = this;
    switch (tree.kind(target)) {
      case Kind.identifier:
        this.bind(scope, target, from, { kind: "assigned", expression, path });
        break;
      case Kind.pattern_list:
      case Kind.tuple_pattern:
      case Kind.list_pattern: {
        const targets = tree.children(target);
        const starred = targets.findIndex((each) => tree.kind(each) === Kind.list_splat_pattern);
        targets.forEach((each, index) => {
          // What follows a starred target is counted from an end that is not known here.
          if (starred === -1 || index < starred) this.bindTarget(each, scope, from, expression, [...path, index]);
          else this.bindOpaque(each, scope, from);
        });
        break;
      }
    }
  }

  private bindOpaque(target: Node, scope: Scope, from: Node): void {
    const { tree } = this;
    if (target === NO_NODE) return;
    for (let inner = target; inner < tree.subtreeEnd(target); inner++) {
      const kind = tree.kind(inner);
      if (kind === Kind.identifier) this.bind(scope, inner, from, { kind: "opaque", node: target });
      else if (kind === Kind.attribute || kind === Kind.subscript) inner = tree.subtreeEnd(inner) - 1;
    }
  }

  /** `with open(f) as g`: g is what the context manager hands out, which for most is the object itself, but not for all. */
  private bindAsTarget(target: Node, scope: Scope): void {
    this.bindOpaque(target, scope, this.tree.subtreeEnd(target));
  }

  private bindCaptures(clause: Node, scope: Scope): void {
    const { tree } = this;
    for (let inner = clause + 1; inner < tree.subtreeEnd(clause); inner++) {
      if (tree.field(inner) === Field.consequence) break;
      if (tree.kind(inner) !== Kind.identifier) continue;
      const parent = tree.parent(inner);
      const captures = tree.kind(parent) !== Kind.dotted_name || tree.children(parent).length === 1;
      if (captures) this.bind(scope, inner, inner, { kind: "opaque", node: clause });
    }
  }

  private bindParameters(list: Node, scope: Scope): void {
    const { tree } = this;
    tree.children(list).forEach((parameter, index) => {
      const named = tree.child(parameter, Field.name);
      let identifier = named !== NO_NODE ? named : parameter;
      while (identifier !== NO_NODE && tree.kind(identifier) !== Kind.identifier) identifier = tree.firstChild(identifier);
      this.bind(scope, identifier, list, { kind: "parameter", parameter, index });
    });
  }

  private bindImports(statement: Node, scope: Scope): void {
    const { tree } = this;
    const from = tree.subtreeEnd(statement);
    const moduleNode = tree.child(statement, Field.module_name);
    const module = moduleNode === NO_NODE ? undefined : dotted(tree.textOf(moduleNode));
    for (const item of tree.children(statement)) {
      if (tree.kind(item) === Kind.wildcard_import) this.starImports.push(module ?? "");
      if (tree.field(item) !== Field.name) continue;
      const aliased = tree.kind(item) === Kind.aliased_import;
      const path = dotted(tree.textOf(aliased ? tree.child(item, Field.name) : item));
      const full = module === undefined ? path : module.endsWith(".") ? module + path : `${module}.${path}`;
      if (aliased) {
        this.bind(scope, tree.child(item, Field.alias), from, { kind: "imported", name: full });
      } else {
        // `import a.b` binds `a`; `from m import b` binds `b`.
        const first = tree.firstChild(item);
        const name = module === undefined ? tree.textOf(first) : full;
        this.bind(scope, first, from, { kind: "imported", name });
      }
    }
  }
}

function shapeOf(length: number, firstUnit: number): number {
  return length * 0x10000 + firstUnit;
}

function outsideComprehensions(scope: Scope): Scope {
  let owner = scope;
  while (owner.kind === "comprehension" && owner.parent) owner = owner.parent;
  return owner;
}

function dotted(text: string): string {
  return text.replace(/\s+/g, "");
}
