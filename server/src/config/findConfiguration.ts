/**
 * Finds the configuration file that holds for a script: the nearest one going up from it. The disk is read by a function that the
 * caller brings, and the parser is loaded only when there is a file to parse.
 */
import { dirname, join } from "node:path";
import type { RuleId } from "../analysis/finding.js";
import type { ConfigurationFileKind, ConfigurationProblem } from "./configFile.js";
import type { ConfigurationLayer } from "./layers.js";

/** The text of a file, or undefined where there is none. */
export type ReadText = (path: string) => string | undefined | Promise<string | undefined>;

export interface FoundConfiguration {
  /** The file's absolute path. */
  readonly path: string;
  readonly text: string;
  /** What it says, patterns made absolute; undefined where the file isn't TOML. */
  readonly configuration: ConfigurationLayer | undefined;
  readonly problems: readonly ConfigurationProblem[];
}

/** In the same folder the first of these wins. */
export const configurationFiles: readonly ConfigurationFileKind[] = ["hf-preflight.toml", "pyproject.toml"];

/** Remembers one answer per folder, for whoever asks about many files. Make a new one to read the disk again. */
export type ConfigurationCache = Map<string, Promise<FoundConfiguration | undefined>>;

/**
 * @param path absolute path of a script; it need not exist.
 * @param ruleIds the rules that exist, for telling misspelt ones.
 */
export function findConfiguration(
  path: string,
  readText: ReadText,
  ruleIds: readonly RuleId[],
  cache: ConfigurationCache = new Map(),
): Promise<FoundConfiguration | undefined> {
  const folder = dirname(path);
  let found = cache.get(folder);
  if (!found) {
    found = findInFolder(folder, readText, ruleIds, cache);
    cache.set(folder, found);
  }
  return found;
}

async function findInFolder(folder: string, readText: ReadText, ruleIds: readonly RuleId[], cache: ConfigurationCache): Promise<FoundConfiguration | undefined> {
  for (const kind of configurationFiles) {
    const path = join(folder, kind);
    const text = await readText(path);
    const found = text === undefined ? undefined : await readConfiguration(path, text, kind, ruleIds);
    if (found) return found;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findConfiguration(folder, readText, ruleIds, cache);
}

/**
 * Parses one configuration file that has been read.
 *
 * @param root the folder that its patterns are relative to; its own unless said otherwise.
 * @returns undefined for a pyproject.toml without `[tool.hf-preflight]`.
 */
export async function readConfiguration(
  path: string,
  text: string,
  kind: ConfigurationFileKind,
  ruleIds: readonly RuleId[],
  root = dirname(path),
): Promise<FoundConfiguration | undefined> {
  // Most pyproject.toml files never speak of us; they cost no parser.
  if (kind === "pyproject.toml" && !text.includes("hf-preflight")) return undefined;
  const { parseConfigurationFile } = await import("./configFile.js");
  const { anchoredLayer } = await import("./layers.js");
  const parsed = parseConfigurationFile(text, kind, ruleIds);
  if (!parsed) return undefined;
  return { path, text, configuration: parsed.configuration && anchoredLayer(parsed.configuration, root), problems: parsed.problems };
}
