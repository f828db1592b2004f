/** Edits that bring a library's name into a script. */
import type { Script } from "../script/script.js";
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import { separatorBefore } from "./edits.js";
import type { Edit } from "./finding.js";

export interface ImportedName {
  /** How the script writes the name. */
  readonly text: string;
  /** Empty where it is imported already. */
  readonly edits: readonly Edit[];
}

/**
 * How a script can write `library.name` at its top level: as it is imported already, through the imported module, or added to an existing
 * `from library import ...`. Undefined where the script imports the library in another way, or uses the name for something else.
 */
export function importedName(script: Script, library: string, name: string): ImportedName | undefined {
  const { tree } = script;
  let list: Node = NO_NODE;
  let module: string | undefined;
  for (const statement of tree.children(0)) {
    const kind = tree.kind(statement);
    if (kind === Kind.import_from_statement && tree.textOf(tree.child(statement, Field.module_name)) === library) {
      const names = tree.children(statement, Field.name);
      const found = names.find((each) => tree.textOf(tree.kind(each) === Kind.aliased_import ? tree.child(each, Field.name) : each) === name);
      if (found !== undefined) return { text: tree.textOf(tree.kind(found) === Kind.aliased_import ? tree.child(found, Field.alias) : found), edits: [] };
      if (list === NO_NODE && names.length > 0) list = statement;
    } else if (kind === Kind.import_statement) {
      for (const item of tree.children(statement)) {
        const isAliased = tree.kind(item) === Kind.aliased_import;
        if (tree.textOf(isAliased ? tree.child(item, Field.name) : item) === library) module ??= tree.textOf(isAliased ? tree.child(item, Field.alias) : item);
      }
    }
  }
  if (module !== undefined) return { text: `${module}.${name}`, edits: [] };
  const last = list === NO_NODE ? undefined : tree.children(list, Field.name).at(-1);
  if (last === undefined || script.scopes.module.bindings.has(name)) return undefined;
  const end = tree.end(last);
  return { text: name, edits: [{ start: end, end, newText: `,${separatorBefore(tree, last)}${name}` }] };
}
