/** While a line is being typed, what is found elsewhere stays found. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OpenDocument } from "../../server/src/lsp/openDocument.js";
import { NO_NODE } from "../../server/src/syntax/flatTree.js";
import { Kind } from "../../server/src/syntax/kind.js";
import { parser } from "../support/parser.js";
import { checkScript } from "../support/ruleTest.js";

const BROKEN = ["foo(", "if x", "import ", '"""', "x = [", "def f(", "y = {'a': ", "f'{", "class C(", "for i in", "print('", "@"];

const examples = ["strategy_mismatch.py", "decimal_save_steps.py", "force_words.py", "steps_divided_by_n_gpu.py"];

function rulesFound(document: OpenDocument): string[] {
  return checkScript(document.script(parser)).map((finding) => `${finding.severity} ${finding.rule}`);
}

/** Lines before which a statement of the module can be typed: not inside a call, a docstring or a function. */
function placesToType(text: string): number[] {
  const tree = parser.parse(text);
  const lines: number[] = [];
  for (let node = tree.firstChild(0); node !== NO_NODE; node = tree.nextSibling(node)) {
    if (tree.kind(node) !== Kind.comment) lines.push(text.slice(0, tree.start(node)).split("\n").length - 1);
  }
  return lines;
}

describe.each(examples)("%s", (name) => {
  const text = readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");
  const whole = rulesFound(new OpenDocument("untitled:x.py", "python", 1, text));

  it.each(BROKEN)("keeps its findings while %j is typed anywhere between its statements", (broken) => {
    expect(whole.length).toBeGreaterThan(0);
    const lost: number[] = [];
    for (const line of placesToType(text)) {
      const document = new OpenDocument("untitled:x.py", "python", 1, text);
      document.script(parser);
      const at = { line, character: 0 };
      document.apply([{ range: { start: at, end: at }, text: "\n" }], 2);
      document.apply([{ range: { start: at, end: at }, text: broken }], 3);
      if (JSON.stringify(rulesFound(document)) !== JSON.stringify(whole)) lost.push(line);
    }
    expect(lost, "lines at which typing it loses a finding").toEqual([]);
  });
});
