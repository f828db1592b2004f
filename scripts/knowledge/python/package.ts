/** A library's sources: its modules, read when they are asked for, and what a name in them is. */
import type { PythonParser } from "../../../server/src/syntax/parser.js";
import type { Node } from "../../../server/src/syntax/flatTree.js";
import type { SourceFiles } from "../../packages/archive.js";
import { PythonModule, type Binding } from "./module.js";
import { scannedNames } from "./scannedNames.js";

/** What a name turns out to be, wherever it was imported from. */
export type Definition =
  | { readonly kind: "class"; readonly module: PythonModule; readonly name: string; readonly node: Node; readonly decorators: readonly Node[] }
  | { readonly kind: "function"; readonly module: PythonModule; readonly name: string; readonly node: Node; readonly decorators: readonly Node[] }
  | { readonly kind: "assignment"; readonly module: PythonModule; readonly name: string; readonly node: Node }
  | { readonly kind: "module"; readonly path: string }
  /** Defined in another library. */
  | { readonly kind: "external"; readonly path: string };

export class PythonPackage {
  private readonly modules = new Map<string, PythonModule | undefined>();
  private readonly scans = new Map<string, ReadonlyMap<string, string>>();

  /** @param root the import root: `sentence_transformers`. */
  constructor(
    readonly root: string,
    private readonly files: SourceFiles,
    private readonly parser: PythonParser,
  ) {}

  module(name: string): PythonModule | undefined {
    if (!this.modules.has(name)) {
      const path = name.replaceAll(".", "/");
      const isPackage = this.files.has(`${path}/__init__.py`);
      const text = this.files.get(isPackage ? `${path}/__init__.py` : `${path}.py`)?.();
      this.modules.set(name, text === undefined ? undefined : new PythonModule(name, isPackage, this.parser.parse(text)));
    }
    return this.modules.get(name);
  }

  hasModule(name: string): boolean {
    const path = name.replaceAll(".", "/");
    return this.files.has(`${path}.py`) || this.files.has(`${path}/__init__.py`);
  }

  /** The names of the modules and packages directly in a package. */
  submodules(name: string): string[] {
    const prefix = `${name.replaceAll(".", "/")}/`;
    const found = new Set<string>();
    for (const path of this.files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [first = "", ...rest] = path.slice(prefix.length).split("/");
      if (rest.length > 0) found.add(first);
      else if (first !== "__init__.py") found.add(first.slice(0, -".py".length));
    }
    return [...found];
  }

  /** Name -> module, of what a lazy package hands on. */
  lazyNames(module: PythonModule): ReadonlyMap<string, string> {
    let names = this.scans.get(module.name);
    if (!names) {
      const found = new Map(module.lazy);
      for (const folder of module.scanned) for (const [name, path] of scannedNames(this.files, folder)) if (!found.has(name)) found.set(name, path);
      names = found;
      this.scans.set(module.name, names);
    }
    return names;
  }

  /** What a dotted path is: `trl.trainer.SFTTrainer`. */
  find(path: string): Definition | undefined {
    const dot = path.lastIndexOf(".");
    return dot < 0 ? undefined : this.resolve(path.slice(0, dot), path.slice(dot + 1));
  }

  /** What a name means in a module; undefined where the module doesn't have it. */
  resolve(moduleName: string, name: string, seen: ReadonlySet<string> = new Set()): Definition | undefined {
    const key = `${moduleName}:${name}`;
    if (seen.has(key)) return undefined;
    const path = new Set(seen).add(key);
    if (!this.owns(moduleName)) return { kind: "external", path: `${moduleName}.${name}` };
    const module = this.module(moduleName);
    if (!module) return undefined;
    for (const binding of inOrderOfTruth(module.bindings.get(name) ?? [])) {
      const found = this.follow(module, name, binding, path);
      if (found) return found;
    }
    const lazy = this.lazyNames(module).get(name);
    const found = lazy === undefined ? undefined : this.resolve(lazy, name, path);
    if (found) return found;
    // A lazy package's star imports are for type checkers, and would read every model there is.
    for (const star of module.isLazy ? [] : [...module.stars].reverse()) {
      if (!this.owns(star)) continue;
      const all = this.module(star)?.all;
      const isHandedOn = all ? all.includes(name) : !name.startsWith("_");
      const inStar = isHandedOn ? this.resolve(star, name, path) : undefined;
      if (inStar) return inStar;
    }
    const submodule = `${moduleName}.${name}`;
    return module.isPackage && this.hasModule(submodule) ? { kind: "module", path: submodule } : undefined;
  }

  private owns(module: string): boolean {
    return module === this.root || module.startsWith(`${this.root}.`);
  }

  private follow(module: PythonModule, name: string, binding: Binding, seen: ReadonlySet<string>): Definition | undefined {
    switch (binding.kind) {
      case "class":
      case "function":
        return { kind: binding.kind, module, name, node: binding.node, decorators: binding.decorators };
      case "assignment": {
        // `Old = New` is another name for the same thing.
        const text = module.tree.textOf(binding.node);
        const alias = /^\w+$/.test(text) ? this.resolve(module.name, text, seen) : undefined;
        return alias ?? { kind: "assignment", module, name, node: binding.node };
      }
      case "import":
        if (binding.name === undefined) return { kind: binding.module.startsWith(this.root) ? "module" : "external", path: binding.module };
        return this.resolve(binding.module, binding.name, seen);
    }
  }
}

/** The last unconditional binding counts; what stands in an `else` or comes from dummy objects only where there is nothing else. */
function inOrderOfTruth(bindings: readonly Binding[]): Binding[] {
  const reversed = [...bindings].reverse();
  return [...reversed.filter(({ branch }) => !branch.isAlternative), ...reversed.filter(({ branch }) => branch.isAlternative)];
}
