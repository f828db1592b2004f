/** Runs the terminal as a process, in a folder of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { packageFolder } from "../../support/packageFolder.js";


/** The folder with cli.js and programs.js (what ships), fake.js (the same with fake rules), server.js and runner.js. */
export const dist = await packageFolder({
  cli: "cli/src/main.ts",
  programs: "cli/src/programs.ts",
  server: "server/src/main.ts",
  runner: "runner/src/supervisor/main.ts",
  fake: "test/cli/support/fakeCli.ts",
});

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Below the folder. */
  readonly cwd?: string;
}

type Content = string | Buffer;

export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "hf-preflight-test-")));

  constructor(files: Readonly<Record<string, Content>>) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    onTestFinished(() => {
      rmSync(this.path, { recursive: true, force: true });
    });
  }

  write(name: string, content: Content): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  /** The terminal with fake rules. */
  fake(args: readonly string[], options: RunOptions = {}): Result {
    return this.run("fake.js", args, options);
  }

  /** What ships. */
  cli(args: readonly string[], options: RunOptions = {}): Result {
    return this.run("cli.js", args, options);
  }

  private run(bundle: string, args: readonly string[], { input = "", env = {}, cwd = "." }: RunOptions): Result {
    const result = spawnSync(process.execPath, [join(dist, bundle), ...args], {
      cwd: join(this.path, cwd),
      input,
      encoding: "utf8",
      // What is compiled is kept only where a test says so.
      env: { PATH: process.env["PATH"] ?? "", ...(env["XDG_CACHE_HOME"] === undefined && { NODE_DISABLE_COMPILE_CACHE: "1" }), ...env },
      maxBuffer: 1 << 28,
    });
    return { code: result.status, stdout: result.stdout, stderr: result.stderr };
  }
}
