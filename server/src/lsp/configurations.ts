/**
 * Which configuration holds for which document: the editor's settings and the nearest configuration file, merged by preference. A file
 * that is broken keeps what it last said, and the problem is shown in it.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DiagnosticSeverity, type Connection, type Diagnostic } from "vscode-languageserver/node";
import type { RuleId } from "../analysis/finding.js";
import { defaultConfiguration, type Configuration } from "../config/configuration.js";
import { parseEditorSettings, type EditorSettings } from "../config/editorSettings.js";
import { findConfiguration, type ConfigurationCache, type FoundConfiguration } from "../config/findConfiguration.js";
import { configurationForFile, isExcluded } from "../config/globs.js";
import { anchoredLayer, mergeByPreference, type ConfigurationLayer } from "../config/layers.js";
import { LineIndex } from "../syntax/text.js";
import { SOURCE, rangeOf } from "./conversion.js";

/** What holds for one document; undefined where it is not to be checked. */
export type DocumentConfiguration = Configuration | undefined;

export const SECTION = "hfPreflight";

export interface ConfigurationSources {
  readonly connection: Connection;
  /** Whether the client answers `workspace/configuration`; else `initialSettings` hold. */
  readonly asksClient: boolean;
  readonly initialSettings: unknown;
  readonly ruleIds: readonly RuleId[];
  readonly log: (message: string) => void;
}

export class Configurations {
  /** Goes up with every change, so that results computed before it are known to be old. */
  epoch = 0;
  /** Absolute paths of the workspace's folders. */
  folders: readonly string[] = [];
  private settings: unknown;
  private files: ConfigurationCache = new Map();
  private readonly editorSettings = new Map<string, Promise<EditorSettings>>();
  private readonly lastGood = new Map<string, ConfigurationLayer>();
  private readonly published = new Set<string>();
  private readonly told = new Set<string>();

  constructor(private readonly sources: ConfigurationSources) {
    this.settings = sources.initialSettings;
  }

  /** Something changed: everything is read again when it is next asked for. `settings` are those of a client that pushes them. */
  changed(settings?: unknown): void {
    this.epoch++;
    this.files = new Map();
    this.editorSettings.clear();
    if (settings !== undefined && settings !== null) this.settings = settings;
  }

  async of(uri: string): Promise<DocumentConfiguration> {
    const editor = await this.editorSettingsOf(uri);
    if (!editor.enable) return undefined;
    const path = pathOf(uri);
    if (path === undefined) return { ...defaultConfiguration, ...editor.configuration };
    const found = editor.configurationPreference === "editorOnly" ? undefined : await this.fileFor(path);
    const folder = this.folders.filter((each) => path.startsWith(each)).sort((a, b) => b.length - a.length)[0];
    const layer = folder === undefined ? editor.configuration : anchoredLayer(editor.configuration, folder);
    const merged = mergeByPreference(layer, found, editor.configurationPreference);
    return isExcluded(path, merged) ? undefined : configurationForFile(path, merged);
  }

  private editorSettingsOf(uri: string): Promise<EditorSettings> {
    const folder = this.folders.find((each) => pathOf(uri)?.startsWith(each)) ?? "";
    let settings = this.editorSettings.get(folder);
    if (!settings) {
      settings = this.readEditorSettings(uri);
      this.editorSettings.set(folder, settings);
    }
    return settings;
  }

  private async readEditorSettings(uri: string): Promise<EditorSettings> {
    const sent: unknown = this.sources.asksClient
      ? await this.sources.connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION })
      : this.settings;
    const { settings, problems } = parseEditorSettings(sent);
    for (const problem of problems) if (!this.told.has(problem)) this.sources.log(problem);
    for (const problem of problems) this.told.add(problem);
    return settings;
  }

  private async fileFor(path: string): Promise<ConfigurationLayer | undefined> {
    const found = await findConfiguration(path, readText, this.sources.ruleIds, this.files);
    if (!found) return undefined;
    this.publish(found);
    if (found.configuration) this.lastGood.set(found.path, found.configuration);
    return found.configuration ?? this.lastGood.get(found.path);
  }

  /** A problem in a configuration file is shown where it is, and taken back when it is gone. */
  private publish({ path, text, problems }: FoundConfiguration): void {
    if (problems.length === 0 && !this.published.has(path)) return;
    const lines = new LineIndex(text);
    const diagnostics = problems.map(
      ({ message, range }): Diagnostic => ({ range: rangeOf(lines, range), severity: DiagnosticSeverity.Error, source: SOURCE, code: "configuration", message }),
    );
    if (problems.length === 0) this.published.delete(path);
    else this.published.add(path);
    void this.sources.connection.sendDiagnostics({ uri: pathToFileURL(path).href, diagnostics });
  }
}

function pathOf(uri: string): string | undefined {
  return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    // No such file, or none that may be read: there is no configuration here.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
