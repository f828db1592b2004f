/** Reads the text of a configuration file: what it says, and what is wrong with it and where. Pure; findConfiguration.ts reads disks. */
import { parse, TomlError } from "smol-toml";
import type * as z from "zod/mini";
import type { RuleId, Severity } from "../analysis/finding.js";
import { isLibrary, libraries, NOT_INSTALLED } from "../environment/versions.js";
import { VersionRange } from "../environment/pep440.js";
import type { ConfigurationLayer } from "./layers.js";
import { didYouMean } from "./nearestName.js";
import { fileKey, fileSettings, settingsSchema, type FileSetting } from "./settings.js";
import { entryAt, tomlEntries, type TextRange, type TomlEntry } from "./tomlRanges.js";

/** `hf-preflight.toml` holds the keys at its top, `pyproject.toml` in `[tool.hf-preflight]`. */
export type ConfigurationFileKind = "hf-preflight.toml" | "pyproject.toml";

export interface ConfigurationProblem {
  /** A full sentence, ready to show. */
  readonly message: string;
  /** The key or the value that it is about, in the text of the file. */
  readonly range: TextRange;
}

export interface ParsedConfigurationFile {
  /** What the file says, without what is wrong with it; undefined where it isn't TOML at all. Patterns as written. */
  readonly configuration: ConfigurationLayer | undefined;
  readonly problems: readonly ConfigurationProblem[];
}

const tablePath = ["tool", "hf-preflight"] as const;
const keys = new Map(fileSettings.map((name) => [fileKey(name), name]));

/**
 * @param ruleIds the rules that exist; selectors are checked against them and their libraries.
 * @returns undefined for a pyproject.toml without our table: it doesn't speak of us.
 */
