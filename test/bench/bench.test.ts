/** What the benchmark stands on: scripts that are right and always the same, and ratios taken inside a round. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parser } from "../support/parser.js";
import { lineOf } from "./figure.js";
import { interleave, interleaveOver, median, ratios, spreadOf } from "./rounds.js";
import { ScriptGenerator } from "./scripts.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the scripts that are measured", () => {
  const scripts = new ScriptGenerator(root).scripts(60);

  it("come out the same every time, and differ among themselves", () => {
    expect(new ScriptGenerator(root).scripts(60)).toEqual(scripts);
    expect(new Set(scripts.map(({ text }) => text)).size).toBe(60);
  });

  it("are Python, of about 150 lines", () => {
    for (const { name, text } of scripts) expect(parser.parse(text).hasError(0), name).toBe(false);
    const lengths = scripts.map(({ text }) => text.split("\n").length);
    expect(median(lengths)).toBeGreaterThan(130);
    expect(median(lengths)).toBeLessThan(180);
  });

  it.each([1_000, 10_000])("make one file of %d lines that is Python", (lines) => {
    const text = new ScriptGenerator(root, "file").fileOf(lines);
    expect(text.match(/\n/gu)).toHaveLength(lines);
    expect(parser.parse(text).hasError(0)).toBe(false);
  });
});

describe("rounds", () => {
  it("run every variant in each round, beginning with another one each time, and forget the warm-up", async () => {
    const order: string[] = [];
    const variant = (name: string, time: number) => ({
      name,
      run: () => {
        order.push(name);
        return time;
      },
    });
    const times = await interleave([variant("a", 2), variant("b", 4), variant("c", 8)], 3, 1);
    expect(order.join("")).toBe("abc" + "abc" + "bca" + "cab");
    expect(times).toEqual({ a: [2, 2, 2], b: [4, 4, 4], c: [8, 8, 8] });
  });

  it("take turns at each item, beginning with another one each time", async () => {
    const order: string[] = [];
    const action = (name: string) => (item: number) => void order.push(`${name}${item}`);
    const times = await interleaveOver([1, 2], { a: action("a"), b: action("b") }, 2, 1);
    expect(order.join(" ")).toBe("a1 b1 b2 a2 b1 a1 a2 b2 a1 b1 b2 a2");
    expect(Object.values(times).map(({ length }) => length)).toEqual([2, 2]);
  });

  it("compare within a round", () => {
    expect(ratios({ slow: [10, 40], fast: [5, 10] }, "slow", "fast")).toEqual([2, 4]);
    expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("are printed beside the budget", () => {
    const figure = { name: "a figure", unit: "x" as const, min: 1, median: 1.25, max: 2 };
    expect(lineOf({ ...figure, budget: 1.3 })).toMatch(/^a figure +1\.00x +1\.25x +2\.00x {3}<= 1\.30x {2}ok$/u);
    expect(lineOf({ ...figure, budget: 1.2 })).toMatch(/OVER$/u);
    expect(lineOf(figure)).toMatch(/-$/u);
    expect(lineOf({ name: "another", reason: "it is not installed" })).toMatch(/not measured: it is not installed$/u);
  });
});
