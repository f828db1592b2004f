/**
 * `npm run knowledge` reads the libraries' releases and writes `server/src/knowledge/data/`. With names (`trl peft`) only those libraries.
 * `--check [library==version ...]` reads the named releases again and says where the data differ.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readGrammars } from "../../server/src/environment/grammars.js";
import { libraryData } from "../../server/src/knowledge/libraryData.js";
import { PythonParser } from "../../server/src/syntax/parser.js";
import { CHECKED_RELEASES, differences } from "./check.js";
import { dataText } from "./dataText.js";
import { extract, type ReleaseFacts } from "./extract.js";
import { historyOf } from "./history.js";
import { LIBRARIES, type LibrarySource } from "./libraries.js";
import { readArchive } from "./packages/archive.js";
import { archiveOf, byVersion, publishedReleases, releasesToRead, wheelFolder } from "./packages/packageIndex.js";

const root = process.cwd();
const dataFolder = join(root, "server", "src", "knowledge", "data");
const { values: options, positionals: named } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { check: { type: "boolean", default: false } } });

function sourceOf(library: string): LibrarySource {
  const source = LIBRARIES.find((candidate) => candidate.library === library);
  if (!source) throw new Error(`There is no library ${library}. There are: ${LIBRARIES.map((candidate) => candidate.library).join(", ")}.`);
  return source;
}

async function factsOf(source: LibrarySource, release: string, parser: PythonParser): Promise<ReleaseFacts> {
  return extract(source, release, readArchive(await archiveOf(source.library, release, wheelFolder())), parser);
}

async function write(sources: readonly LibrarySource[], parser: PythonParser): Promise<void> {
  mkdirSync(dataFolder, { recursive: true });
  for (const source of sources) {
    const started = performance.now();
    const releases = releasesToRead(await publishedReleases(source.library), source.since, source.everyPatch);
    const facts: ReleaseFacts[] = [];
    for (const release of releases) facts.push(await factsOf(source, release, parser));
    const data = libraryData.parse(historyOf(source.library, facts));
    writeFileSync(join(dataFolder, `${source.library}.json`), dataText(data));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${source.library}: ${releases.length} releases (${releases[0] ?? ""} to ${releases.at(-1) ?? ""}), ${Object.keys(data.callables).length} callables, ${seconds} s`);
  }
}

async function check(pins: readonly string[], parser: PythonParser): Promise<number> {
  let drifted = 0;
  for (const pin of pins) {
    const [library = "", version] = pin.split("==");
    const source = sourceOf(library);
    const data = libraryData.parse(JSON.parse(readFileSync(join(dataFolder, `${library}.json`), "utf8")));
    const release = nearest(data.releases, version);
    const found = differences(data, await factsOf(source, release, parser));
    drifted += found.length;
    console.log(`${library} ${release}: ${found.length === 0 ? "as the data say" : `${found.length} differences`}`);
    for (const line of found) console.log(`  ${line}`);
  }
  return drifted === 0 ? 0 : 1;
}

/** The release itself, else the newest one stored before it. */
function nearest(releases: readonly string[], version: string | undefined): string {
  const upTo = releases.filter((release) => version === undefined || byVersion(release, version) <= 0);
  return upTo.at(-1) ?? releases[0] ?? "";
}

const parser = await PythonParser.load(readGrammars(join(root, "grammars")));
if (options.check) process.exitCode = await check(named.length > 0 ? named : CHECKED_RELEASES, parser);
else await write(named.length > 0 ? named.map(sourceOf) : LIBRARIES, parser);
