/** The command as somebody uses it: in a terminal that can be typed into, resized and torn away. */
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { python, until } from "../../runner/support/runs.js";
import { screenAfter, type Screen } from "./screen.js";

const driver = fileURLToPath(new URL("ptyDriver.py", import.meta.url));

export interface TerminalOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
}

export class TestTerminal {
  readonly columns: number;
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;
  private received = "";

  constructor({ command, cwd, env, columns = 100 }: TerminalOptions) {
    this.columns = columns;
    this.child = spawn(python, [driver, String(columns), "30", ...command], { cwd, env: { PATH: process.env["PATH"], TERM: "xterm-256color", LANG: "C.UTF-8", ...env }, stdio: ["pipe", "pipe", "inherit"] });
    const decoder = new TextDecoder();
    this.child.stdout?.on("data", (bytes: Buffer) => (this.received += decoder.decode(bytes, { stream: true })));
    this.exit = new Promise((resolve) => this.child.once("close", resolve));
    onTestFinished(() => void this.child.kill("SIGKILL"));
  }

  /** All that was sent to the screen. */
  get sent(): string {
    return this.received;
  }

  get screen(): Screen {
    return screenAfter(this.received, this.columns);
  }

  async shows(pattern: RegExp): Promise<void> {
    await until(`${String(pattern)} on the screen:\n${this.screen.lines.join("\n")}`, () => this.screen.lines.some((line) => pattern.test(line)));
  }

  type(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** To 40 columns. */
  shrink(): void {
    this.child.kill("SIGUSR1");
  }

  /** The connection is lost. */
  tearAway(): void {
    this.child.kill("SIGKILL");
  }

  /** The command's exit code. */
  async ended(): Promise<number | null> {
    return this.exit;
  }
}
