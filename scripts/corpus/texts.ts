/** The scripts that a source distribution holds. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { codeBlocks } from "./codeBlocks.js";

export interface CorpusScript {
  /** Path in the package, with `#n` for the n-th block of code in it. */
  readonly file: string;
  readonly text: string;
}

const BLOCK = 512;

/** Its Python files, and the blocks of code in their documentation strings and in its Markdown files. */
export function scriptsIn(archive: string): CorpusScript[] {
  return filesIn(gunzipSync(readFileSync(archive))).flatMap(({ path, text }) => {
    const blocks = codeBlocks(text).map((block, index) => ({ file: `${path}#${index + 1}`, text: block }));
    return path.endsWith(".py") ? [{ file: path, text }, ...blocks] : blocks;
  });
}

function filesIn(bytes: Buffer): { path: string; text: string }[] {
  const files: { path: string; text: string }[] = [];
  const field = (start: number, length: number): string => bytes.toString("utf8", start, start + length).replace(/\0.*$/s, "");
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= bytes.length && bytes[offset] !== 0; ) {
    const size = Number.parseInt(field(offset + 124, 12), 8) || 0;
    const kind = field(offset + 156, 1);
    const start = offset + BLOCK;
    const prefix = field(offset + 345, 155);
    const path: string = longName ?? `${prefix === "" ? "" : `${prefix}/`}${field(offset, 100)}`;
    longName = undefined;
    if (kind === "L") longName = field(start, size);
    else if (kind === "x") longName = /^\d+ path=(.*)$/m.exec(field(start, size))?.[1];
    else if ((kind === "0" || kind === "") && /\.(?:py|md)$/.test(path)) files.push({ path: path.replace(/^[^/]+\//, ""), text: bytes.toString("utf8", start, start + size) });
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