export function parseConfigurationFile(text: string, kind: ConfigurationFileKind, ruleIds: readonly RuleId[]): ParsedConfigurationFile | undefined {
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  let document: unknown;
  try {
    document = parse(text.slice(mark));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    if (kind === "pyproject.toml" && !/^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*["']?hf-preflight["']?[ \t]*[\].]/m.test(text)) return undefined;
    return { configuration: undefined, problems: [syntaxProblem(error, text)] };
  }
  const path = kind === "pyproject.toml" ? tablePath : [];
  const table = path.reduce<unknown>((value, key) => (isTable(value) ? value[key] : undefined), document);
  if (table === undefined) return undefined;
  const entries = tomlEntries(text);
  if (!isTable(table)) {
    return { configuration: {}, problems: [{ message: "`tool.hf-preflight` must be a table.", range: rangeOf(entries, path, "value") }] };
  }
  return new TableReader(entries, path, kind, ruleIds).read(table);
}

/** The words that stand for rules: their ids, their libraries, `ALL`. */
export function selectorsFor(ruleIds: readonly RuleId[]): string[] {
  return [...new Set([...ruleIds, ...ruleIds.map((id) => id.slice(0, id.indexOf("/"))), "ALL"])];
}

class TableReader {
  private readonly problems: ConfigurationProblem[] = [];
  private readonly selectors: readonly string[];

  constructor(
    private readonly entries: readonly TomlEntry[],
    private readonly path: readonly string[],
    private readonly kind: ConfigurationFileKind,
    ruleIds: readonly RuleId[],
  ) {
    this.selectors = selectorsFor(ruleIds);
  }

  read(table: Readonly<Record<string, unknown>>): ParsedConfigurationFile {
    const layer: { -readonly [Key in FileSetting]?: unknown } = {};
    for (const [key, value] of Object.entries(table)) {
      const name = keys.get(key);
      if (name) {
        const checked = this.check(name, key, value);
        if (checked !== undefined) layer[name] = checked;
      } else this.unknownKey(key);
    }
    const order = (a: ConfigurationProblem, b: ConfigurationProblem): number => a.range.start - b.range.start;
    return { configuration: this.checkNames(layer as ConfigurationLayer), problems: this.problems.sort(order) };
  }

  private unknownKey(key: string): void {
    const misplaced = key === "tool" && this.kind === "hf-preflight.toml";
    const hint = misplaced
      ? " In hf-preflight.toml the settings stand at the top, without [tool.hf-preflight]."
      : didYouMean(key, [...keys.keys()]) || ` The settings are ${[...keys.keys()].join(", ")}.`;
    this.problem(`Unknown setting "${key}".${hint}`, [key], "key");
  }

  /** The value if it has the right type. */
  private check(name: FileSetting, key: string, value: unknown): unknown {
    const schema: z.ZodMiniType = settingsSchema.shape[name];
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const path = [key, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
      this.problem(`\`${path.filter((part) => typeof part === "string").join(".")}\` ${issue.message}.`, path, "value");
    }
    return undefined;
  }

  /** Leaves out what names no rule and no library. */
  private checkNames(layer: ConfigurationLayer): ConfigurationLayer {
    const { select, ignore, severity, perFileIgnores, versions, ...rest } = layer;
    return {
      ...rest,
      ...(select && { select: this.knownSelectors(select, ["select"]) }),
      ...(ignore && { ignore: this.knownSelectors(ignore, ["ignore"]) }),
      ...(severity && { severity: this.knownSeverities(severity) }),
      ...(perFileIgnores && {
        perFileIgnores: Object.fromEntries(
          Object.entries(perFileIgnores).map(([pattern, rules]) => [pattern, this.knownSelectors(rules, ["per-file-ignores", pattern])]),
        ),
      }),
      ...(versions && { versions: this.knownVersions(versions) }),
    };
  }

  private knownSelectors(written: readonly string[], path: readonly string[]): string[] {
    return written.filter((selector, index) => this.isSelector(selector, [...path, index], "value"));
  }

  private knownSeverities(written: Readonly<Record<string, Severity>>): Record<string, Severity> {
    return Object.fromEntries(Object.entries(written).filter(([selector]) => this.isSelector(selector, ["severity", selector], "key")));
  }

  private isSelector(selector: string, path: readonly (string | number)[], part: "key" | "value"): boolean {
    if (this.selectors.includes(selector)) return true;
    const kind = selector.includes("/") ? "rule" : "rule or library";
    this.problem(`Unknown ${kind} "${selector}".${didYouMean(selector, this.selectors)}`, path, part);
    return false;
  }

  private knownVersions(written: Readonly<Record<string, string>>): Record<string, string> {
    const known = Object.entries(written).filter(([library, range]) => {
      const message = versionProblem(library, range);
      if (message) this.problem(message.text, ["versions", library], message.about);
      return !message;
    });
    return Object.fromEntries(known);
  }

  private problem(message: string, path: readonly (string | number)[], part: "key" | "value"): void {
    this.problems.push({ message, range: rangeOf(this.entries, [...this.path, ...path], part) });
  }
}

/** What is wrong with one entry of `versions`, if anything; the terminal's `--versions` asks too. */
export function versionProblem(library: string, range: string): { readonly text: string; readonly about: "key" | "value" } | undefined {
  if (!isLibrary(library)) return { text: `Unknown library "${library}".${didYouMean(library, libraries)}`, about: "key" };
  if (range === NOT_INSTALLED) return undefined;
  const parsed = VersionRange.parse(range);
  if (!parsed) return { text: `"${range}" is no version or range of ${library}; write it like "4.46.3" or ">=4.46,<5".`, about: "value" };
  if (parsed.isEmpty) return { text: `No version of ${library} can be "${range}".`, about: "value" };
  return undefined;
}

function rangeOf(entries: readonly TomlEntry[], path: readonly (string | number)[], part: "key" | "value"): TextRange {
  return entryAt(entries, path)?.[part] ?? { start: 0, end: 0 };
}

/** The parser's own words for the mistake, from where it stopped to the end of that line. */
function syntaxProblem(error: TomlError, text: string): ConfigurationProblem {
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const lines = text.slice(mark).split("\n");
  const lineStart = lines.slice(0, error.line - 1).reduce((offset, line) => offset + line.length + 1, mark);
  const line = (lines[error.line - 1] ?? "").replace(/\r$/, "");
  const start = Math.min(lineStart + Math.max(0, error.column - 1), lineStart + line.length);
  const end = Math.max(lineStart + line.trimEnd().length, start);
  const detail = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "").replace(/\.?$/, ".");
  return { message: `Not valid TOML: ${detail}`, range: end > start ? { start, end } : { start: lineStart, end } };
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
