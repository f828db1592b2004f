/** Reads progress and metrics from what the script writes into its log. */
import { FileTail } from "../fileTail.js";
import { OutputReader } from "../output/outputReader.js";
import type { RunClock } from "../runClock.js";
import type { Journal } from "./journal.js";

const EVERY_MS = 250;
/** In one go, so that the supervisor never takes a core for itself. Bytes. */
const AT_ONCE = 4 << 20;
/** What a script prints faster than it is read is left out, all but the last of it. Bytes. */
const MOST_BEHIND = 64 << 20;

export class MetricsReader {
  private readonly tail: FileTail;
  private readonly reader = new OutputReader();
  private timer: NodeJS.Timeout | undefined;
  private skipped = 0;
  private failed = false;

  constructor(
    log: string,
    private readonly journal: Journal,
    private readonly clock: RunClock,
  ) {
    this.tail = new FileTail(log);
  }

  start(): void {
    this.timer = setInterval(() => this.read(AT_ONCE), EVERY_MS);
  }

  /** Reads what is left. @param at when the script ended: nothing was printed later. */
  finish(at: Date): void {
    clearInterval(this.timer);
    this.read(Infinity, at);
    if (!this.failed) this.journal.addMetrics(this.reader.end(at));
    this.tail.close();
    if (this.skipped > 0) {
      const mb = Math.ceil(this.skipped / 1_000_000);
      this.journal.note(`The script printed faster than its metrics can be read: ${mb} MB of its log were not looked at.`);
    }
  }

  private read(most: number, at = this.clock.now()): void {
    if (this.failed) return;
    try {
      this.skipped += this.tail.skipTo(MOST_BEHIND);
      for (let done = 0; done < most; ) {
        const piece = this.tail.read();
        if (!piece) return;
        done += piece.length;
        this.journal.addMetrics(this.reader.push(piece, at));
      }
    } catch (error) {
      this.failed = true;
      this.journal.note(`Metrics are no longer read from the log: ${String(error)}.`);
    }
  }
}
