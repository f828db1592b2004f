/** Appends JSON lines, one by one and each whole or not at all. What can't be written while the disk is full waits, up to a bound. */
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { isNotThere, noRoomReason } from "./failedWrite.js";

export type Appended = { readonly kind: "written" } | { readonly kind: "no room"; readonly reason: string } | { readonly kind: "gone" };

export class LinesFile {
  private descriptor: number | undefined;
  private readonly waiting: string[] = [];

  /** @param mostWaiting how many lines wait for room; the oldest go first. */
  constructor(
    private readonly path: string,
    private readonly mostWaiting: number,
  ) {}

  /** @returns "gone" when the folder has been removed. @throws what else the system says */
  append(...lines: readonly object[]): Appended {
    this.waiting.push(...lines.map((line) => `${JSON.stringify(line)}\n`));
    if (this.waiting.length === 0) return { kind: "written" };
    try {
      this.write(this.waiting.join(""));
    } catch (error) {
      if (isNotThere(error)) return { kind: "gone" };
      const reason = noRoomReason(error);
      if (reason === undefined) throw error;
      this.waiting.splice(0, this.waiting.length - this.mostWaiting);
      return { kind: "no room", reason };
    }
    this.waiting.length = 0;
    return { kind: "written" };
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private write(text: string): void {
    const descriptor = this.open();
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.from(text);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    } catch (error) {
      // Half a line would spoil the next one.
      ftruncateSync(descriptor, size);
      throw error;
    }
  }

  /** Opens it again when somebody has removed it. */
  private open(): number {
    if (this.descriptor !== undefined && fstatSync(this.descriptor).nlink === 0) this.close();
    return (this.descriptor ??= openSync(this.path, "a", 0o600));
  }
}
