/** What the server tells the people who look into its log. A bug costs one answer and is told with its stack; nothing here throws. */
import type { RemoteConsole } from "vscode-languageserver/node";
import type { RuleId } from "../analysis/finding.js";

export class Log {
  private readonly told = new Set<string>();

  constructor(private readonly console: Pick<RemoteConsole, "error" | "warn">) {}

  /** Runs a handler; a bug in it is logged, and `otherwise` is the answer. */
  async guard<Answer>(what: string, otherwise: Answer, handler: () => Answer | Promise<Answer>): Promise<Answer> {
    try {
      return await handler();
    } catch (error) {
      this.bug(what, error);
      return otherwise;
    }
  }

  /** For what nobody waits for. */
  background(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.bug(what, error));
  }

  bug(what: string, error: unknown): void {
    this.console.error(`A bug in HF Preflight (${what}): ${stackOf(error)}`);
  }

  warnOnce(message: string): void {
    if (this.isNew(message)) this.console.warn(message);
  }

  ruleFailed(rule: RuleId, error: unknown): void {
    if (this.isNew(rule)) this.console.error(`The rule ${rule} failed. It is left out where it does, the others run: ${stackOf(error)}`);
  }

  private isNew(key: string): boolean {
    const isNew = !this.told.has(key);
    this.told.add(key);
    return isNew;
  }
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
