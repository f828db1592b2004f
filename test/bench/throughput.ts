/** A full check of a set of files, as editor and terminal do it, against parsing them alone, and against ruff where it is installed. */
import { mayImportLibrary } from "../../server/src/features/textGate.js";
import { Script } from "../../server/src/script/script.js";
import type { PythonParser } from "../../server/src/syntax/parser.js";
import { findingsIn, parseOnly } from "./engine.js";
import type { Figure, NotMeasured } from "./figure.js";
import { interleaveOver, ratios, spreadOf } from "./rounds.js";
import type { RuffCheck } from "./peers.js";
import type { BenchScript } from "./scripts.js";

/** V8 goes on compiling what is hot for about so many rounds; before that the ratio is one of compilers. */
const untilCompiled = 6;

/** @param kind what scripts they are, for the names of the figures. */
export async function measureThroughput(
  parser: PythonParser,
  kind: string,
  scripts: readonly BenchScript[],
  ruff: RuffCheck | string,
  rounds: number,
): Promise<(Figure | NotMeasured)[]> {
  const times = await interleaveOver<string>(
    scripts.map(({ text }) => text),
    {
      parse: (text) => parseOnly(parser, text),
      flatten: (text) => void parser.parse(text),
      script: (text) => void new Script(parser.parse(text)),
      check: (text) => void (mayImportLibrary(text) && findingsIn(parser.parse(text))),
      ...(typeof ruff !== "string" && { ruff: (text: string) => void ruff(text) }),
    },
    rounds,
    untilCompiled,
  );
  return [
    { name: `full check of ${kind} scripts / parse only`, unit: "x", ...spreadOf(ratios(times, "check", "parse")), budget: 1.3 },
    { name: "  of it parse and flatten", unit: "x", ...spreadOf(ratios(times, "flatten", "parse")) },
    { name: "  of it parse, flatten and new Script", unit: "x", ...spreadOf(ratios(times, "script", "parse")) },
    typeof ruff === "string"
      ? { name: `full check of ${kind} scripts / ruff, its default rules, warm`, reason: ruff }
      : { name: `full check of ${kind} scripts / ruff, its default rules, warm`, unit: "x", ...spreadOf(ratios(times, "check", "ruff")) },
  ];
}
