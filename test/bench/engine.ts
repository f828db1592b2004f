/** The engine as the benchmark uses it: parse, script, rules. It knows none of their insides. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze } from "../../server/src/analysis/analyze.js";
import type { Finding } from "../../server/src/analysis/finding.js";
import { defaultConfiguration } from "../../server/src/config/configuration.js";
import { dataIn } from "../../server/src/environment/dataFiles.js";
import { Versions } from "../../server/src/environment/versions.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import { rules } from "../../server/src/rules/index.js";
import { Script } from "../../server/src/script/script.js";
import type { FlatTree } from "../../server/src/syntax/flatTree.js";
import { PythonParser } from "../../server/src/syntax/parser.js";
import type { WasmModule } from "../../server/src/syntax/treeMemory.js";

/** What the libraries accept, once the engine is loaded. */
let knowledge = Knowledge.none;

const allRules = { ...defaultConfiguration, select: ["ALL"] };

export { rules };

export function loadEngine(root: string): Promise<PythonParser> {
  knowledge = new Knowledge(dataIn(join(root, "server", "src", "knowledge", "data")));
  const bytes = (name: string): Uint8Array => readFileSync(join(root, "grammars", name));
  return PythonParser.load({ runtime: bytes("web-tree-sitter.wasm"), python: bytes("tree-sitter-python.wasm") });
}

/** tree-sitter alone: the floor under everything that is built on it. */
export function parseOnly(parser: PythonParser, text: string): void {
  parser.parseTree(text, null).delete();
}

/** What follows the parsing: the Script and every rule, with the versions unknown, which is when rules have most to say. */
export function findingsIn(flat: FlatTree): readonly Finding[] {
  return analyze({ script: new Script(flat), rules, versions: Versions.unknown, knowledge, config: allRules });
}

/** The size of the wasm heap, or 0 when this build of web-tree-sitter doesn't show it. */
export function wasmHeapBytes(parser: PythonParser): number {
  const { module } = parser as unknown as { readonly module: WasmModule | undefined };
  return module?.HEAP32.byteLength ?? 0;
}
