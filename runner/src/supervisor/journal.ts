/** All that the supervisor writes. A full disk makes it wait, a removed folder makes it silent; neither is a reason to end. */
import { join } from "node:path";
import { isNotThere, noRoomReason } from "../failedWrite.js";
import { LinesFile, type Appended } from "../linesFile.js";
import type { GpuLine, MetricLine, RunRecord } from "../record.js";
import { RecordFile } from "../recordFile.js";
import type { RunClock } from "../runClock.js";
import { runFiles } from "../runFiles.js";

/** Of metrics, while the disk is full. */
const MOST_WAITING = 5_000;
/** Between two writes of a record that only its peak has changed in. Seconds. */
const PEAK_EVERY = 15;

export class Journal {
  private readonly file: RecordFile;
  /** A sample that can't be written is not waited with: the curve pauses. */
  private readonly gpu: LinesFile;
  private readonly metrics: LinesFile;
  private isDirty = false;
  private peakWritten = 0;

  constructor(
    dir: string,
    private current: RunRecord,
    private readonly clock: RunClock,
  ) {
    this.file = new RecordFile(dir);
    this.gpu = new LinesFile(join(dir, runFiles.gpu), 0);
    this.metrics = new LinesFile(join(dir, runFiles.metrics), MOST_WAITING);
  }

  get record(): RunRecord {
    return this.current;
  }

  /** @throws what the system says: a run that can't be recorded from the beginning doesn't begin. */
  create(): void {
    this.file.create(this.current);
  }

  update(changes: Partial<RunRecord>): void {
    this.current = { ...this.current, ...changes };
    this.writeRecord();
  }

  /** Kept in memory at once and on disk now and then. */
  updatePeak(peak: Pick<RunRecord, "peakMemoryMib" | "peakAt" | "peakIs">): void {
    this.current = { ...this.current, ...peak };
    this.isDirty = true;
  }

  /** Says something about the run: a sentence. */
  note(problem: string): void {
    if (this.current.problem?.includes(problem)) return;
    this.update({ problem: this.current.problem === null ? problem : `${this.current.problem} ${problem}` });
  }

  addGpu(...lines: readonly GpuLine[]): void {
    const { paused } = this.current;
    const appended = this.gpu.append(...(paused ? [{ t: paused.since, gap: paused.reason }] : []), ...lines);
    this.pauseWithout(appended);
    if (appended.kind !== "written" || !paused) return;
    this.update({ paused: null });
    this.pauseWithout(this.metrics.append());
  }

  addMetrics(lines: readonly MetricLine[]): void {
    if (lines.length > 0) this.pauseWithout(this.metrics.append(...lines));
  }

  /** What of the record is not on disk yet. Called every second or so. */
  retry(): void {
    if (this.isDirty && this.clock.seconds() - this.peakWritten >= PEAK_EVERY) this.writeRecord();
  }

  /** @returns whether the record on disk is the last one, or will never be because the folder is gone. */
  finish(changes: Partial<RunRecord>): boolean {
    this.update(changes);
    return !this.isDirty;
  }

  close(): void {
    this.gpu.close();
    this.metrics.close();
    if (!this.isDirty) this.file.finish(this.current);
  }

  private pauseWithout(appended: Appended): void {
    if (appended.kind !== "no room" || this.current.paused) return;
    this.update({ paused: { since: this.clock.stamp(), reason: `Nothing could be recorded: ${appended.reason}.` } });
  }

  private writeRecord(): void {
    this.peakWritten = this.clock.seconds();
    try {
      this.file.write(this.current);
      this.isDirty = false;
    } catch (error) {
      // A folder that has been removed is not made again.
      this.isDirty = !isNotThere(error);
      if (this.isDirty && noRoomReason(error) === undefined) console.error(`${this.clock.stamp()} ${String(error)}`);
    }
  }
}
