/** What one source says, and how several become one Configuration. */
import { defaultConfiguration, type Configuration } from "./configuration.js";
import { anchoredPattern } from "./globs.js";

/** The part of a configuration that one source gives: only the keys that it really holds. */
export type ConfigurationLayer = Partial<Configuration>;

export type ConfigurationPreference = "editorFirst" | "filesystemFirst" | "editorOnly";

/**
 * The first layer that holds a key decides it. Tables (`severity`, `versions`, `perFileIgnores`) are merged entry by entry, lists are
 * taken whole.
 */
export function mergeLayers(...layers: readonly (ConfigurationLayer | undefined)[]): Configuration {
  const given = layers.filter((layer) => layer !== undefined);
  const merged = Object.assign({}, defaultConfiguration, ...given.slice().reverse()) as Configuration;
  const tables = <Key extends "severity" | "versions" | "perFileIgnores">(key: Key): Configuration[Key] =>
    Object.assign({}, ...given.slice().reverse().map((layer) => layer[key])) as Configuration[Key];
  return { ...merged, severity: tables("severity"), versions: tables("versions"), perFileIgnores: tables("perFileIgnores") };
}

/** The editor's settings and the configuration file, in the order that the user prefers. */
export function mergeByPreference(
  editor: ConfigurationLayer,
  file: ConfigurationLayer | undefined,
  preference: ConfigurationPreference,
): Configuration {
  if (preference === "editorOnly") return mergeLayers(editor);
  return preference === "editorFirst" ? mergeLayers(editor, file) : mergeLayers(file, editor);
}

/** The same layer with its file patterns made absolute: they are relative to `root`, the folder of the file or of the workspace. */
export function anchoredLayer(layer: ConfigurationLayer, root: string): ConfigurationLayer {
  return {
    ...layer,
    ...(layer.exclude && { exclude: layer.exclude.map((pattern) => anchoredPattern(pattern, root)) }),
    ...(layer.perFileIgnores && {
      perFileIgnores: Object.fromEntries(Object.entries(layer.perFileIgnores).map(([pattern, rules]) => [anchoredPattern(pattern, root), rules])),
    }),
  };
}
