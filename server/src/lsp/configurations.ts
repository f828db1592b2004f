/**
 * Which configuration holds for which document: the editor's settings and the nearest configuration file, merged by preference. A file
 * that is broken keeps what it last said.
 */
import { readFile } from "node:fs/promises";
import { sep } from "node:path";
import type { Connection, WorkspaceFolder, WorkspaceFoldersChangeEvent } from "vscode-languageserver/node";
import type { RuleId } from "../analysis/finding.js";
import type { Configuration } from "../config/configuration.js";
import { parseEditorSettings, type EditorSettings } from "../config/editorSettings.js";
import { findConfiguration, type ConfigurationCache } from "../config/findConfiguration.js";
import { configurationForFile, isExcluded } from "../config/globs.js";
import { anchoredLayer, mergeByPreference, type ConfigurationLayer } from "../config/layers.js";
import { ConfigurationProblems } from "./configurationProblems.js";
import { pathOf } from "./filePath.js";
import type { Log } from "./log.js";

/** The section of the editor's settings that is ours. */
export const SECTION = "hfPreflight";

export interface ConfigurationSources {
  readonly connection: Connection;
  readonly log: Log;
  /** Whether the client answers `workspace/configuration`; else `settings` hold, and what it sends later. */
  readonly asksClient: boolean;
  readonly settings: unknown;
  readonly folders: readonly WorkspaceFolder[];
  readonly ruleIds: readonly RuleId[];
}

export class Configurations {
  private readonly problems: ConfigurationProblems;
  private readonly lastGood = new Map<string, ConfigurationLayer>();
  private readonly settingsByFolder = new Map<string, Promise<EditorSettings>>();
  private files: ConfigurationCache = new Map();
  private folders: readonly WorkspaceFolder[];
  private settings: unknown;

  constructor(private readonly sources: ConfigurationSources) {
    this.settings = sources.settings;
    this.folders = sources.folders;
    this.problems = new ConfigurationProblems(sources.connection, readText, sources.ruleIds);
  }

  /** The paths of the workspace's folders. */
  get roots(): readonly string[] {
    return this.folders.flatMap(({ uri }) => pathOf(uri) ?? []);
  }

  /** The configuration for a document; undefined where it is not to be checked. */
  async of(uri: string): Promise<Configuration | undefined> {
    const path = pathOf(uri);
    const folder = path === undefined ? undefined : this.folderOf(path);
    const editor = await this.editorSettingsFor(folder);
    if (!editor.enable) return undefined;
    const folderPath = folder && pathOf(folder.uri);
    const own = folderPath === undefined ? editor.configuration : anchoredLayer(editor.configuration, folderPath);
    if (path === undefined) return mergeByPreference(own, undefined, editor.configurationPreference);
    const file = editor.configurationPreference === "editorOnly" ? undefined : await this.fileFor(path);
    const merged = mergeByPreference(own, file, editor.configurationPreference);
    return isExcluded(path, merged) ? undefined : configurationForFile(path, merged);
  }

  /** The editor's settings for a document. */
  editorSettings(uri: string): Promise<EditorSettings> {
    const path = pathOf(uri);
    return this.editorSettingsFor(path === undefined ? undefined : this.folderOf(path));
  }

  /** Something has changed: settings and files are read again when they are next needed. */
  readAgain(): void {
    this.files = new Map();
    this.settingsByFolder.clear();
    this.sources.log.background("configuration files", this.problems.lookAgain());
  }

  /** The settings that a client sent of its own accord. One that answers questions is asked instead. */
  settingsSent(sent: unknown): void {
    if (this.sources.asksClient || typeof sent !== "object" || sent === null) return;
    if (SECTION in sent) this.settings = (sent as Readonly<Record<string, unknown>>)[SECTION];
  }

  foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set([...removed, ...added].map(({ uri }) => uri));
    this.folders = [...this.folders.filter(({ uri }) => !gone.has(uri)), ...added];
  }

  /** The innermost folder of the workspace around a file. */
  private folderOf(path: string): WorkspaceFolder | undefined {
    const around = this.folders.filter(({ uri }) => {
      const folder = pathOf(uri);
      return folder !== undefined && path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    });
    return around.sort((a, b) => b.uri.length - a.uri.length)[0];
  }

  private editorSettingsFor(folder: WorkspaceFolder | undefined): Promise<EditorSettings> {
    const key = folder?.uri ?? "";
    let settings = this.settingsByFolder.get(key);
    if (!settings) {
      settings = this.readEditorSettings(folder);
      this.settingsByFolder.set(key, settings);
    }
    return settings;
  }

  private async readEditorSettings(folder: WorkspaceFolder | undefined): Promise<EditorSettings> {
    const { asksClient, log } = this.sources;
    const sent = asksClient ? await this.askClient(folder) : this.settings;
    const { settings, problems } = parseEditorSettings(sent);
    for (const problem of problems) log.warnOnce(problem);
    return settings;
  }

  private async askClient(folder: WorkspaceFolder | undefined): Promise<unknown> {
    const { connection, log, settings } = this.sources;
    try {
      const answer: unknown = await connection.workspace.getConfiguration({ section: SECTION, ...(folder ? { scopeUri: folder.uri } : {}) });
      return answer;
    } catch (error) {
      // The client's failure must not become ours: what it said at the start holds.
      log.bug("the client did not tell its settings", error);
      return settings;
    }
  }

  private async fileFor(path: string): Promise<ConfigurationLayer | undefined> {
    const found = await findConfiguration(path, readText, this.sources.ruleIds, this.files);
    if (!found) return undefined;
    this.problems.show(found);
    if (found.configuration) this.lastGood.set(found.path, found.configuration);
    return found.configuration ?? this.lastGood.get(found.path);
  }
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
