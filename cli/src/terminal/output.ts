/**
 * stdout and stderr. Results go to stdout and nothing else does.
 *
 * Written with `writeSync`: `process.stdout` loads the whole of Node's streams and sockets, which a cold start would feel.
 */
import { fstatSync, writeSync } from "node:fs";

export interface Output {
  /** Results. */
  readonly print: (text: string) => void;
  /** Results that may not be text: what a script printed. */
  readonly printBytes: (bytes: Uint8Array) => void;
  /** What is to be said about the tool itself; a line break is added. */
  readonly complain: (line: string) => void;
  /** Whether stdout takes colours. */
  readonly isTerminal: boolean;
}

/** The reader of our output has gone away (`| head`); there is nobody to tell anything. */
export class ReaderGone extends Error {}

export const processOutput: Output = {
  print: (text) => {
    write(1, Buffer.from(text, "utf8"));
  },
  printBytes: (bytes) => {
    write(1, bytes);
  },
  complain: (line) => {
    write(2, Buffer.from(`${line}\n`, "utf8"));
  },
  get isTerminal() {
    return isTerminal(1);
  },
};

function write(descriptor: 1 | 2, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      // EIO: the terminal itself is gone.
      if (code === "EPIPE" || code === "EIO") throw new ReaderGone();
      if (code !== "EAGAIN") throw error;
      // A pipe that is full and doesn't block: the stream waits for it.
      (descriptor === 1 ? process.stdout : process.stderr).write(bytes.subarray(done));
      return;
    }
  }
}

function isTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // The descriptor is closed.
    return false;
  }
}
