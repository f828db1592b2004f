/** The benchmark: ratios taken within one run, printed beside the budgets. `scripts/bench.mjs` bundles and starts it. */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { mayImportLibrary } from "../../server/src/features/textGate.js";
import { measureColdStart } from "./coldStart.js";
import { loadEngine, rules } from "./engine.js";
import { heading, lineOf, type Figure, type NotMeasured } from "./figure.js";
import { measureKeystrokes } from "./keystrokes.js";
import { measureKnowledgeLoading } from "./knowledgeLoading.js";
import { measureMemory, reportMemory } from "./memory.js";
import { measurePanel, reportPanel } from "./panel.js";
import { Peers } from "./peers.js";
import { measureReading } from "./reading.js";
import { linesOf, nearestTo, scriptsBelow } from "./realScripts.js";
import { ScriptGenerator } from "./scripts.js";
import { measureThroughput } from "./throughput.js";
import { measureWatching } from "./watching.js";

const fewestRounds = 5;
const files = 60;

const { values: options } = parseArgs({
  options: {
    root: { type: "string" },
    rounds: { type: "string", default: "7" },
    json: { type: "string" },
    peers: { type: "string" },
    scripts: { type: "string" },
    "report-memory": { type: "boolean", default: false },
    "report-panel": { type: "boolean", default: false },
  },
});
const root = options.root;
if (root === undefined) throw new Error("run `npm run bench`");

async function measure(checkout: string): Promise<void> {
  const rounds = Math.max(fewestRounds, Number(options.rounds) || 0);
  const parser = await loadEngine(checkout);
  const peers = new Peers(options.peers ?? checkout);
  const scripts = new ScriptGenerator(checkout).scripts(files);
  const lines = linesOf(scripts);
  const figures: (Figure | NotMeasured)[] = [];
  const print = (found: readonly (Figure | NotMeasured)[]): void => {
    figures.push(...found);
    for (const figure of found) console.log(lineOf(figure));
  };
  const load = loadavg()[0] ?? 0;
  console.log(`${files} scripts, ${lines.toLocaleString("en")} lines, ${rules.length} rules, ${rounds} rounds, Node ${process.versions.node}, ${cpus().length} cores, load ${load.toFixed(1)}\n`);
  console.log(heading());
  print(await measureThroughput(parser, "generated", scripts, peers.ruff(), rounds));
  for (const size of [1_000, 10_000]) print(await measureKeystrokes(parser, "generated", new ScriptGenerator(checkout, "file").fileOf(size), rounds));
  const real = options.scripts === undefined ? undefined : scriptsBelow(options.scripts);
  if (!real) print([{ name: "full check of real scripts / parse only", reason: "--scripts names a folder of them" }]);
  else {
    console.log(`${real.length.toLocaleString("en")} real scripts, ${linesOf(real).toLocaleString("en")} lines`);
    print(await measureThroughput(parser, "real", real, peers.ruff(), rounds));
    const thousand = nearestTo(1_000, real.filter(({ text }) => mayImportLibrary(text)));
    if (thousand) print(await measureKeystrokes(parser, "real", thousand.text, rounds));
  }
  print(measureMemory(process.argv[1] ?? "", checkout, fewestRounds));
  print(measurePanel(process.argv[1] ?? "", checkout, fewestRounds));
  print(await measureWatching(checkout, 3));
  print(await measureReading(rounds));
  print(await measureKnowledgeLoading(checkout, rounds));
  print(await measureColdStart(checkout, scripts, { pyright: peers.pyright(), ruff: peers.coldRuff() }, rounds));
  if (options.json !== undefined) {
    const report = { node: process.versions.node, platform: process.platform, cores: cpus().length, load, rounds, files, lines, rules: rules.length, figures };
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
}

if (options["report-panel"]) console.log(JSON.stringify(reportPanel()));
else if (options["report-memory"]) console.log(JSON.stringify(await reportMemory(root)));
else await measure(root);
