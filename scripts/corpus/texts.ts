/** The scripts that a source distribution holds. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { filesOfTar } from "../packages/archive.js";
import { codeBlocks } from "./codeBlocks.js";

export interface CorpusScript {
  /** Path in the package, with `#n` for the n-th block of code in it. */
  readonly file: string;
  readonly text: string;
}

/** Its Python files, and the blocks of code in their documentation strings and in its Markdown files. */
export function scriptsIn(archive: string): CorpusScript[] {
  const files = [...filesOfTar(gunzipSync(readFileSync(archive)))].filter(([path]) => /\.(?:py|md)$/.test(path));
  return files.flatMap(([path, read]) => {
    const text = read();
    const blocks = codeBlocks(text).map((block, index) => ({ file: `${path}#${index + 1}`, text: block }));
    return path.endsWith(".py") ? [{ file: path, text }, ...blocks] : blocks;
  });
}
