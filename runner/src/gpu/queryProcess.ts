/** One long-lived nvidia-smi: its lines as they come, its end with what it said. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { LineSplitter } from "./lineSplitter.js";

export interface QueryEnd {
  readonly exitCode: number | null;
  /** The last lines that nobody could read, from both outputs. */
  readonly said: string;
  /** Whether the command isn't there at all. */
  readonly notFound: boolean;
}

export interface QueryOptions {
  readonly argv: readonly string[];
  /** Returns whether the line was understood; what isn't is kept for `said`. */
  onLine(line: string): boolean;
  /** Called once. */
  onEnd(end: QueryEnd): void;
}

const MOST_SAID = 20;

/**
 * A process that prints nothing never notices that its reader is gone, and the process query prints nothing while no process uses a GPU. So
 * where the system can, it is told to end with its parent.
 */
const SETPRIV = "/usr/bin/setpriv";

export class QueryProcess {
  private readonly child: ChildProcess;
  private readonly said: string[] = [];
  private readonly ended: Promise<void>;
  private over = false;

  constructor({ argv, onLine, onEnd }: QueryOptions) {
    const [command = "", ...args] = dyingWithParent(argv);
    // Numbers with a decimal point and English words, whatever the user's language is.
    const env = { ...process.env, LC_ALL: "C" };
    this.child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    const take = (line: string): void => {
      if (line.trim() === "" || onLine(line)) return;
      this.said.push(line);
      if (this.said.length > MOST_SAID) this.said.shift();
    };
    for (const stream of [this.child.stdout, this.child.stderr]) {
      const splitter = new LineSplitter();
      stream?.on("data", (chunk: Buffer) => {
        for (const line of splitter.push(chunk)) take(line);
      });
      stream?.on("end", () => {
        for (const line of splitter.end()) take(line);
      });
    }
    this.ended = new Promise((resolve) => {
      const end = (exitCode: number | null, notFound: boolean): void => {
        if (this.over) return;
        this.over = true;
        onEnd({ exitCode, said: this.said.join("\n"), notFound });
        resolve();
      };
      this.child.on("error", (error: NodeJS.ErrnoException) => {
        this.said.push(error.message);
        if (this.child.pid === undefined) end(null, error.code === "ENOENT" || error.code === "EACCES");
      });
      this.child.on("close", (code) => end(code, false));
    });
  }

  /** Asks it to end and resolves when it is gone; one that hangs in the driver is not waited for longer than `patienceMs`. */
  async stop(patienceMs = 2000): Promise<void> {
    if (this.over) return;
    this.child.kill("SIGTERM");
    const kill = setTimeout(() => this.child.kill("SIGKILL"), patienceMs / 2);
    let giveUp: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      giveUp = setTimeout(resolve, patienceMs);
    });
    await Promise.race([this.ended, patience]);
    clearTimeout(kill);
    clearTimeout(giveUp);
    if (!this.over) {
      this.child.stdout?.destroy();
      this.child.stderr?.destroy();
      this.child.unref();
    }
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}

function dyingWithParent(argv: readonly string[]): readonly string[] {
  // setpriv would hide that the command isn't there, so only an absolute path that exists is wrapped.
  const [command = ""] = argv;
  const absolute = command.startsWith("/") ? command : onPath(command);
  return process.platform === "linux" && absolute !== undefined && existsSync(absolute) && existsSync(SETPRIV) ? [SETPRIV, "--pdeathsig", "KILL", ...argv] : argv;
}

function onPath(command: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(":")
    .map((folder) => `${folder}/${command}`)
    .find((path) => existsSync(path));
}
