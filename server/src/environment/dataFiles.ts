/** Reads the data that ship beside the bundles, each file when it is first needed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @returns reads the text of `<name>.data` in a folder, as it ships; else what `<name>.json` holds, as in the repository; undefined where there is neither. */
export function dataIn(folder: string): (name: string) => unknown {
  return (name) => read(join(folder, `${name}.data`)) ?? parsed(read(join(folder, `${name}.json`)));
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
