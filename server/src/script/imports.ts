import type { Library } from "../environment/versions.js";
import type { FlatTree } from "../syntax/flatTree.js";

export class Imports {
  constructor(private readonly tree: FlatTree) {}

  /** Whether the script imports a library at all. */
  mentions(library: Library): boolean {
    return this.tree.text.includes(library.replaceAll("-", "_"));
  }
}
