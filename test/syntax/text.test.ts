/** Offsets, positions, and rows and columns, with everything that makes them differ. */
import { describe, expect, it } from "vitest";
import { LineIndex, lineTerminatorOf } from "../../server/src/syntax/text.js";
import { randomFrom } from "../support/random.js";
import { randomEdit } from "../support/randomEdits.js";
import { allTexts } from "./corpus.js";

const hug = "🤗"; // two UTF-16 units, one character
const family = "👩‍👩‍👧"; // eight UTF-16 units, five characters, one picture

describe("LineIndex", () => {
  it.each<[string, string, number[]]>([
    ["an empty text has one line", "", [0]],
    ["a text without a line break", "abc", [0]],
    ["a break at the end begins another line", "a\n", [0, 2]],
    ["line feeds", "a\n\nb", [0, 2, 3]],
    ["CRLF is one break", "a\r\nb\r\n", [0, 3, 6]],
    ["a lone carriage return breaks too", "a\rb\r", [0, 2, 4]],
    ["all three", "a\r\nb\nc\rd", [0, 3, 5, 7]],
    ["CR CR LF is a break and a CRLF", "a\r\r\nb", [0, 2, 4]],
    ["LF CR is two breaks", "a\n\rb", [0, 2, 3]],
    ["a form feed, a vertical tab and U+2028 are no breaks", "a\f\v\u2028\u0085b", [0]],
    ["a byte order mark takes a unit", "\uFEFFa\nb", [0, 3]],
    ["an emoji takes two units", `${hug}\nb`, [0, 3]],
  ])("%s", (_, text, starts) => {
    const index = new LineIndex(text);
    expect(index.lineCount).toBe(starts.length);
    expect(starts.map((_start, line) => index.lineStart(line))).toEqual(starts);
    expect(index.lineStart(starts.length)).toBe(text.length);
  });

  it.each<[string, string, number, number, number]>([
    ["the start", "ab\ncd", 0, 0, 0],
    ["the line break belongs to its line", "ab\ncd", 2, 0, 2],
    ["the start of a line", "ab\ncd", 3, 1, 0],
    ["the end", "ab\ncd", 5, 1, 2],
    ["beyond the end is the end", "ab\ncd", 99, 1, 2],
    ["before the start is the start", "ab\ncd", -3, 0, 0],
    ["between CR and LF: the line isn't over", "ab\r\ncd", 3, 0, 3],
    ["after CRLF", "ab\r\ncd", 4, 1, 0],
    ["after a lone CR", "ab\rcd", 3, 1, 0],
    ["after an emoji, in UTF-16 units", `${hug}x`, 2, 0, 2],
    ["after a byte order mark, which LSP counts", "\uFEFFx", 1, 0, 1],
    ["a tab is one unit", "\tx", 1, 0, 1],
  ])("positionAt: %s", (_, text, offset, line, character) => {
    expect(new LineIndex(text).positionAt(offset)).toEqual({ line, character });
  });

  it.each<[string, string, number, number, number]>([
    ["within a line", "ab\ncd", 1, 1, 4],
    ["past the end of a line is before its break", "ab\ncd", 0, 9, 2],
    ["past the end of a CRLF line is before the CR", "ab\r\ncd", 0, 9, 2],
    ["between CR and LF is no place: before both", "ab\r\ncd", 0, 3, 2],
    ["past the end of a line ended by CR", "ab\rcd", 0, 9, 2],
    ["past the last line is the end", "ab\ncd", 7, 0, 5],
    ["a negative character is the start", "ab\ncd", 1, -1, 3],
    ["an empty text", "", 0, 5, 0],
    ["empty lines", "\n\n\n", 1, 4, 1],
  ])("offsetAt: %s", (_, text, line, character, offset) => {
    expect(new LineIndex(text).offsetAt({ line, character })).toBe(offset);
  });

  it.each<[string, string, number, number, number]>([
    ["counts from one", "ab\ncd", 0, 1, 1],
    ["on the second line", "ab\ncd", 4, 2, 2],
    ["an emoji is one character", `x = "${hug}"  # y`, 10, 1, 10],
    ["a family is five", `${family}x`, family.length, 1, 6],
    ["a byte order mark is no column", "\uFEFFab", 2, 1, 2],
    ["at the byte order mark", "\uFEFFab", 0, 1, 1],
    ["just after it", "\uFEFFab", 1, 1, 1],
    ["the same character later is one", "a\uFEFFb", 2, 1, 3],
    ["a byte order mark doesn't matter on other lines", "\uFEFFa\nbc", 4, 2, 2],
    ["a tab is one column", "\t\tx", 2, 1, 3],
    ["CRLF", "a\r\nbc", 4, 2, 2],
    ["lone CR", "a\rbc", 3, 2, 2],
    ["a letter beyond ASCII is one column", "größe", 5, 1, 6],
    ["a lone surrogate is one column", "\uD83Ex", 1, 1, 2],
  ])("rowColumn: %s", (_, text, offset, row, column) => {
    expect(new LineIndex(text).rowColumn(offset)).toEqual({ row, column });
  });

  it("goes from offset to position and back, everywhere in every text", () => {
    const random = randomFrom("positions");
    for (const [, original] of allTexts) {
      for (const text of [original, randomEdit(original, random).text, original.replaceAll("\n", "\r\n")]) {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const insideCrlf = text[offset - 1] === "\r" && text[offset] === "\n";
          const expected = insideCrlf ? offset - 1 : offset;
          const back = index.offsetAt(index.positionAt(offset));
          if (back !== expected) throw new Error(`offset ${offset} came back as ${back} in ${JSON.stringify(text)}`);
        }
      }
    }
  });

  it("agrees with a plain count on every offset", () => {
    for (const [, text] of allTexts) {
      const index = new LineIndex(text);
      let row = 1;
      let column = 1;
      let offset = 0;
      for (const character of text) {
        expect(index.rowColumn(offset)).toEqual({ row, column });
        const isBreak = character === "\n" || (character === "\r" && text[offset + 1] !== "\n");
        if (isBreak) [row, column] = [row + 1, 1];
        else if (!(offset === 0 && character === "\uFEFF")) column++;
        offset += character.length;
      }
      expect(index.rowColumn(text.length)).toEqual({ row, column });
    }
  });

  it("ends lines before their terminator", () => {
    const text = "ab\r\n\ncd\r\r\nef";
    const index = new LineIndex(text);
    const lines = Array.from({ length: index.lineCount }, (_, line) => text.slice(index.lineStart(line), index.lineEnd(line)));
    expect(lines).toEqual(["ab", "", "cd", "", "ef"]);
  });
});

describe("lineTerminatorOf", () => {
  it.each([
    ["x", "\n"],
    ["a\nb\r\n", "\n"],
    ["a\r\nb\n", "\r\n"],
    ["a\rb\n", "\r"],
  ])("%j -> %j", (text, terminator) => {
    expect(lineTerminatorOf(text)).toBe(terminator);
  });
});
