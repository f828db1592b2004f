/** Reads the files that a script names, each once per command. */
import { closeSync, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import type { ScriptFile, ScriptFiles } from "../../../server/src/analysis/scriptFile.js";
import { candidatePaths, MOST_NAMED_BYTES, runFolders, shownFolders } from "../../../server/src/environment/namedFiles.js";

/** What is at a path: its text, nothing, or something that can't be read. */
type Content = { readonly text: string } | "nothing" | "unreadable";

export class NamedFiles {
  private readonly contents = new Map<string, Content>();

  /**
   * @param cwd where the terminal is: scripts are mostly started from there
   * @param runsIn where the script certainly runs, if that is known
   */
  constructor(
    private readonly cwd: string,
    private readonly runsIn: string | undefined,
  ) {}

  /** @param script absolute */
  of(names: readonly string[], script: string): ScriptFiles {
    const folders = this.runsIn === undefined ? runFolders(script, [this.cwd]) : [this.runsIn];
    return new Map(names.map((name) => [name, this.find(name, folders)]));
  }

  private find(name: string, folders: readonly string[]): ScriptFile {
    for (const path of candidatePaths(name, folders)) {
      const content = this.contentOf(path);
      if (content === "nothing") continue;
      return content === "unreadable" ? { state: "unreadable" } : { state: "read", file: { path, name, text: content.text } };
    }
    return { state: "missing", looked: shownFolders(name, folders), isCertain: this.runsIn !== undefined };
  }

  private contentOf(path: string): Content {
    let content = this.contents.get(path);
    if (content === undefined) {
      content = readContent(path);
      this.contents.set(path, content);
    }
    return content;
  }
}

function readContent(path: string): Content {
  try {
    // Before it is opened: a pipe would wait for its writer.
    if (!statSync(path).isFile()) return "unreadable";
    const file = openSync(path, "r");
    try {
      if (fstatSync(file).size > MOST_NAMED_BYTES) return "unreadable";
      const text = readFileSync(file, "utf8");
      return text.includes("\0") ? "unreadable" : { text };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "ENOENT" || error.code === "ENOTDIR" ? "nothing" : "unreadable";
  }
}
