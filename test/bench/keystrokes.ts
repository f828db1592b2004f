/** What one keystroke costs in an open document: the edit, parsing again, flattening, the Script, every rule. */
import { SyntaxTree, type PythonParser } from "../../server/src/syntax/parser.js";
import { findingsIn, parseOnly } from "./engine.js";
import type { Figure } from "./figure.js";
import { interleave, median, ratios, spreadOf, timed } from "./rounds.js";

/** Where a letter can be typed into a name, spread over the file. */
function placesIn(text: string, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor(((index + 0.5) / count) * text.length);
    const name = /(?<=\n {4,}[a-z_]{3,})(?==)/u.exec(text.slice(from));
    return from + (name?.index ?? 0);
  });
}

/** Where a statement begins, spread over the file. */
function lineStartsIn(text: string, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => text.indexOf("\n", Math.floor(((index + 0.5) / count) * text.length)) + 1);
}

/** Types the text at each place and takes it away again: the median milliseconds of all these edits, or of the typing alone. */
function typing(tree: SyntaxTree, places: readonly number[], typed: string, counts: "both" | "typing"): number {
  const original = tree.text;
  const times: number[] = [];
  for (const place of places) {
    const changed = original.slice(0, place) + typed + original.slice(place);
    times.push(
      timed(() => {
        tree.edit(changed, { start: place, oldEnd: place, newEnd: place + typed.length });
        findingsIn(tree.flat);
      }),
    );
    const takenAway = timed(() => {
      tree.edit(original, { start: place, oldEnd: place + typed.length, newEnd: place });
      findingsIn(tree.flat);
    });
    if (counts === "both") times.push(takenAway);
  }
  return median(times);
}

/** @param kind what file it is, for the names of the figures. */
export async function measureKeystrokes(parser: PythonParser, kind: string, text: string, rounds: number): Promise<Figure[]> {
  const lines = text.split("\n").length - 1;
  const tree = new SyntaxTree(parser, text);
  findingsIn(tree.flat);
  const count = lines > 5000 ? 4 : 12;
  const letters = placesIn(text, count);
  const starts = lineStartsIn(text, count);
  const times = await interleave(
    [
      { name: "parse", run: () => median(Array.from({ length: 3 }, () => timed(() => parseOnly(parser, text)))) },
      { name: "letter", run: () => typing(tree, letters, "x", "both") },
      { name: "quotes", run: () => typing(tree, starts, '"""\n', "typing") },
    ],
    rounds,
  );
  tree.dispose();
  const at = `in ${lines.toLocaleString("en")} ${kind} lines`;
  const small = lines <= 1200;
  return [
    { name: `keystroke ${at}, a letter / full parse`, unit: "x", ...spreadOf(ratios(times, "letter", "parse")), ...(small && { budget: 0.4 }) },
    { name: `keystroke ${at}, a letter`, unit: "ms", ...spreadOf(times["letter"] ?? []), ...(small && { budget: 5 }) },
    { name: `keystroke ${at}, a lone """ / full parse`, unit: "x", ...spreadOf(ratios(times, "quotes", "parse")) },
    { name: `keystroke ${at}, a lone """`, unit: "ms", ...spreadOf(times["quotes"] ?? []) },
  ];
}
