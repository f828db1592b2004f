/** The parts of `npm run knowledge` around the reading: releases, archives, histories, the check for drift. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { differences } from "../../scripts/knowledge/check.js";
import { dataText } from "../../scripts/knowledge/dataText.js";
import type { ReleaseFacts } from "../../scripts/knowledge/extract.js";
import { historyOf } from "../../scripts/knowledge/history.js";
import { readArchive } from "../../scripts/packages/archive.js";
import { releasesToRead } from "../../scripts/packages/packageIndex.js";
import { libraryData } from "../../server/src/knowledge/libraryData.js";

const folder = mkdtempSync(join(tmpdir(), "hf-preflight-archives-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the releases that are read", () => {
  const published = ["0.9.0", "1.0.0", "1.0.1", "1.0.2", "1.1.1", "1.10.0"];

  it("are the first and the newest patch of each minor version", () => {
    expect(releasesToRead(published, { since: "1.0", everyPatch: false, also: [] })).toEqual(["1.0.0", "1.0.2", "1.1.1", "1.10.0"]);
  });

  it("are all, or some more, where the list says so", () => {
    expect(releasesToRead(published, { since: "1.0", everyPatch: true, also: [] })).toEqual(published.slice(1));
    expect(releasesToRead(published, { since: "1.1", everyPatch: false, also: ["1.0.1"] })).toEqual(["1.0.1", "1.1.1", "1.10.0"]);
  });
});

describe("archives", () => {
  it("gives the Python files of a wheel, packed or stored", () => {
    const path = join(folder, "a-1-py3-none-any.whl");
    writeFileSync(path, zip([["a/__init__.py", "x = 'ü'\n", true], ["a/b.py", "y = 2\n", false], ["a/data.json", "{}", true]]));
    const files = readArchive(path);
    expect([...files.keys()]).toEqual(["a/__init__.py", "a/b.py"]);
    expect([...files.values()].map((text) => text())).toEqual(["x = 'ü'\n", "y = 2\n"]);
  });

  it("gives those of a source distribution, without its folder", () => {
    const path = join(folder, "a-1.tar.gz");
    writeFileSync(path, gzipSync(Buffer.concat([tarFile("a-1/src/a/__init__.py", "x = 1\n"), tarFile("a-1/README.md", "no"), Buffer.alloc(1024)])));
    const files = readArchive(path);
    expect([...files.keys()]).toEqual(["a/__init__.py"]);
    expect(files.get("a/__init__.py")?.()).toBe("x = 1\n");
  });

  it("says what to do about one that is cut off", () => {
    const path = join(folder, "cut.whl");
    writeFileSync(path, "PK");
    expect(() => readArchive(path)).toThrow(/cut off. Delete it/u);
  });
});

describe("a history", () => {
  const facts = (release: string, words: readonly string[], value: string): ReleaseFacts => ({
    release,
    callables: new Map([
      ["trl.f", { kind: "function", parameters: words.map((name) => ({ name, kind: "positional", default: value })), read: [], isPartial: false, choices: new Map() }],
    ]),
    paths: new Map(),
    exports: new Map([["trl", ["f", ...words]]]),
    choices: new Map([["kinds", words]]),
  });
  const releases = [facts("1.0", ["a"], "1"), facts("1.1", ["a", "b"], "1"), facts("1.2", ["a"], "2")];
  const data = historyOf("trl", releases);

  it("says once what holds in several releases", () => {
    expect(data).toEqual({
      library: "trl",
      releases: ["1.0", "1.1", "1.2"],
      callables: {
        "trl.f": {
          kind: "function",
          signatures: { "0-1 2-": "a", "1-2": "a b" },
          parameters: { a: [{ in: "0-2", default: "1" }, { in: "2-", default: "2" }], b: [{ default: "1" }] },
        },
      },
      exports: { trl: { "0-": "a f", "1-2": "b" } },
      choices: { kinds: { "0-1 2-": ["a"], "1-2": ["a", "b"] } },
    });
  });

  it("is written with one entry per line, and read back as it was", () => {
    const text = dataText(data);
    expect(libraryData.parse(JSON.parse(text))).toEqual(data);
    expect(text.split("\n")).toContain('"b":[{"default":"1"}]');
  });

  it("agrees with each of its releases, and shows what doesn't", () => {
    for (const release of releases) expect(differences(data, release)).toEqual([]);
    expect(differences(data, { ...facts("1.2", ["a"], "3"), exports: new Map() })).toEqual([
      'trl.f(a): the data have {"default":"2"}, the sources {"default":"3"}',
      "from trl import a: the data have there, the sources nothing",
      "from trl import f: the data have there, the sources nothing",
    ]);
    expect(() => differences(data, facts("9.9", [], "1"))).toThrow(/none of the stored releases/u);
  });
});

/** A zip archive with just what a reader needs. */
function zip(files: readonly (readonly [name: string, text: string, packed: boolean])[]): Buffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, text, packed] of files) {
    const data = packed ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(packed ? 8 : 0, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(packed ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    entries.push(entry, Buffer.from(name));
    parts.push(local, Buffer.from(name), data);
    offset += local.length + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...entries, end]);
}

function tarFile(name: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(text.length.toString(8).padStart(11, "0"), 124);
  header.write("0", 156);
  const body = Buffer.alloc(512);
  body.write(text);
  return Buffer.concat([header, body]);
}
