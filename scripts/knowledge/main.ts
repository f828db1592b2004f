/**
 * `npm run knowledge` reads the libraries' releases and writes `server/src/knowledge/data/`. With names (`trl peft`) only those libraries.
 * `--check [library==version ...]` reads the named releases again and says where the data differ.
 * `--against-real FOLDER ...` compares the data with libraries that are installed in the folders; `--record FILE` keeps what they said.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dataIn } from "../../server/src/environment/dataFiles.js";
import { readGrammars } from "../../server/src/environment/grammars.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import { libraryData, type LibraryData } from "../../server/src/knowledge/libraryData.js";
import { PythonParser } from "../../server/src/syntax/parser.js";
import { CHECKED_RELEASES, differences } from "./check.js";
import { dataText } from "./dataText.js";
import { extract, type ReleaseFacts } from "./extract.js";
import { historyOf } from "./history.js";
import { LIBRARIES, type LibrarySource } from "./libraries.js";
import { archiveFolder } from "../packages/archiveFolder.js";
import { readArchive } from "../packages/archive.js";
import { differencesFromReal } from "./real/compare.js";
import { askInstalled, installedVersions } from "./real/installed.js";
import { archiveOf, byVersion, publishedReleases, releasesToRead } from "../packages/packageIndex.js";

const root = process.cwd();
const dataFolder = join(root, "server", "src", "knowledge", "data");
const { values: options, positionals: named } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { check: { type: "boolean" }, "against-real": { type: "boolean" }, record: { type: "string" } } });

function sourceOf(library: string): LibrarySource {
  const source = LIBRARIES.find((candidate) => candidate.library === library);
  if (!source) throw new Error(`There is no library ${library}. There are: ${LIBRARIES.map((candidate) => candidate.library).join(", ")}.`);
  return source;
}

async function factsOf(source: LibrarySource, release: string, parser: PythonParser): Promise<ReleaseFacts> {
  return extract(source, release, readArchive(await archiveOf(source.library, release, archiveFolder("wheels"))), parser);
}

async function write(sources: readonly LibrarySource[], parser: PythonParser): Promise<void> {
  mkdirSync(dataFolder, { recursive: true });
  for (const source of sources) {
    const started = performance.now();
    const releases = releasesToRead(await publishedReleases(source.library), source);
    const facts: ReleaseFacts[] = [];
    // A copy: names that are cut out of a source would keep the whole source in memory.
    for (const release of releases) facts.push(structuredClone(await factsOf(source, release, parser)));
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
    const data = dataOf(source);
    const release = nearest(data.releases, version);
    const found = differences(data, await factsOf(source, release, parser));
    drifted += found.length;
    console.log(`${library} ${release}: ${found.length === 0 ? "as the data say" : `${found.length} differences`}`);
    for (const line of found) console.log(`  ${line}`);
  }
  return drifted === 0 ? 0 : 1;
}

async function compareWithInstalled(folders: readonly string[], parser: PythonParser): Promise<number> {
  const data = LIBRARIES.map((source) => ({ source, data: dataOf(source) }));
  const installed = await installedVersions(folders, data.map((entry) => entry.data));
  const facts: ReleaseFacts[] = [];
  for (const { source, data: { releases } } of data) {
    const version = installed.get(source.library);
    if (version === undefined) continue;
    if (!releases.includes(version)) console.log(`${source.library} ${version}: none of the stored releases, left out`);
    else facts.push(await factsOf(source, version, parser));
  }
  const said = await askInstalled(root, folders, [...installed.keys()], facts);
  if (options.record !== undefined) writeFileSync(options.record, `${JSON.stringify(said, null, 0).replaceAll('","', '",\n"')}\n`);
  const found = differencesFromReal(new Knowledge(dataIn(dataFolder)), said);
  for (const line of found) console.log(line);
  for (const [name, reason] of Object.entries(said.missing)) console.log(`not looked at: ${name}: ${reason}`);
  const names = Object.entries(said.versions).map(([name, version]) => `${name} ${version}`);
  console.log(`${names.join(", ")}: ${Object.keys(said.callables).length} callables, ${Object.keys(said.modules).length} modules, ${found.length} differences`);
  return found.length === 0 ? 0 : 1;
}

function dataOf(source: LibrarySource): LibraryData {
  return libraryData.parse(JSON.parse(readFileSync(join(dataFolder, `${source.library}.json`), "utf8")));
}

/** The release itself, else the newest one stored before it. */
function nearest(releases: readonly string[], version: string | undefined): string {
  const upTo = releases.filter((release) => version === undefined || byVersion(release, version) <= 0);
  return upTo.at(-1) ?? releases[0] ?? "";
}

const parser = await PythonParser.load(readGrammars(join(root, "grammars")));
if (options.check) process.exitCode = await check(named.length > 0 ? named : CHECKED_RELEASES, parser);
else if (options["against-real"]) process.exitCode = await compareWithInstalled(named, parser);
else await write(named.length > 0 ? named.map(sourceOf) : LIBRARIES, parser);
