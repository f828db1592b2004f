/** Document -> findings, with everything around it: the gates, the configuration, the versions, the rules. */
import { createHash, randomUUID } from "node:crypto";
import { analyze } from "../analysis/analyze.js";
import type { Finding } from "../analysis/finding.js";
import type { Rule } from "../analysis/rule.js";
import type { ScriptFiles } from "../analysis/scriptFile.js";
import type { Configuration } from "../config/configuration.js";
import type { Versions } from "../environment/versions.js";
import { mayImportLibrary } from "../features/textGate.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import { Script } from "../script/script.js";
import type { FlatTree } from "../syntax/flatTree.js";
import type { PythonParser } from "../syntax/parser.js";
import type { Log } from "./log.js";
import type { Machine } from "./machine.js";
import type { OpenDocument } from "./openDocument.js";

/** No training script is this long; what is, is generated data, and parsing it would hold up everything else. In UTF-16 code units. */
const LARGEST_TEXT = 2_000_000;

/** Documents whose trees are kept between edits; the others are parsed afresh when they come back. */
export const TREES_KEPT = 8;

/** What a script is judged by. */
export interface Judges {
  readonly rules: readonly Rule[];
  readonly knowledge: Knowledge;
}

/** The versions that a document's script may meet, as far as they are known now. */
export type VersionsOf = (document: OpenDocument, config: Configuration) => Versions;

/** The files that scripts name, as far as they are known now. */
export interface FilesOf {
  /** Changes whenever a text does that the document's script may name. */
  key(document: OpenDocument): string;
  of(document: OpenDocument, script: Script): ScriptFiles;
}

export interface Checked {
  /** The same exactly when text, configuration, versions, hardware, named files and rules are: what the protocol calls a `resultId`. */
  readonly id: string;
  readonly findings: readonly Finding[];
}

const neverCancelled = (): boolean => false;

export class Checker {
  /** The last result of each document, dropped with it. */
  private readonly results = new WeakMap<OpenDocument, Checked>();
  /** The most recently used first. */
  private readonly recent: OpenDocument[] = [];
  private readonly serials = new WeakMap<OpenDocument, string>();

  constructor(
    private readonly parser: PythonParser,
    private readonly judges: Judges,
    private readonly machine: Machine,
    readonly versionsOf: VersionsOf,
    private readonly filesOf: FilesOf,
    private readonly log: Log,
  ) {}

  /** Whether a document is looked at at all: Python, of a sensible size, and it may import one of the libraries. */
  isChecked({ uri, languageId, text }: OpenDocument): boolean {
    // A notebook's cell knows nothing of the cells above it; half a script would be judged.
    if (languageId !== "python" || uri.startsWith("vscode-notebook-cell:")) return false;
    if (text.length <= LARGEST_TEXT) return mayImportLibrary(text);
    this.log.warnOnce(`${uri} is longer than ${LARGEST_TEXT.toLocaleString("en")} characters and is not checked.`);
    return false;
  }

  /** Names the result of a check without running it. */
  resultId(document: OpenDocument, config: Configuration | undefined): string {
    const versions = config && this.versionsOf(document, config).key;
    return createHash("sha1").update(`${this.serialOf(document)}\n${document.revision}\n${JSON.stringify(config)}\n${versions}\n${this.machine.hardware.gpus.join(";")}\n${this.filesOf.key(document)}`).digest("base64url");
  }

  /** Undefined when it was cancelled on the way: then nothing is known. No configuration means that the document is left out. */
  check(document: OpenDocument, config: Configuration | undefined, isCancelled = neverCancelled): Checked | undefined {
    const id = this.resultId(document, config);
    if (!config || !this.isChecked(document)) return { id, findings: [] };
    const known = this.results.get(document);
    if (known?.id === id) return known;
    let wasCancelled = false;
    const findings = this.analyzed(this.script(document), document, config, () => (wasCancelled ||= isCancelled()));
    if (wasCancelled) return undefined;
    const checked = { id, findings };
    this.results.set(document, checked);
    return checked;
  }

  /** The findings of a document's current text. */
  findings(document: OpenDocument, config: Configuration | undefined): readonly Finding[] {
    return this.check(document, config)?.findings ?? [];
  }

  /** Reads a text that is in no editor. */
  parse(text: string): FlatTree {
    return this.parser.parse(text);
  }

  script(document: OpenDocument): Script {
    this.touch(document);
    return document.script(this.parser);
  }

  /** The findings that a document would have with another text: a step of fix-all. */
  findingsOf(text: string, document: OpenDocument, config: Configuration): readonly Finding[] {
    return mayImportLibrary(text) ? this.analyzed(new Script(this.parser.parse(text)), document, config, neverCancelled) : [];
  }

  /** The document was closed. */
  forget(document: OpenDocument): void {
    const index = this.recent.indexOf(document);
    if (index >= 0) this.recent.splice(index, 1);
    document.dispose();
  }

  private analyzed(script: Script, document: OpenDocument, config: Configuration, isCancelled: () => boolean): Finding[] {
    const versions = this.versionsOf(document, config);
    const files = this.filesOf.of(document, script);
    const { hardware } = this.machine;
    return analyze({ script, ...this.judges, hardware, config, versions, files, isCancelled, onRuleFailure: (rule, error) => this.log.ruleFailed(rule, error) });
  }

  private touch(document: OpenDocument): void {
    const index = this.recent.indexOf(document);
    if (index >= 0) this.recent.splice(index, 1);
    this.recent.unshift(document);
    for (const old of this.recent.splice(TREES_KEPT)) old.rest();
  }

  /** Tells a document from the one that was open under its address before, in this process or an earlier one. */
  private serialOf(document: OpenDocument): string {
    let serial = this.serials.get(document);
    if (serial === undefined) {
      serial = randomUUID();
      this.serials.set(document, serial);
    }
    return serial;
  }
}
