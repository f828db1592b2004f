/** The real parser, loaded once per test file from `grammars/`. */
import { readFileSync } from "node:fs";
import { PythonParser } from "../../server/src/syntax/parser.js";

const grammars = new URL("../../grammars/", import.meta.url);

export const parser = await PythonParser.load({
  runtime: readFileSync(new URL("web-tree-sitter.wasm", grammars)),
  python: readFileSync(new URL("tree-sitter-python.wasm", grammars)),
});
