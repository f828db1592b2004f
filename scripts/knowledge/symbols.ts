/** The paths in a library that a line of the list means. */
import type { PythonPackage } from "./python/package.js";
import { namesOf } from "./exports.js";

/** @param pattern a dotted path; `*` stands for any part of a name. */
export function matchingPaths(library: PythonPackage, pattern: string): string[] {
  const [root = "", ...segments] = pattern.split(".");
  let paths = [root];
  for (const segment of segments) {
    paths = paths.flatMap((path) => {
      if (!segment.includes("*")) return [`${path}.${segment}`];
      if (!library.module(path)) return [];
      const expression = new RegExp(`^${segment.replaceAll("*", "[A-Za-z]\\w*|").replace(/\|(?=$)/, "").replaceAll("[A-Za-z]\\w*|", "\\w*")}$`);
      return namesOf(library, path)
        .filter((name) => expression.test(name) && !name.startsWith("_"))
        .map((name) => `${path}.${name}`);
    });
  }
  return paths.filter((path) => path === root || library.find(path) !== undefined || library.hasModule(path));
}
