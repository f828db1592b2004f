/** The end of a log as a terminal shows it. */
import { describe, expect, it } from "vitest";
import { LogTail, largestTail } from "../../client/src/panel/model/logTail.js";

function linesOf(...pieces: string[]): readonly string[] {
  const tail = new LogTail();
  for (const piece of pieces) tail.push(piece);
  return tail.lines();
}

describe("the end of a log", () => {
  it("is lines, the last one unfinished", () => {
    expect(linesOf("one\ntwo\nthr", "ee")).toEqual(["one", "two", "three"]);
    expect(linesOf("one\r\ntwo\r\n")).toEqual(["one", "two"]);
    expect(linesOf("one\r", "\ntwo\r", "\n")).toEqual(["one", "two"]);
    expect(linesOf("one\r\r\ntwo\r", "\r\n")).toEqual(["one", "two"]);
    expect(linesOf("a\n\nb\n")).toEqual(["a", "", "b"]);
  });

  it("shows the last picture of a bar that is drawn over itself", () => {
    expect(linesOf(" 10%|#   | 1/10\r", " 20%|##  | 2/10\r", " 30%|### | 3/10")).toEqual([" 30%|### | 3/10"]);
    expect(linesOf(" 99%\r100%\nnext")).toEqual(["100%", "next"]);
    expect(linesOf("\r  0%", "\r 50%", "\r100%\ndone\n")).toEqual(["100%", "done"]);
  });

  it("leaves out colours, wherever the piece is cut", () => {
    const text = "\u001b[31mred\u001b[0m and \u001b[1;32mgreen\u001b[m\n\u001b]0;title\u0007plain\n";
    for (let cut = 0; cut <= text.length; cut++) {
      expect(linesOf(text.slice(0, cut), text.slice(cut)), `cut at ${cut}`).toEqual(["red and green", "plain"]);
    }
  });

  it("holds a bounded part of an endless log", () => {
    const tail = new LogTail();
    for (let index = 0; index < 200_000; index++) tail.push(`line number ${index}\n`);
    const lines = tail.lines();
    expect(lines.join("\n").length).toBeLessThanOrEqual(largestTail);
    expect(lines.at(-1)).toBe("line number 199999");
    expect(tail.dropped + lines.length).toBe(200_000);
  });

  it("cuts a line that never ends, and a bar that never ends its line does not grow", () => {
    const tail = new LogTail();
    for (let index = 0; index < 1_000; index++) tail.push("x".repeat(10_000));
    expect(tail.lines()[0]?.length).toBeLessThan(20_000);
    const bar = new LogTail();
    for (let index = 0; index < 10_000; index++) bar.push(`\r${index}/10000`);
    expect(bar.lines()).toEqual(["9999/10000"]);
  });
});
