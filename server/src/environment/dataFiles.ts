/** Reads the data that ship beside the bundles, each file when it is first needed. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** @returns reads `<name>.json` in a folder; undefined where there is no such file. */
export function dataIn(folder: string): (name: string) => unknown {
  return (name) => {
    const path = join(folder, `${name}.json`);
    return statSync(path, { throwIfNoEntry: false }) ? (JSON.parse(readFileSync(path, "utf8")) as unknown) : undefined;
  };
}
