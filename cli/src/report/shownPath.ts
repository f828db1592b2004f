/** Paths for people. */
import { relative, resolve, sep } from "node:path";

/** Relative to a folder where that is above it. */
export function shownPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short === "" || short === ".." || short.startsWith(`..${sep}`) || resolve(short) === short ? path : short;
}
