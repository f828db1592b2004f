/**
 * `npm run corpus` checks real scripts, those in the source distributions that test/corpus/packages.json names, each at its own versions, and holds the
 * findings against test/corpus/judgements.json. Exits with 1 where one is unjudged or judged wrong. Names (`trl peft==0.9.0`) limit it to those packages.
 * `--write` adds what is unjudged to the file and takes out what is no longer found; `--show` prints every finding with its line.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { analyze } from "../../server/src/analysis/analyze.js";
import { defaultConfiguration } from "../../server/src/config/configuration.js";
import { dataIn } from "../../server/src/environment/dataFiles.js";
import { readGrammars } from "../../server/src/environment/grammars.js";
import { Versions } from "../../server/src/environment/versions.js";
import { mayImportLibrary } from "../../server/src/features/textGate.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import { rules } from "../../server/src/rules/index.js";
import { Script } from "../../server/src/script/script.js";
import { PythonParser } from "../../server/src/syntax/parser.js";
import { LineIndex } from "../../server/src/syntax/text.js";
import { corpusPackage, judgement, subjectOf, type CorpusPackage, type Judgement } from "./judgements.js";
import { archiveFolder } from "../packages/archiveFolder.js";
import { sourceArchive } from "../packages/sourceArchive.js";
import { scriptsIn } from "./texts.js";

const root = process.cwd();
const judgementFile = join(root, "test", "corpus", "judgements.json");
const { values: options, positionals: named } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { write: { type: "boolean", default: false }, show: { type: "boolean", default: false }, rule: { type: "string" } },
});

const knowledge = new Knowledge(dataIn(join(root, "server", "src", "knowledge", "data")));
const parser = await PythonParser.load(readGrammars(join(root, "grammars")));

function read<T>(path: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** One entry for each file, rule and severity, with how often. */
async function findingsIn(source: CorpusPackage): Promise<{ entries: Judgement[]; scripts: number }> {
  const scripts = scriptsIn(await sourceArchive(source.package, source.version, archiveFolder("sdists"))).filter(({ text }) => mayImportLibrary(text));
  const versions = Versions.from(source.versions, "the corpus");
  const entries = new Map<string, Judgement>();
  for (const { file, text } of scripts) {
    const lines = new LineIndex(text);
    const onRuleFailure = (rule: string, error: unknown): void => console.log(`${source.package} ${source.version} ${file}: ${rule} threw ${String(error)}`);
    for (const { rule, severity, message, range } of analyze({ script: new Script(parser.parse(text)), rules, knowledge, versions, config: defaultConfiguration, onRuleFailure })) {
      if (severity !== "error" && severity !== "warning") continue;
      const entry: Judgement = { package: source.package, version: source.version, file, rule, severity, count: 1, verdict: "unjudged", why: "" };
      const known = entries.get(subjectOf(entry));
      entries.set(subjectOf(entry), known ? { ...known, count: known.count + 1 } : entry);
      if (options.show && (options.rule === undefined || options.rule === rule)) {
        const { row } = lines.rowColumn(range.start);
        console.log(`${source.package} ${source.version} ${file}:${row} ${severity} ${rule}: ${message}\n    ${text.split(/\r?\n/)[row - 1]?.trim() ?? ""}`);
      }
    }
  }
  return { entries: [...entries.values()], scripts: scripts.length };
}

const packages = read(join(root, "test", "corpus", "packages.json"), z.array(corpusPackage)).filter(
  (source) => named.length === 0 || named.includes(source.package) || named.includes(`${source.package}==${source.version}`),
);
const judged = new Map(read(judgementFile, z.array(judgement)).map((each) => [subjectOf(each), each]));
const isChecked = ({ package: name, version }: Judgement): boolean => packages.some((source) => source.package === name && source.version === version);
const results: Judgement[] = [...judged.values()].filter((each) => !isChecked(each));
let wanting = 0;

for (const source of packages) {
  const { entries, scripts } = await findingsIn(source);
  let findings = 0;
  for (const entry of entries) {
    const known = judged.get(subjectOf(entry));
    // More of the same in a file is a new case.
    const result = known?.count === entry.count ? known : { ...entry, ...(known ? { why: known.why } : {}) };
    results.push(result);
    findings += entry.count;
    if (result.verdict === "right") continue;
    wanting++;
    console.log(`${result.verdict}: ${subjectOf(entry)} (${entry.count})`);
  }
  console.log(`${source.package} ${source.version}: ${scripts} scripts, ${findings} findings`);
}
if (options.write) writeFileSync(judgementFile, `[\n${results.sort((a, b) => (subjectOf(a) < subjectOf(b) ? -1 : 1)).map((each) => `  ${JSON.stringify(each)}`).join(",\n")}\n]\n`);
console.log(wanting === 0 ? "Every finding is judged right." : `${wanting} are unjudged or wrong. \`npm run corpus -- --show\` prints them with their lines.`);
process.exitCode = wanting === 0 ? 0 : 1;
