/** Reads files and folders, each again only when it has changed. Nothing is written, nothing is run. */
import { readdir, readFile, stat } from "./asyncFiles.js";

/** Why a file can't be read, as a clause: "permission denied". */
export class Unreadable extends Error {}

interface Remembered<Value> {
  readonly stamp: string;
  readonly value: Value;
  /** The round in which it was last compared with the disk. */
  round: number;
}

const reasons: Readonly<Record<string, string>> = { EACCES: "permission denied", EPERM: "permission denied", ELOOP: "too many symbolic links", EISDIR: "it is a folder" };

export class Disk {
  private readonly files = new Map<string, Remembered<unknown>>();
  private readonly folders = new Map<string, Pick<Remembered<readonly string[]>, "stamp" | "value">>();
  /** The listings of this round; several readers ask for the same folder at once. */
  private readonly listings = new Map<string, Promise<readonly string[]>>();
  /** What is read in one round and finished in the next one counts for the round in which it was begun. */
  private round = 0;

  /** From now on everything is compared with the disk before it is used again. */
  lookAgain(): void {
    this.round++;
    this.listings.clear();
  }

  /** The names in a folder; none where there is no such folder, or it may not be read. */
  entries(folder: string): Promise<readonly string[]> {
    let listing = this.listings.get(folder);
    if (!listing) {
      listing = this.list(folder);
      this.listings.set(folder, listing);
    }
    return listing;
  }

  private async list(folder: string): Promise<readonly string[]> {
    const stamp = await stampOf(folder);
    if (stamp === undefined) return [];
    const remembered = this.folders.get(folder);
    if (remembered?.stamp === stamp) return remembered.value;
    const value = await namesIn(folder);
    this.folders.set(folder, { stamp, value });
    return value;
  }

  /**
   * What `read` makes of a file's text; undefined where there is no such file.
   *
   * @throws Unreadable
   */
  async parsed<Value>(path: string, mostBytes: number, read: (text: string) => Value | Promise<Value>): Promise<Value | undefined> {
    const { round } = this;
    // One file is always read by the same reader, so that the path alone is the key.
    const remembered = this.files.get(path) as Remembered<Value> | undefined;
    if (remembered?.round === round) return remembered.value;
    const stamp = await stampOf(path);
    if (stamp === undefined) return undefined;
    if (remembered?.stamp === stamp) {
      remembered.round = round;
      return remembered.value;
    }
    const value = await read(await textOf(path, mostBytes));
    this.files.set(path, { stamp, value, round });
    return value;
  }

  async exists(path: string): Promise<boolean> {
    return (await stampOf(path)) !== undefined;
  }
}

/** Changes whenever the file or the folder's list of names does; undefined where nothing is there. */
async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return [];
  }
}

/** @throws Unreadable */
async function textOf(path: string, mostBytes: number): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new Unreadable(`it is larger than ${mostBytes / 1_000_000} MB`);
    const bytes = await readFile(path);
    // PowerShell's `pip freeze > requirements.txt` writes UTF-16.
    const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(2).toString("utf16le") : bytes.toString("utf8");
    if (text.includes("\0")) throw new Unreadable("it is binary");
    return text;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new Unreadable(reasons[code] ?? code);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
