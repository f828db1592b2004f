/** A full check against parsing alone, and against ruff where it is installed. */
import { Script } from "../../server/src/script/script.js";
import type { PythonParser } from "../../server/src/syntax/parser.js";
import { findingsIn, parseOnly, rules } from "./engine.js";
import type { Figure, NotMeasured } from "./figure.js";
import { interleave, ratios, spreadOf, timed, type Variant } from "./rounds.js";
import type { RuffCheck } from "./peers.js";
import type { BenchScript } from "./scripts.js";

export async function measureThroughput(
  parser: PythonParser,
  scripts: readonly BenchScript[],
  ruff: RuffCheck | string,
  rounds: number,
): Promise<(Figure | NotMeasured)[]> {
  const ofAll = (action: (text: string) => void) => () =>
    timed(() => {
      for (const { text } of scripts) action(text);
    });
  const variants: Variant[] = [
    { name: "parse", run: ofAll((text) => parseOnly(parser, text)) },
    { name: "flatten", run: ofAll((text) => void parser.parse(text)) },
    { name: "script", run: ofAll((text) => void new Script(parser.parse(text))) },
    { name: "check", run: ofAll((text) => void findingsIn(parser.parse(text))) },
  ];
  if (typeof ruff !== "string") variants.push({ name: "ruff", run: ofAll((text) => void ruff(text)) });
  const times = await interleave(variants, rounds);
  return [
    { name: `full check, ${rules.length} rules / parse only`, unit: "x", ...spreadOf(ratios(times, "check", "parse")), budget: 1.3 },
    { name: "  of it parse and flatten", unit: "x", ...spreadOf(ratios(times, "flatten", "parse")) },
    { name: "  of it parse, flatten and new Script", unit: "x", ...spreadOf(ratios(times, "script", "parse")) },
    typeof ruff === "string"
      ? { name: "full check / ruff, its default rules, warm", reason: ruff }
      : { name: "full check / ruff, its default rules, warm", unit: "x", ...spreadOf(ratios(times, "check", "ruff")) },
  ];
}
