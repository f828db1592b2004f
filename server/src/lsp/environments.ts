/**
 * Which versions the open documents will meet. Found out beside the checking: what is known is used, and when more is known the documents
 * are looked at again.
 */
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { DidChangeWatchedFilesNotification, type Connection } from "vscode-languageserver/node";
import type { Configuration } from "../config/configuration.js";
import { scriptBlock } from "../environment/declared/scriptBlock.js";
import { nothingDetected, resolved, type Detection, type EnvironmentProblem, type ResolvedVersions } from "../environment/detection.js";
import { Detector, scriptDeclarations, type ScriptDeclarations } from "../environment/detector.js";
import { findInterpreter, type Interpreter } from "../environment/interpreter.js";
import { isWithin, searchFolders } from "../environment/searchFolders.js";
import { Versions } from "../environment/versions.js";
import type { ClientCapabilities } from "./clientCapabilities.js";
import type { Configurations } from "./configurations.js";
import { pathOf } from "./filePath.js";
import type { Log } from "./log.js";
import type { OpenDocument } from "./openDocument.js";
import { INTERPRETER_REQUEST, interpreterAnswer } from "./protocol/detectedVersions.js";

/** How long a check waits for what is being found out; a slow disk or a busy client must not keep it longer. In milliseconds. */
const PATIENCE = 400;

export interface EnvironmentSources {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly configurations: Configurations;
  readonly log: Log;
  /** What was late has arrived: the documents are to be looked at again. */
  readonly onLate: () => void;
}

/** What is known for the scripts of one folder. */
interface Known {
  detection: Detection;
  /** Under way, unless it is done. */
  reading: Promise<void> | undefined;
  /** A check went on without it. */
  isLate: boolean;
}

export class Environments {
  private readonly detector = new Detector({ environment: process.env, home: homedir() });
  private readonly known = new Map<string, Known>();
  private readonly blocks = new WeakMap<OpenDocument, { readonly toml: string; readonly declarations: ScriptDeclarations }>();
  private readonly watched = new Set<string>();

  constructor(private readonly sources: EnvironmentSources) {}

  /** Resolves when the versions of a document are known, or when it would take too long to wait for them. */
  async ready(document: OpenDocument): Promise<void> {
    await Promise.all([this.readBlock(document), this.waitFor(this.knownFor(document))]);
  }

  /** By what is known now. */
  resolved(document: OpenDocument, config: Configuration): ResolvedVersions {
    const script = this.blockOf(document);
    return resolved({ given: Versions.from(config.versions, "settings"), detection: this.detectionFor(document), ...(script && { script: script.layer }) });
  }

  detectionFor(document: OpenDocument): Detection {
    return this.known.get(keyOf(document))?.detection ?? nothingDetected;
  }

  problems(document: OpenDocument): readonly EnvironmentProblem[] {
    return [...this.detectionFor(document).problems, ...(this.blockOf(document)?.problems ?? [])];
  }

  /** Something has changed: it is found out again when it is next needed. Until then what was known counts. */
  lookAgain(): void {
    this.detector.lookAgain();
    for (const [key, { detection }] of this.known) this.known.set(key, { detection, reading: undefined, isLate: false });
    this.stale = new Set(this.known.keys());
  }

  private stale = new Set<string>();

  private knownFor(document: OpenDocument): Known {
    const key = keyOf(document);
    const before = this.known.get(key);
    if (before && !this.stale.delete(key)) return before;
    const known: Known = { detection: before?.detection ?? nothingDetected, reading: undefined, isLate: false };
    known.reading = this.read(document).then(
      (detection) => this.arrived(key, known, detection),
      (error: unknown) => {
        known.reading = undefined;
        this.sources.log.bug("finding out versions", error);
      },
    );
    this.known.set(key, known);
    return known;
  }

  private arrived(key: string, known: Known, detection: Detection): void {
    known.detection = detection;
    known.reading = undefined;
    this.watch(detection.interpreter?.packageFolders ?? []);
    // Overtaken: something changed while this was read, and it is being read again.
    if (known.isLate && this.known.get(key) === known) this.sources.onLate();
  }

  private async waitFor(known: Known): Promise<void> {
    if (!known.reading) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        known.isLate = true;
        resolve();
      }, PATIENCE);
    });
    await Promise.race([known.reading, patience]);
    clearTimeout(timer);
  }

  private async read({ uri }: OpenDocument): Promise<Detection> {
    const { configurations } = this.sources;
    const path = pathOf(uri);
    const [root] = configurations.roots;
    const folder = path === undefined ? root : dirname(path);
    const folders = folder === undefined ? [] : await searchFolders(folder, configurations.roots);
    return this.detector.detect({ folders, interpreter: await this.interpreterFor(uri, folders) });
  }

  private async interpreterFor(uri: string, folders: readonly string[]): Promise<Interpreter | undefined> {
    const { client, configurations, connection, log } = this.sources;
    if (client.tellsInterpreter) {
      try {
        return interpreterAnswer.parse(await connection.sendRequest<unknown>(INTERPRETER_REQUEST, { uri })) ?? undefined;
      } catch (error) {
        // The client's failure must not become ours: the project's files still speak.
        log.bug("the client did not tell the interpreter", error);
        return undefined;
      }
    }
    const { interpreter } = await configurations.editorSettings(uri);
    if (interpreter === "") return findInterpreter({ folders, environment: process.env, prefers: "project" });
    return { path: isAbsolute(interpreter) ? interpreter : join(folders.at(-1) ?? "", interpreter), source: "setting" };
  }

  /** Packages outside the workspace, which the client doesn't watch of itself. */
  private watch(folders: readonly string[]): void {
    const { client, configurations, connection, log } = this.sources;
    if (!client.watchesFiles || !client.relativePatterns) return;
    const outside = folders.filter((folder) => !this.watched.has(folder) && !configurations.roots.some((root) => isWithin(folder, root)));
    if (outside.length === 0) return;
    for (const folder of outside) this.watched.add(folder);
    const watchers = outside.map((folder) => ({ globPattern: { baseUri: pathToFileURL(folder).href, pattern: "*.dist-info" } }));
    log.background("watching packages", connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }

  private async readBlock(document: OpenDocument): Promise<void> {
    const block = scriptBlock(document.text);
    if (!block || this.blocks.get(document)?.toml === block.toml) return;
    const declarations = await scriptDeclarations(document.text);
    if (declarations) this.blocks.set(document, { toml: block.toml, declarations });
  }

  /** What the block says, if it has been read as it is now. */
  private blockOf(document: OpenDocument): ScriptDeclarations | undefined {
    const block = scriptBlock(document.text);
    const read = block && this.blocks.get(document);
    return read && read.toml === block.toml ? read.declarations : undefined;
  }
}

/** Documents of one folder have the same surroundings; one that is on no disk has its own. */
function keyOf({ uri }: OpenDocument): string {
  const path = pathOf(uri);
  return path === undefined || basename(path) === "" ? uri : dirname(path);
}
