/** Which names can be imported from a module. */
import { Kind } from "../../server/src/syntax/kind.js";
import type { Node } from "../../server/src/syntax/flatTree.js";
import { pairsOf } from "./python/literals.js";
import type { PythonModule } from "./python/module.js";
import type { PythonPackage } from "./python/package.js";

/** Undefined where the names can't all be known: a module that makes them up, or a star import from another library. */
export function exportedNames(library: PythonPackage, path: string): string[] | undefined {
  const module = library.module(path);
  if (!module || !isKnown(library, module, new Set())) return undefined;
  return namesOf(library, path).sort((a, b) => (a < b ? -1 : 1));
}

/** All names of a module that are seen, whether or not there are others. */
export function namesOf(library: PythonPackage, path: string, seen: ReadonlySet<string> = new Set()): string[] {
  const module = library.module(path);
  if (!module || seen.has(path)) return [];
  const visited = new Set(seen).add(path);
  const lazy = library.lazyNames(module);
  const names = new Set<string>(lazy.keys());
  if (module.isLazy) {
    for (const name of fallbacks(library, names)) names.add(name);
    if (module.bindings.has("__version__")) names.add("__version__");
    // Modules under their former names: `_create_tokenization_alias(f"{__name__}.tokenization_utils", ...)`.
    for (const match of module.tree.text.matchAll(/_create_\w*alias\(f"\{__name__\}\.(\w+)"/g)) names.add(match[1] ?? "");
  } else {
    for (const [name, bindings] of module.bindings) if (bindings.some(({ branch }) => !branch.isForTypes)) names.add(name);
    for (const star of module.stars) {
      const all = library.module(star)?.all;
      for (const name of all ?? namesOf(library, star, visited).filter((name) => !name.startsWith("_"))) names.add(name);
    }
  }
  if (module.isPackage) for (const name of library.submodules(path)) names.add(name);
  names.delete("");
  return [...names];
}

function isKnown(library: PythonPackage, module: PythonModule, seen: ReadonlySet<string>): boolean {
  if (module.bindings.has("__getattr__") || seen.has(module.name)) return seen.has(module.name);
  // A lazy structure that is filled in other ways than those that are read here.
  if (module.isLazy && library.lazyNames(module).size === 0) return false;
  if (module.isLazy) return true;
  const visited = new Set(seen).add(module.name);
  return module.stars.every((star) => {
    const starred = library.module(star);
    return starred !== undefined && isKnown(library, starred, visited);
  });
}

/**
 * transformers 5 gives a tokenizer or an image processor also under its former name with `Fast`, and tokenizers that have become another by the
 * converter they share (`_LazyModule.__getattr__`).
 */
function fallbacks(library: PythonPackage, names: ReadonlySet<string>): string[] {
  const loader = library.root === "transformers" ? library.module("transformers.utils.import_utils")?.tree.text : undefined;
  if (loader === undefined) return [];
  const found: string[] = [];
  if (loader.includes('endswith("TokenizerFast")')) {
    const converted = library.find("transformers.convert_slow_tokenizer.SLOW_TO_FAST_CONVERTERS");
    const tokenizers = [...names, ...(converted?.kind === "assignment" ? dictKeys(converted.module, converted.node) : [])];
    for (const name of tokenizers) if (name.endsWith("Tokenizer")) found.push(name, `${name}Fast`);
  }
  if (loader.includes('endswith("ImageProcessorFast")')) for (const name of names) if (name.endsWith("ImageProcessor")) found.push(`${name}Fast`);
  return found;
}

function dictKeys({ tree }: PythonModule, node: Node): string[] {
  return tree.kind(node) === Kind.dictionary ? pairsOf(tree, node).map(({ key }) => key) : [];
}
