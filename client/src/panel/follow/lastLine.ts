/** The newest whole line of a growing file of JSON lines. */
import { open } from "node:fs/promises";

/** Longer than any line of ours: sixteen GPUs in one sample. */
const enough = 16 * 1024;

/** Undefined where there is no such file, or no whole line that is JSON. */
export async function lastLine(path: string): Promise<unknown> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - enough);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, enough)), 0, Math.min(size, enough), start);
      const text = buffer.toString("utf8", 0, bytesRead);
      const whole = text.slice(0, text.lastIndexOf("\n"));
      return JSON.parse(whole.slice(whole.lastIndexOf("\n") + 1)) as unknown;
    } finally {
      await file.close();
    }
  } catch {
    // Not there yet, gone, or torn: there is nothing to show for now.
    return undefined;
  }
}
