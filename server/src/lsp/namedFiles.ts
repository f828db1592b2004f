/**
 * The files that open scripts name (a DeepSpeed configuration): their texts, from the editor where it has them open, else from the disk. They
 * are read beside the checking, each again only when somebody says that it may have changed; a check uses what is known by then.
 */
import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import {
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  TextDocumentSyncKind,
  type Connection,
  type TextDocuments,
} from "vscode-languageserver/node";
import type { ScriptFile, ScriptFiles } from "../analysis/scriptFile.js";
import { candidatePaths, MOST_NAMED_BYTES, runFolders, shownFolders } from "../environment/namedFiles.js";
import { mayNameFiles, namedFiles } from "../rules/namedFiles.js";
import type { Script } from "../script/script.js";
import type { ClientCapabilities } from "./clientCapabilities.js";
import type { Configurations } from "./configurations.js";
import { pathOf } from "./filePath.js";
import type { Log } from "./log.js";
import type { OpenDocument } from "./openDocument.js";

/** How long a check waits for the disk. In milliseconds. */
const PATIENCE = 400;

/** Typing in a configuration looks at its scripts again when it pauses. In milliseconds. */
const PAUSE = 160;

export interface NamedFileSources {
  readonly connection: Connection;
  readonly documents: TextDocuments<OpenDocument>;
  readonly client: ClientCapabilities;
  readonly configurations: Configurations;
  readonly log: Log;
  readonly scriptOf: (document: OpenDocument) => Script;
  /** The scripts are to be looked at again. */
  readonly onChange: () => void;
}

/** What is at a path on the disk. */
type Content = { readonly text: string } | "nothing" | "unreadable";

interface OnDisk {
  /** Undefined until it has been read once; while it is read again the old one counts. */
  content: Content | undefined;
  /** Under way, unless it is done. */
  reading: Promise<void> | undefined;
  /** It may have changed since it was read. */
  isStale: boolean;
  /** A check went on without it. */
  isLate: boolean;
}

const NONE: ScriptFiles = new Map();

export class NamedFiles {
  private readonly disk = new Map<string, OnDisk>();
  /** The same object for the same text, so that what was made of it is found again. */
  private readonly files = new Map<string, Extract<ScriptFile, { state: "read" }>>();
  private readonly watched = new Set<string>();
  /** Counts the changes of all texts. */
  private changes = 0;
  private pause: NodeJS.Timeout | undefined;

  constructor(private readonly sources: NamedFileSources) {}

  /** Changes whenever one of the texts does that a document may name; "" for the many that name none. */
  key({ text }: OpenDocument): string {
    return mayNameFiles(text) ? String(this.changes) : "";
  }

