/** What open documents hold, per source line. Runs in a process of its own, so that nothing else has grown the heaps before. */
import { spawnSync } from "node:child_process";
import type { Tree } from "web-tree-sitter";
import * as z from "zod";
import { TREES_KEPT } from "../../server/src/lsp/checker.js";
import { Script } from "../../server/src/script/script.js";
import { SyntaxTree, type PythonParser } from "../../server/src/syntax/parser.js";
import { findingsIn, loadEngine, wasmHeapBytes } from "./engine.js";
import type { Figure, NotMeasured } from "./figure.js";
import { linesOf } from "./realScripts.js";
import { spreadOf } from "./rounds.js";
import { ScriptGenerator, type BenchScript } from "./scripts.js";

const documents = 100;

/** Bytes per line. */
const report = z.object({
  /** Everything of a document in view: text, arrays and Script in JavaScript, the tree in the wasm heap. */
  inView: z.number(),
  javascript: z.number(),
  wasm: z.number(),
  /** As the server keeps them: the last few in full, the others at rest. */
  asKept: z.number(),
  /** Out of view: the text and the arrays; tree and Script are given back. */
  atRest: z.number(),
});
type Report = z.infer<typeof report>;

/** Called in the process of its own. */
export async function reportMemory(root: string): Promise<Report> {
  const parser = await loadEngine(root);
  const [first, ...scripts] = new ScriptGenerator(root, "memory").scripts(documents + 1);
  if (first) findingsIn(parser.parse(first.text)); // What is made once for all documents is not a document's.
  const lines = linesOf(scripts);
  const before = heapBytes();
  let open = scripts.map(({ text }) => {
    const tree = new SyntaxTree(parser, text);
    findingsIn(tree.flat);
    return { tree, script: new Script(tree.flat) as Script | undefined };
  });
  const javascript = (heapBytes() - before) / lines;
  const rest = ({ tree }: { readonly tree: SyntaxTree }): (typeof open)[number] => {
    tree.rest();
    return { tree, script: undefined };
  };
  const inFull = scripts.slice(0, TREES_KEPT);
  open = open.map((each, index) => (index < TREES_KEPT ? each : rest(each)));
  const kept = (heapBytes() - before) / lines;
  open = open.map(rest);
  const atRest = (heapBytes() - before) / lines;
  for (const { tree } of open) tree.dispose();
  const wasm = wasmBytesPerLine(parser, scripts);
  return { inView: javascript + wasm, javascript, wasm, asKept: kept + (wasm * linesOf(inFull)) / lines, atRest };
}

/**
 * The wasm heap grows in steps and begins half empty. So trees are kept until it has grown several times: between the first and the
 * last of these moments it was full each time, and what was added then is exactly what the trees in between took.
 */
function wasmBytesPerLine(parser: PythonParser, scripts: readonly BenchScript[]): number {
  const full: { readonly lines: number; readonly bytes: number }[] = [];
  const kept: Tree[] = [];
  let lines = 0;
  let size = wasmHeapBytes(parser);
  for (let index = 0; full.length < 5 && index < 5_000; index++) {
    const script = scripts[index % scripts.length];
    if (!script) break;
    kept.push(parser.parseTree(script.text, null));
    const grown = wasmHeapBytes(parser);
    if (grown !== size) full.push({ lines, bytes: size });
    size = grown;
    lines += linesOf([script]);
  }
  for (const tree of kept) tree.delete();
  const [begin, end] = [full[0], full.at(-1)];
  if (!begin || !end || begin === end) throw new Error("the wasm heap doesn't grow, so what trees take can't be seen");
  return (end.bytes - begin.bytes) / (end.lines - begin.lines);
}

/** JavaScript's own heap and the typed arrays beside it. */
function heapBytes(): number {
  if (!globalThis.gc) throw new Error("run with --expose-gc");
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export function measureMemory(program: string, root: string, rounds: number): (Figure | NotMeasured)[] {
  const reports: Report[] = [];
  for (let round = 0; round < rounds; round++) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", program, "--root", root, "--report-memory"], { encoding: "utf8" });
    if (status !== 0) return [{ name: "memory of open documents", reason: /\w*Error: .*/u.exec(stderr)?.[0] ?? "the process failed" }];
    reports.push(report.parse(JSON.parse(stdout)));
  }
  const figure = (name: string, key: keyof Report, budget?: number): Figure => ({
    name,
    unit: "bytes/line",
    ...spreadOf(reports.map((each) => each[key])),
    ...(budget !== undefined && { budget }),
  });
  const budget = 1024;
  return [
    figure(`memory of ${documents} open documents, ${TREES_KEPT} of them in full`, "asKept", budget),
    figure(`memory of ${documents} open documents, all of them in full`, "inView"),
    figure("  of it the JavaScript heap and its arrays", "javascript"),
    figure("  of it the wasm heap", "wasm"),
    figure(`memory of ${documents} open documents, out of view`, "atRest", budget),
  ];
}
