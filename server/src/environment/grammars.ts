/** Reads the two wasm files. Only lsp and cli may: the rooms within know no disk. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What `PythonParser.load` takes. Spelled out here, because this room knows no syntax. */
export interface GrammarFiles {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

/** @param directory `grammars/` of the package. @throws when a file is missing: then the package is broken. */
export function readGrammars(directory: string): GrammarFiles {
  return { runtime: readFileSync(join(directory, "web-tree-sitter.wasm")), python: readFileSync(join(directory, "tree-sitter-python.wasm")) };
}
