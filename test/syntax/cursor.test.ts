import { describe, expect, it } from "vitest";
import { cursorAt } from "../../server/src/syntax/cursor.js";

/** The text with `|` for the cursor -> what it stands in, in short: the brackets, the string's content so far, or "comment". */
function at(marked: string): string {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { brackets, string, isInComment } = cursorAt(text, offset);
  const open = brackets.map(({ bracket }) => bracket).join("");
  return isInComment ? `${open}#` : string ? `${open}${string.quote}${text.slice(string.contentStart, offset)}` : open;
}

describe("what a cursor stands in", () => {
  it.each([
    ["f(|", "("],
    ["f(a, [1, {2: |", "([{"],
    ["f(a)|", ""],
    ["f(a, g(b), |)", "("],
    ["f('a(|", "('a("],
    ["f('a('|", "("],
    ['f("it\'s|', "(\"it's"],
    ["f('''a\nb'c|", "('''a\nb'c"],
    ["f('a\\'b|", "('a\\'b"],
    ["f('a\n|", "("],
    ["f(  # why (|", "(#"],
    ["f(  # why (\n|", "("],
    ["f(rb'x|", "('x"],
    ["f(''|", "("],
    ["f('|'", "('"],
    ["x = )(|", "("],
    ["f(a]|", "("],
    // A bracket that was forgotten ends where no bracket can go on.
    ["f(\nimport os\ng(|", "("],
    ["f(\ndef g(|", "("],
    ["f(\n    x if y\n    else z, |", "("],
    ["|f(", ""],
  ])("%s", (marked, expected) => {
    expect(at(marked)).toBe(expected);
  });

  it("answers anywhere in any text", () => {
    const text = "f(a, 'b', {\"c\": [1, \"\"\"x\n\"\"\"]}, # d\n  **e) [ ''' \\";
    for (let offset = 0; offset <= text.length; offset++) expect(cursorAt(text, offset).brackets.length).toBeGreaterThanOrEqual(0);
  });
});
