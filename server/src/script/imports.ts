/** Which libraries a script imports. */
import type { Library } from "../environment/versions.js";
import { Kind } from "../syntax/kind.js";
import type { Scopes } from "./scopes.js";

export class Imports {
  private roots: ReadonlySet<string> | undefined;

  constructor(private readonly scopes: Scopes) {}

  /** Whether the script imports a library, at the top or anywhere else. */
  mentions(library: Library): boolean {
    return this.importsRoot(library.replaceAll("-", "_"));
  }

  /** The same for any package, by the first name of its modules. */
  importsRoot(root: string): boolean {
    this.roots ??= this.collect();
    return this.roots.has(root);
  }

  private collect(): Set<string> {
    const { tree } = this.scopes;
    const roots = new Set<string>();
    for (const node of this.scopes.importStatements) {
      const kind = tree.kind(node);
      for (const item of tree.children(node)) {
        roots.add(/^\w*/.exec(tree.textOf(item))?.[0] ?? "");
        // Of `from m import a, b` the module alone counts.
        if (kind === Kind.import_from_statement) break;
      }
    }
    return roots;
  }
}
