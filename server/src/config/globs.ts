/**
 * The file patterns of `exclude` and `per-file-ignores`.
 *
 * A pattern is made absolute where it is read, so that patterns of the editor's settings and of a file further up can stand in one
 * list. A pattern matches a file, or a folder with all that is in it.
 */
import picomatch from "picomatch";
import type { Configuration } from "./configuration.js";

/** Patterns are compared with forward slashes on every system. */
export function toSlashes(path: string): string {
  return path.replace(/\\/g, "/");
}

/** A pattern as written, below `root`: one without a slash matches at any depth, as in `.gitignore`; `./` ties it to the root. */
export function anchoredPattern(pattern: string, root: string): string {
  const written = pattern.startsWith("./") ? pattern.slice(2) : pattern;
  if (written.startsWith("/") || /^[A-Za-z]:[\\/]/.test(written)) return toSlashes(written);
  const base = toSlashes(root).replace(/\/$/, "").replace(/[\\!*?()[\]{}+@]/g, "\\$&");
  const trimmed = written.replace(/\/+$/, "");
  const anywhere = !trimmed.includes("/") && written === pattern;
  return `${base}/${anywhere ? "**/" : ""}${trimmed}`;
}

const matchers = new Map<string, (path: string) => boolean>();

function matches(pattern: string, path: string): boolean {
  let matcher = matchers.get(pattern);
  if (!matcher) {
    matcher = picomatch([pattern, `${pattern.replace(/\/+$/, "")}/**`], { dot: true });
    matchers.set(pattern, matcher);
  }
  return matcher(path);
}

/** Whether a file (absolute path) or a folder is left out by `exclude`. */
export function isExcluded(path: string, config: Pick<Configuration, "exclude">): boolean {
  return config.exclude.length > 0 && config.exclude.some((pattern) => matches(pattern, toSlashes(path)));
}

/** The configuration for one file: what `per-file-ignores` says of it has become part of `ignore`. */
export function configurationForFile(path: string, config: Configuration): Configuration {
  const ignored = Object.entries(config.perFileIgnores).flatMap(([pattern, selectors]) => (matches(pattern, toSlashes(path)) ? selectors : []));
  if (ignored.length === 0) return config;
  const covered = (selector: string): boolean => [selector, selector.split("/", 1)[0], "ALL"].some((name) => name !== undefined && ignored.includes(name));
  const { select, ...rest } = config;
  return {
    ...rest,
    ignore: [...config.ignore, ...ignored],
    // A file's own ignores win over a `select` that names the rule as closely or more so.
    ...(select && { select: select.filter((selector) => !covered(selector)) }),
  };
}
