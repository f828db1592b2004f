/** Which configuration holds for which file: the command line before the configuration file before the defaults. */
import { readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { RuleId } from "../../server/src/analysis/finding.js";
import { defaultConfiguration, type Configuration } from "../../server/src/config/configuration.js";
import { findConfiguration, readConfiguration, type ConfigurationCache, type FoundConfiguration } from "../../server/src/config/findConfiguration.js";
import { didYouMean } from "../../server/src/config/nearestName.js";
import { Versions } from "../../server/src/environment/versions.js";
import { LineIndex } from "../../server/src/syntax/text.js";
import type { ParsedArguments } from "./arguments/parse.js";
import { parseVersionList } from "./arguments/versionList.js";
import { reasonOf } from "./files/readSource.js";
import { Mistake } from "./mistake.js";

export interface FileSettings {
  readonly configuration: Configuration;
  /** The versions that the command line or the configuration file names; what isn't named is to be found out (`environments.ts`). */
  readonly given: Versions;
}

export class Configurations {
  private readonly cache: ConfigurationCache = new Map();
  private readonly settings = new Map<FoundConfiguration | undefined, FileSettings>();
  private readonly problems = new Set<FoundConfiguration>();

  private constructor(
    private readonly args: ParsedArguments,
    private readonly ruleIds: readonly RuleId[],
    private readonly chosen: FoundConfiguration | undefined,
    private readonly select: readonly string[] | undefined,
    private readonly ignore: readonly string[] | undefined,
    private readonly versions: Readonly<Record<string, string>> | undefined,
  ) {}

  /** @throws Mistake where the options are wrong, or the file of `--config` is. */
  static async from(args: ParsedArguments, cwd: string, ruleIds: readonly RuleId[]): Promise<Configurations> {
    const select = checkedSelectors("select", args.list("select"), ruleIds);
    const ignore = checkedSelectors("ignore", args.list("ignore"), ruleIds);
    const versions = args.has("versions") ? parseVersionList(args.all("versions")) : undefined;
    const file = args.value("config");
    if (file !== undefined && args.has("isolated")) throw new Mistake("--config and --isolated contradict each other.");
    const chosen = file === undefined ? undefined : await readChosen(resolve(cwd, file), file, cwd, ruleIds);
    const configurations = new Configurations(args, ruleIds, chosen, select, ignore, versions);
    if (chosen) configurations.note(chosen);
    return configurations;
  }

  /** What holds for a file. */
  async of(path: string): Promise<FileSettings> {
    const found = await this.fileFor(path);
    let settings = this.settings.get(found);
    if (!settings) {
      settings = await this.merged(found);
      this.settings.set(found, settings);
    }
    return settings;
  }

  /** What holds for a file, with `per-file-ignores` applied. */
  async ofFile(path: string): Promise<FileSettings> {
    const settings = await this.of(path);
    if (Object.keys(settings.configuration.perFileIgnores).length === 0) return settings;
    const { configurationForFile } = await import("../../server/src/config/globs.js");
    return { ...settings, configuration: configurationForFile(path, settings.configuration) };
  }

  async isExcluded(path: string): Promise<boolean> {
    const { configuration } = await this.of(path);
    if (configuration.exclude.length === 0) return false;
    const { isExcluded } = await import("../../server/src/config/globs.js");
    return isExcluded(path, configuration);
  }

  /** @throws Mistake that names every problem of the configuration files asked for so far. */
  throwIfProblems(shown: (path: string) => string): void {
    const lines = [...this.problems].flatMap(({ path, text, problems }) => {
      const index = new LineIndex(text);
      return problems.map(({ message, range }) => {
        const { row, column } = index.rowColumn(range.start);
        return `${shown(path)}:${row}:${column}: ${message}`;
      });
    });
    if (lines.length > 0) throw new Mistake(lines.join("\n"));
  }

  private async fileFor(path: string): Promise<FoundConfiguration | undefined> {
    if (this.chosen || this.args.has("isolated")) return this.chosen;
    const found = await findConfiguration(path, readText, this.ruleIds, this.cache);
    if (found) this.note(found);
    return found;
  }

  private note(found: FoundConfiguration): void {
    if (found.problems.length > 0) this.problems.add(found);
  }

  private async merged(found: FoundConfiguration | undefined): Promise<FileSettings> {
    let configuration = defaultConfiguration;
    if (found) {
      const { mergeLayers } = await import("../../server/src/config/layers.js");
      configuration = mergeLayers(found.configuration);
    }
    configuration = withRuleOptions(configuration, this.select, this.ignore);
    const given = this.versions ? Versions.from(this.versions, "--versions") : Versions.from(configuration.versions, found ? basename(found.path) : "");
    return { configuration: { ...configuration, versions: this.versions ?? configuration.versions }, given };
  }
}

/** `--select` starts afresh; `--ignore` takes away from what is on, whatever the configuration selects. */
export function withRuleOptions(configuration: Configuration, select: readonly string[] | undefined, ignore: readonly string[] | undefined): Configuration {
  if (select) return { ...configuration, select, ignore: ignore ?? [] };
  if (!ignore) return configuration;
  const { select: selected, ...rest } = configuration;
  const isGone = (selector: string): boolean => [selector, selector.split("/", 1)[0], "ALL"].some((name) => name !== undefined && ignore.includes(name));
  return { ...rest, ignore: [...configuration.ignore, ...ignore], ...(selected && { select: selected.filter((selector) => !isGone(selector)) }) };
}

function checkedSelectors(option: string, selectors: readonly string[] | undefined, ruleIds: readonly RuleId[]): readonly string[] | undefined {
  const isKnown = (selector: string): boolean => selector === "ALL" || ruleIds.some((id) => id === selector || id.startsWith(`${selector}/`));
  for (const selector of selectors ?? []) {
    if (isKnown(selector)) continue;
    const known = [...new Set([...ruleIds, ...ruleIds.map((id) => id.slice(0, id.indexOf("/"))), "ALL"])];
    throw new Mistake(`--${option}: unknown rule or library "${selector}".${didYouMean(selector, known) || ' "hf-preflight rule --all" lists the rules.'}`);
  }
  return selectors;
}

async function readChosen(path: string, written: string, cwd: string, ruleIds: readonly RuleId[]): Promise<FoundConfiguration> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Mistake(`--config: can't read ${written}: ${reasonOf(error)}.`);
  }
  const kind = basename(path) === "pyproject.toml" ? "pyproject.toml" : "hf-preflight.toml";
  const found = await readConfiguration(path, text, kind, ruleIds, cwd);
  if (!found) throw new Mistake(`--config: ${written} has no [tool.hf-preflight].`);
  return found;
}

/** Without an exception for each folder that has no configuration file. */
function readText(path: string): string | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Mistake(`Can't read ${path}: ${reasonOf(error)}.`);
  }
}
