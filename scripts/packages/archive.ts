/** Reads the Python files of a wheel (zip) or a source distribution (tar.gz) without unpacking it. */
import { readFileSync } from "node:fs";
import { gunzipSync, inflateRawSync } from "node:zlib";

/** Path inside the package -> a function that gives the file's text. */
export type SourceFiles = ReadonlyMap<string, () => string>;

/** @throws when the file is neither a wheel nor a source distribution, or is cut off. */
export function readArchive(path: string): SourceFiles {
  const bytes = readFileSync(path);
  if (path.endsWith(".whl") || path.endsWith(".zip")) return zipEntries(bytes, path);
  if (path.endsWith(".tar.gz")) return tarEntries(gunzipSync(bytes));
  throw new Error(`${path} is neither a wheel nor a source distribution.`);
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DEFLATED = 8;

function zipEntries(bytes: Buffer, path: string): SourceFiles {
  const files = new Map<string, () => string>();
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error(`${path} has no zip directory: it is cut off. Delete it, and it will be downloaded again.`);
  let offset = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (bytes.readUInt32LE(offset) !== DIRECTORY_ENTRY) throw new Error(`${path} has a broken zip directory. Delete it, and it will be downloaded again.`);
    const method = bytes.readUInt16LE(offset + 10);
    const size = bytes.readUInt32LE(offset + 20);
    const nameLength = bytes.readUInt16LE(offset + 28);
    const header = bytes.readUInt32LE(offset + 42);
    const name = bytes.toString("utf8", offset + 46, offset + 46 + nameLength);
    if (name.endsWith(".py")) {
      files.set(name, () => {
        const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
        const data = bytes.subarray(start, start + size);
        return (method === DEFLATED ? inflateRawSync(data) : data).toString("utf8");
      });
    }
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
  }
  return files;
}

const BLOCK = 512;

/** The package is at the top of a source distribution or in `src/`: that is left out of the paths. */
function tarEntries(bytes: Buffer): SourceFiles {
  const python = [...filesOfTar(bytes)].filter(([path]) => path.endsWith(".py"));
  return new Map(python.map(([path, text]) => [path.replace(/^src\//, ""), text]));
}

/** Every file of an unzipped source distribution, by its path below the one folder at the top. */
export function filesOfTar(bytes: Buffer): SourceFiles {
  const files = new Map<string, () => string>();
  const text = (start: number, length: number): string => bytes.toString("utf8", start, start + length).replace(/\0.*$/s, "");
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= bytes.length && bytes[offset] !== 0; ) {
    const size = Number.parseInt(text(offset + 124, 12), 8) || 0;
    const kind = text(offset + 156, 1);
    const start = offset + BLOCK;
    const prefix = text(offset + 345, 155);
    const path: string = longName ?? (prefix === "" ? "" : `${prefix}/`) + text(offset, 100);
    longName = undefined;
    if (kind === "L") longName = text(start, size);
    else if (kind === "x") longName = /^\d+ path=(.*)$/m.exec(text(start, size))?.[1];
    else if (kind === "0" || kind === "") files.set(path.replace(/^[^/]+\//, ""), () => bytes.toString("utf8", start, start + size));
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
