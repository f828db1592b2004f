/**
 * Other checkers, where they happen to be installed: pyright, and ruff as wasm, both from npm. They are no dependencies; `--peers DIR`
 * names a folder with a node_modules of them.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as z from "zod";

/** Checks a text with ruff's default rules; warm. */
export type RuffCheck = (text: string) => unknown;

/** Checks a file or a folder in a new process. */
export interface Command {
  run(path: string): void;
  filesChecked(path: string): number;
}

interface RuffModule {
  readonly Workspace: new (settings: object, encoding?: number) => { check(text: string): unknown };
  readonly PositionEncoding?: { readonly Utf16: number };
}

export class Peers {
  private readonly require: NodeJS.Require;

  constructor(folder: string) {
    this.require = createRequire(join(folder, "package.json"));
  }

  /** ruff in this process, or why it isn't there. */
  ruff(): RuffCheck | string {
    const path = this.resolve("@astral-sh/ruff-wasm-nodejs");
    if (path === undefined) return "@astral-sh/ruff-wasm-nodejs is not installed";
    const { Workspace, PositionEncoding } = this.require(path) as RuffModule;
    const workspace = new Workspace({}, PositionEncoding?.Utf16);
    return (text) => workspace.check(text);
  }

  /** ruff from nothing on one file, or why it isn't there. */
  coldRuff(): Command | string {
    const path = this.resolve("@astral-sh/ruff-wasm-nodejs");
    if (path === undefined) return "@astral-sh/ruff-wasm-nodejs is not installed";
    const program = `const { Workspace, PositionEncoding } = require(${JSON.stringify(path)});
      new Workspace({}, PositionEncoding?.Utf16).check(require("node:fs").readFileSync(process.argv[1], "utf8"));`;
    return {
      run: (file) => void spawnSync(process.execPath, ["-e", program, file]),
      filesChecked: () => 1,
    };
  }

  pyright(): Command | string {
    const manifest = this.resolve("pyright/package.json");
    if (manifest === undefined) return "pyright is not installed";
    const { bin } = z.object({ bin: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(manifest, "utf8")));
    const program = join(manifest, "..", bin["pyright"] ?? "index.js");
    // It may find nothing to check and still end well: `filesChecked` has to be asked before a time means anything.
    const pyright = (path: string) => spawnSync(process.execPath, [program, "--outputjson", path], { encoding: "utf8", maxBuffer: 1 << 28 });
    return {
      run: (path) => void pyright(path),
      filesChecked: (path) => z.object({ summary: z.object({ filesAnalyzed: z.number() }) }).parse(JSON.parse(pyright(path).stdout)).summary.filesAnalyzed,
    };
  }

  private resolve(name: string): string | undefined {
    try {
      return this.require.resolve(name);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return undefined;
      throw error;
    }
  }
}
