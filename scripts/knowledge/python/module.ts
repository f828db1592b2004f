/** One module of a library, as its names: what it defines, imports, and hands on lazily. */
import { NO_NODE, type FlatTree, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { callOf, dottedOf, pairsOf, statementsOf, stringOf, stringsOf, type Branch } from "./literals.js";

export type Binding =
  | { readonly kind: "class" | "function"; readonly node: Node; readonly decorators: readonly Node[]; readonly branch: Branch }
  | { readonly kind: "assignment"; readonly node: Node; readonly branch: Branch }
  /** `name` is undefined where the module itself is bound. */
  | { readonly kind: "import"; readonly module: string; readonly name: string | undefined; readonly branch: Branch };

export class PythonModule {
  readonly bindings = new Map<string, Binding[]>();
  /** Modules of `from x import *`. */
  readonly stars: string[] = [];
  /** `__all__`; undefined where there is none. */
  all: string[] | undefined;
  /** Name -> submodule, of transformers' lazy `_import_structure`. */
  readonly lazy = new Map<string, string>();
  /** Folders whose modules' `__all__` are handed on (`define_import_structure`). */
  readonly scanned: string[] = [];
  /** The module object is replaced by a lazy one that has no other names. */
  isLazy = false;

  constructor(
    /** `transformers.trainer`; a package's `__init__` goes by the package's name. */
    readonly name: string,
    readonly isPackage: boolean,
    readonly tree: FlatTree,
  ) {
    for (const { node, decorators, branch } of statementsOf(tree, 0)) this.read(node, decorators, branch);
    this.isLazy = /sys\.modules\[__name__\] = _LazyModule\(/.test(tree.text);
  }

  /** `module` of a relative import as an absolute name. */
  absolute(module: string): string {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    if (dots === 0) return module;
    const parts = this.name.split(".");
    const base = parts.slice(0, parts.length - (this.isPackage ? dots - 1 : dots));
    const rest = module.slice(dots);
    return [...base, ...(rest === "" ? [] : [rest])].join(".");
  }

  private bind(name: string, binding: Binding): void {
    const known = this.bindings.get(name);
    if (known) known.push(binding);
    else this.bindings.set(name, [binding]);
  }

  private read(node: Node, decorators: readonly Node[], branch: Branch): void {
    const { tree } = this;
    switch (tree.kind(node)) {
      case Kind.class_definition:
      case Kind.function_definition: {
        const kind = tree.kind(node) === Kind.class_definition ? "class" : "function";
        this.bind(tree.textOf(tree.child(node, Field.name)), { kind, node, decorators, branch });
        break;
      }
      case Kind.import_from_statement:
        this.readFrom(node, branch);
        break;
      case Kind.future_import_statement:
        for (const item of tree.children(node, Field.name)) this.bind(tree.textOf(item), { kind: "import", module: "__future__", name: tree.textOf(item), branch });
        break;
      case Kind.import_statement:
        for (const item of tree.children(node, Field.name)) {
          const isAliased = tree.kind(item) === Kind.aliased_import;
          const path = tree.textOf(isAliased ? tree.child(item, Field.name) : item);
          const root = path.split(".", 1)[0] ?? path;
          if (isAliased) this.bind(tree.textOf(tree.child(item, Field.alias)), { kind: "import", module: path, name: undefined, branch });
          else this.bind(root, { kind: "import", module: root, name: undefined, branch });
        }
        break;
      case Kind.delete_statement:
        for (const name of tree.textOf(node).slice("del".length).split(",")) this.bindings.delete(name.trim());
        break;
      case Kind.expression_statement:
        this.readExpression(tree.firstChild(node), branch);
        break;
    }
  }

  private readFrom(node: Node, branch: Branch): void {
    const { tree } = this;
    const module = this.absolute(tree.textOf(tree.child(node, Field.module_name)));
    if (tree.children(node).some((child) => tree.kind(child) === Kind.wildcard_import)) {
      if (!module.includes("dummy")) this.stars.push(module);
      return;
    }
    for (const item of tree.children(node, Field.name)) {
      const isAliased = tree.kind(item) === Kind.aliased_import;
      const name = tree.textOf(isAliased ? tree.child(item, Field.name) : item);
      const bound = isAliased ? tree.textOf(tree.child(item, Field.alias)) : name;
      this.bind(bound, { kind: "import", module, name, branch: module.includes("dummy") ? { ...branch, isAlternative: true } : branch });
    }
  }

  private readExpression(node: Node, branch: Branch): void {
    const { tree } = this;
    const kind = tree.kind(node);
    if (kind === Kind.call) return this.readLazyCall(node);
    if (kind !== Kind.assignment && kind !== Kind.augmented_assignment) return;
    const left = tree.child(node, Field.left);
    const right = tree.child(node, Field.right);
    this.readScan(right);
    if (tree.kind(left) === Kind.subscript) return this.readLazyItem(left, right);
    for (const target of tree.kind(left) === Kind.pattern_list ? tree.children(left) : [left]) {
      const name = tree.kind(target) === Kind.identifier ? tree.textOf(target) : undefined;
      if (name === undefined) continue;
      if (name === "__all__") this.addAll(right);
      else if (name === "_import_structure" && tree.kind(right) === Kind.dictionary) {
        for (const { key, value } of pairsOf(tree, right)) this.addLazy(key, value);
      } else if (right !== NO_NODE && !this.isUpdateOf(name, right)) this.bind(name, { kind: "assignment", node: right, branch });
    }
  }

  /** `X = update(X, ...)` gives the class back that it got. */
  private isUpdateOf(name: string, right: Node): boolean {
    const [first] = callOf(this.tree, right)?.positional ?? [];
    return first !== undefined && this.tree.textOf(first) === name;
  }

  private addAll(right: Node): void {
    const { tree } = this;
    const parts = tree.kind(right) === Kind.binary_operator ? tree.children(right) : [right];
    this.all = [...(this.all ?? []), ...parts.flatMap((part) => stringsOf(tree, part) ?? [])];
  }

  private addLazy(module: string, value: Node): void {
    for (const name of stringsOf(this.tree, value) ?? []) this.lazy.set(name, `${this.name}.${module}`);
  }

  /** `_import_structure["x"] = [...]` and `_import_structure["x"] += [...]`. */
  private readLazyItem(left: Node, right: Node): void {
    const module = this.lazyKey(left);
    if (module !== undefined) this.addLazy(module, right);
  }

  /** `_import_structure["x"].extend([...])`, `.append("...")`; `__all__.extend([...])`. */
  private readLazyCall(node: Node): void {
    const { tree } = this;
    const callee = tree.child(node, Field.function);
    if (tree.kind(callee) !== Kind.attribute) return;
    const method = tree.textOf(tree.child(callee, Field.attribute));
    const object = tree.child(callee, Field.object);
    const [argument] = callOf(tree, node)?.positional ?? [];
    if (argument === undefined) return;
    if (dottedOf(tree, object) === "__all__" && method === "extend") this.addAll(argument);
    const module = tree.kind(object) === Kind.subscript ? this.lazyKey(object) : undefined;
    if (module === undefined) return;
    if (method === "extend") this.addLazy(module, argument);
    else if (method === "append") this.lazy.set(stringOf(tree, argument) ?? "", `${this.name}.${module}`);
  }

  private lazyKey(subscript: Node): string | undefined {
    const { tree } = this;
    if (dottedOf(tree, tree.child(subscript, Field.value)) !== "_import_structure") return undefined;
    return stringOf(tree, tree.child(subscript, Field.subscript));
  }

  /** `define_import_structure(Path(__file__).parent / "models", prefix="models")`, or of the module's own folder. */
  private readScan(right: Node): void {
    const text = right === NO_NODE ? "" : this.tree.textOf(right);
    if (!text.includes("define_import_structure(")) return;
    const prefix = /prefix=["']([\w.]+)["']/.exec(text)?.[1];
    this.scanned.push(prefix === undefined ? this.name : `${this.name}.${prefix}`);
  }
}
