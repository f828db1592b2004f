/** What the VSIX holds: all of it, by name. */
import { rules } from "../../server/src/rules/index.js";

/** 1.5 MB, knowledge data included. */
export const largestVsix = 1_500_000;

const fixed = [
  "CHANGELOG.md",
  "LICENSE.txt",
  "README.md",
  "dist/cli.js",
  "dist/client.js",
  "dist/panel.css",
  "dist/panel.js",
  "dist/programs.js",
  "dist/runner.js",
  "dist/server.js",
  "grammars/tree-sitter-python.wasm",
  "grammars/web-tree-sitter.wasm",
  "media/activity.svg",
  "media/icon.png",
  "media/walkthrough/decide.svg",
  "media/walkthrough/find.svg",
  "media/walkthrough/fix.svg",
  "media/walkthrough/run.svg",
  "media/walkthrough/understand.svg",
  "package.json",
  "package.nls.json",
  "runner/python/smoke.py",
  "snippets/python.json",
];

/** The libraries whose releases are known. */
const known = [
  "accelerate",
  "datasets",
  "langchain",
  "langchain-community",
  "langchain-huggingface",
  "peft",
  "sentence-transformers",
  "simpletransformers",
  "transformers",
  "trl",
];

/** The exact list: one page for each rule, and no other. */
export function expectedFiles(): string[] {
  return [...fixed, ...known.map((library) => `dist/knowledge/${library}.data`), ...rules.map((rule) => `docs/rules/${rule.id}.md`)].sort();
}