  /** Resolves when the files of a script are read, or when it would take too long to wait for them. */
  async ready(document: OpenDocument): Promise<void> {
    if (!mayNameFiles(document.text)) return;
    const paths = this.namesIn(document).flatMap((name) => candidatePaths(name, this.foldersOf(document)));
    if (paths.length === 0) return;
    this.watch(paths);
    const late = paths.map((path) => this.onDisk(path)).filter(({ reading }) => reading !== undefined);
    if (late.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        for (const each of late) each.isLate = each.reading !== undefined;
        resolve();
      }, PATIENCE);
    });
    await Promise.race([Promise.all(late.map(({ reading }) => reading)), patience]);
    clearTimeout(timer);
  }

  /** What is known of the files that a script names. */
  of(document: OpenDocument, script = this.sources.scriptOf(document)): ScriptFiles {
    if (!mayNameFiles(script.text)) return NONE;
    const folders = this.foldersOf(document);
    return new Map(
      namedFiles(script).flatMap((name) => {
        const file = this.find(name, folders);
        return file ? [[name, file]] : [];
      }),
    );
  }

  /** Whether a document is such a file, and none that is checked itself. */
  isNamed({ uri }: OpenDocument): boolean {
    return this.watched.has(pathOf(uri) ?? "");
  }

  /** A document was opened, edited or closed. */
  documentChanged(document: OpenDocument): void {
    if (!this.isNamed(document)) return;
    this.changes++;
    clearTimeout(this.pause);
    this.pause = setTimeout(this.sources.onChange, PAUSE);
  }

  /** Something on the disk has changed. @returns whether it concerns a file that a script names. */
  changedOnDisk(path: string): boolean {
    if (!this.watched.has(path)) return false;
    const known = this.disk.get(path);
    if (known) known.isStale = true;
    return true;
  }

  /** Everything is read again when it is next needed. Until then what was known counts. */
  lookAgain(): void {
    for (const known of this.disk.values()) known.isStale = true;
  }

  dispose(): void {
    clearTimeout(this.pause);
  }

  private namesIn(document: OpenDocument): readonly string[] {
    return namedFiles(this.sources.scriptOf(document));
  }

  private foldersOf({ uri }: OpenDocument): readonly string[] {
    return runFolders(pathOf(uri), this.sources.configurations.roots);
  }

  /** Undefined while one of the places that come first has not been looked at. */
  private find(name: string, folders: readonly string[]): ScriptFile | undefined {
    for (const path of candidatePaths(name, folders)) {
      const content = this.openText(path) ?? this.disk.get(path)?.content;
      if (content === undefined) return undefined;
      if (content === "nothing") continue;
      return content === "unreadable" ? { state: "unreadable" } : this.read(path, name, content.text);
    }
    return { state: "missing", looked: shownFolders(name, folders), isCertain: false };
  }

  private read(path: string, name: string, text: string): ScriptFile {
    const key = `${path}\0${name}`;
    let file = this.files.get(key);
    if (file?.file.text !== text) {
      file = { state: "read", file: { path, name, text } };
      this.files.set(key, file);
    }
    return file;
  }

  /** What somebody types counts, saved or not. */
  private openText(path: string): { readonly text: string } | undefined {
    return this.sources.documents.all().find(({ uri }) => pathOf(uri) === path);
  }

  private onDisk(path: string): OnDisk {
    let known = this.disk.get(path);
    if (!known) {
      known = { content: undefined, reading: undefined, isStale: true, isLate: false };
      this.disk.set(path, known);
    }
    if (known.isStale && !known.reading) this.startReading(path, known);
    return known;
  }

  private startReading(path: string, known: OnDisk): void {
    known.isStale = false;
    known.reading = contentOf(path).then(
      (content) => {
        known.reading = undefined;
        if (!isSame(known.content, content)) this.changes++;
        known.content = content;
        // Changed while it was read: that is not what is there now.
        if (known.isStale) this.startReading(path, known);
        else if (known.isLate) this.sources.onChange();
        known.isLate = false;
      },
      (error: unknown) => {
        known.reading = undefined;
        this.sources.log.bug(`reading ${path}`, error);
      },
    );
  }

  /** From now on the client tells of these files: of edits while they are open, and of what happens to them on the disk. */
  private watch(paths: readonly string[]): void {
    const { client, connection, log } = this.sources;
    const fresh = paths.filter((path) => !this.watched.has(path));
    if (fresh.length === 0) return;
    for (const path of fresh) this.watched.add(path);
    if (client.watchesFiles) {
      const watchers = fresh.map((path) => ({
        globPattern: client.relativePatterns ? { baseUri: pathToFileURL(dirname(path)).href, pattern: globbed(basename(path)) } : `**/${globbed(basename(path))}`,
      }));
      log.background("watching named files", connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (client.registersDocuments) {
      const documentSelector = fresh.map((path) => ({ scheme: "file", pattern: globbed(path.replace(/\\/g, "/")) }));
      log.background(
        "following named files",
        Promise.all([
          connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector }),
          connection.client.register(DidChangeTextDocumentNotification.type, { documentSelector, syncKind: TextDocumentSyncKind.Incremental }),
          connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector }),
        ]),
      );
    }
  }
}

/** A path as a glob that matches nothing else. */
function globbed(path: string): string {
  return path.replace(/[[\]{}*?]/g, "[$&]");
}

function isSame(a: Content | undefined, b: Content): boolean {
  return typeof a === "object" && typeof b === "object" ? a.text === b.text : a === b;
}

async function contentOf(path: string): Promise<Content> {
  try {
    const { size, isFile } = await statOf(path);
    // A pipe would wait for its writer.
    if (!isFile || size > MOST_NAMED_BYTES) return "unreadable";
    const text = await readFile(path, "utf8");
    return text.includes("\0") ? "unreadable" : { text };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "ENOENT" || error.code === "ENOTDIR" ? "nothing" : "unreadable";
  }
}

async function statOf(path: string): Promise<{ readonly size: number; readonly isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}
