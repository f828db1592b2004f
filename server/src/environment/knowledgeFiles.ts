/** Reads the extracted data of the libraries from the folder they are shipped in, each when it is first needed. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Knowledge } from "../knowledge/knowledge.js";
import type { LibraryData } from "../knowledge/libraryData.js";

/** @param folder holds one `<library>.json` for each library that is known. */
export function knowledgeIn(folder: string): Knowledge {
  return new Knowledge((library) => {
    const path = join(folder, `${library}.json`);
    if (!statSync(path, { throwIfNoEntry: false })) return undefined;
    // Our own file, made by `npm run knowledge` and checked against its schema in the tests: checking it again here would cost every start.
    return JSON.parse(readFileSync(path, "utf8")) as LibraryData;
  });
}
