/**
 * Writes `run.json` so that a reader always finds it whole, and so that how a run ended can be written on a full disk too.
 *
 * Two files take turns: the next text goes into the blocks that the other one has already, then the names are swapped. Each is padded
 * with spaces beyond its text, so that it never needs a block more than at the beginning.
 */
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, linkSync, openSync, renameSync, rmSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isNotThere } from "./failedWrite.js";
import type { RunRecord } from "./record.js";
import { runFiles } from "./runFiles.js";

const BLOCK = 4096;
/** For what a record gains while the run goes on: how it ended, what it left behind. */
const ROOM = 2 * BLOCK;

export class RecordFile {
  private readonly path: string;
  private readonly spare: string;
  private readonly previous: string;

  constructor(dir: string) {
    this.path = join(dir, runFiles.record);
    this.spare = join(dir, `.${runFiles.record}.next`);
    this.previous = join(dir, `.${runFiles.record}.previous`);
  }

  /** Writes the first record and makes the spare file. @throws what the system says */
  create(record: RunRecord): void {
    this.write(record);
    fill(this.spare, bytesOf(record));
  }

  /** @throws what the system says; the record on disk is then the one before. */
  write(record: RunRecord): void {
    fill(this.spare, bytesOf(record));
    rmSync(this.previous, { force: true });
    try {
      linkSync(this.path, this.previous);
    } catch {
      // The first record, one that somebody has removed, or a file system without links: the next write makes a new spare file.
      renameSync(this.spare, this.path);
      return;
    }
    renameSync(this.spare, this.path);
    renameSync(this.previous, this.spare);
  }

  /** Leaves `run.json` alone in the folder, without its padding. */
  finish(record: RunRecord): void {
    if (statSync(this.path, { throwIfNoEntry: false })) truncateSync(this.path, Buffer.byteLength(textOf(record)));
    for (const path of [this.spare, this.previous]) rmSync(path, { force: true });
  }
}

function textOf(record: RunRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

function bytesOf(record: RunRecord): Buffer {
  const text = textOf(record);
  const length = Math.ceil((Buffer.byteLength(text) + ROOM) / BLOCK) * BLOCK;
  const bytes = Buffer.alloc(length, " ");
  bytes.write(text);
  bytes.write("\n", length - 1);
  return bytes;
}

function fill(path: string, bytes: Buffer): void {
  const descriptor = openExistingOrNew(path);
  try {
    // A longer text before this one has left blocks behind: they are kept, for later.
    const length = Math.max(bytes.length, fstatSync(descriptor).size);
    const padded = length > bytes.length ? Buffer.concat([bytes, Buffer.alloc(length - bytes.length, " ")]) : bytes;
    for (let done = 0; done < padded.length; ) done += writeSync(descriptor, padded, done, padded.length - done, done);
    ftruncateSync(descriptor, length);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function openExistingOrNew(path: string): number {
  try {
    return openSync(path, "r+");
  } catch (error) {
    if (!isNotThere(error)) throw error;
    return openSync(path, "wx+", 0o600);
  }
}
