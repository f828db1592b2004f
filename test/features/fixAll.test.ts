import { describe, expect, it } from "vitest";
import { applyEdits } from "../../server/src/analysis/applyEdits.js";
import type { Edit, Finding, Fix } from "../../server/src/analysis/finding.js";
import { EditHistory } from "../../server/src/features/editHistory.js";
import { fixAll } from "../../server/src/features/fixAll.js";
import { randomFrom } from "../support/random.js";
import { randomEdit } from "../support/randomEdits.js";

function finding(...fixes: Fix[]): Finding {
  return { rule: "test/word", severity: "warning", message: "", range: { start: 0, end: 1 }, related: [], tags: [], fixes };
}

function fix(safety: Fix["safety"], ...edits: Edit[]): Fix {
  return { title: "", safety, edits };
}

/** A check that replaces a word wherever it stands. */
function replacing(words: Readonly<Record<string, string>>, safety: Fix["safety"] = "safe"): (text: string) => Finding[] {
  return (text) =>
    Object.entries(words).flatMap(([word, newText]) =>
      [...text.matchAll(new RegExp(word, "g"))].map(({ index }) => finding(fix(safety, { start: index, end: index + word.length, newText }))),
    );
}

describe("fix all", () => {
  it("goes on while fixes make room for others, and counts them", () => {
    const { text, applied, edits } = fixAll("a-x-a", replacing({ a: "b", b: "c" }));
    expect({ text, applied }).toEqual({ text: "c-x-c", applied: 4 });
    expect(edits).toEqual([
      { start: 0, end: 1, newText: "c" },
      { start: 4, end: 5, newText: "c" },
    ]);
  });

  it("takes unsafe fixes only when asked, and never those with a place to fill in", () => {
    expect(fixAll("a", replacing({ a: "b" }, "unsafe")).text).toBe("a");
    expect(fixAll("a", replacing({ a: "b" }, "unsafe"), { unsafe: true }).text).toBe("b");
    expect(fixAll("a", replacing({ a: "b" }, "placeholder"), { unsafe: true })).toEqual({ text: "a", applied: 0, edits: [] });
  });

  it("prefers the safe fix of a finding", () => {
    const both = (text: string): Finding[] =>
      text === "a" ? [finding(fix("unsafe", { start: 0, end: 1, newText: "unsafe" }), fix("safe", { start: 0, end: 1, newText: "safe" }))] : [];
    expect(fixAll("a", both, { unsafe: true }).text).toBe("safe");
  });

  it("never applies half of a fix, nor two at one place in one round", () => {
    const check = (text: string): Finding[] =>
      text === "abc"
        ? [
            finding(fix("safe", { start: 0, end: 2, newText: "AB" })),
            finding(fix("safe", { start: 1, end: 2, newText: "!" }, { start: 2, end: 3, newText: "!" })),
          ]
        : [];
    expect(fixAll("abc", check)).toMatchObject({ text: "ABc", applied: 1 });
    const twice = (text: string): Finding[] => (text === "f()" ? ["x", "y"].map((newText) => finding(fix("safe", { start: 2, end: 2, newText }))) : []);
    expect(fixAll("f()", twice).text).toBe("f(x)");
  });

  it("ends where two fixes undo each other, and where one changes nothing", () => {
    expect(["a", "b"]).toContain(fixAll("a", (text) => (text === "a" ? replacing({ a: "b" }) : replacing({ b: "a" }))(text)).text);
    expect(fixAll("a", replacing({ a: "a" }))).toEqual({ text: "a", applied: 0, edits: [] });
  });
});

describe("several rounds of edits", () => {
  it("are one round of edits to the original text, apart from each other", () => {
    const random = randomFrom("history");
    for (let run = 0; run < 200; run++) {
      const original = ["import 🤗\nx = 1\n", "a\r\nb 🤗🤘\r\n", "\uFEFFpass\r"][run % 3] ?? "";
      const history = new EditHistory(original);
      let current = original;
      for (let round = 0; round < 6; round++) {
        const { text, change } = randomEdit(current, random);
        history.apply([{ start: change.start, end: change.oldEnd, newText: text.slice(change.start, change.newEnd) }]);
        current = text;
      }
      const edits = history.edits();
      expect(applyEdits(original, edits)).toBe(current);
      edits.slice(1).forEach((edit, index) => expect(edit.start).toBeGreaterThan(edits[index]?.end ?? 0));
    }
  });

  it("leave out what stays the same, but never cut a character or a line break in two", () => {
    const edited = (text: string, newText: string): readonly Edit[] => {
      const history = new EditHistory(text);
      history.apply([{ start: 0, end: text.length, newText }]);
      return history.edits();
    };
    expect(edited("save_steps=10", "save_steps=20")).toEqual([{ start: 11, end: 12, newText: "2" }]);
    expect(edited("same", "same")).toEqual([]);
    expect(edited("🤗", "🤘")).toEqual([{ start: 0, end: 2, newText: "🤘" }]);
    expect(edited("a\r\n", "a\n")).toEqual([{ start: 1, end: 3, newText: "\n" }]);
  });
});
