/** Curves of any length in 2,000 points, with every peak still in them. */
import { describe, expect, it } from "vitest";
import { largestCurve, ThinnedCurve } from "../../client/src/panel/model/thinnedCurve.js";
import { randomFrom } from "../support/random.js";

function curveOf(values: readonly (number | null)[], limit?: number): ThinnedCurve {
  const curve = new ThinnedCurve(limit);
  for (const [index, value] of values.entries()) curve.push(index, value);
  return curve;
}

describe("a curve in the panel", () => {
  it("is exact while it is short", () => {
    const values = Array.from({ length: largestCurve - 1 }, (_, index) => Math.sin(index));
    const { x, y } = curveOf(values).points();
    expect(y).toEqual(values);
    expect(x[10]).toBe(10);
  });

  it("stays below its limit however many points come, and keeps the highest, the lowest and the newest", () => {
    for (const length of [2_000, 2_001, 10_000, 100_003]) {
      const values = Array.from({ length }, (_, index) => Math.sin(index / 50) * 100);
      values[Math.floor(length / 3)] = 5_000;
      values[Math.floor(length / 2)] = -5_000;
      const { x, y } = curveOf(values).points();
      expect(y.length).toBeLessThanOrEqual(largestCurve + 3);
      expect(y.length).toBeGreaterThan(largestCurve / 4);
      expect(y).toContain(5_000);
      expect(y).toContain(-5_000);
      expect([x.at(-1), y.at(-1)]).toEqual([length - 1, values[length - 1]]);
    }
  });

  it("keeps each peak of a run of many spikes, one a bucket", () => {
    const values = Array.from({ length: 64_000 }, (_, index) => (index % 1_000 === 500 ? index : 0));
    const { y } = curveOf(values).points();
    for (let at = 500; at < 64_000; at += 1_000) expect(y).toContain(at);
  });

  it("never goes back in x, in whatever order the clock jumps", () => {
    const next = randomFrom("clock");
    const curve = new ThinnedCurve(100);
    for (let index = 0; index < 5_000; index++) {
      curve.push(index + Math.floor(next() * 40) - 20, next());
      const { x } = curve.points();
      if (index % 97 === 0) expect(x.every((value, at) => at === 0 || value >= (x[at - 1] ?? 0))).toBe(true);
    }
  });

  it("shows gaps, and one gap as one", () => {
    expect(curveOf([1, null, null, null, 2]).points().y).toEqual([1, null, 2]);
    const long = Array.from({ length: 9_000 }, (_, index) => (index >= 4_000 && index < 5_000 ? null : 1));
    const { x, y } = curveOf(long, 200).points();
    expect(y.filter((value) => value === null)).toHaveLength(1);
    expect(x.filter((value) => value > 4_100 && value < 4_900)).toEqual([]);
    expect(curveOf([1, Number.NaN, 2]).points().y).toEqual([1, null, 2]);
    expect(curveOf([null, null]).isEmpty).toBe(true);
  });

  it("survives gaps after every point", () => {
    const values = Array.from({ length: 20_000 }, (_, index) => (index % 2 === 0 ? index : null));
    const { y } = curveOf(values).points();
    expect(y.length).toBeLessThanOrEqual(largestCurve + 3);
    expect(y).toContain(0);
  });

  it("goes on from its state as if it had never been sent", () => {
    const values = Array.from({ length: 12_345 }, (_, index) => Math.cos(index) * index);
    const whole = curveOf(values);
    const first = curveOf(values.slice(0, 7_001));
    const rest = ThinnedCurve.from(JSON.parse(JSON.stringify(first.state())));
    for (const [index, value] of values.slice(7_001).entries()) rest.push(7_001 + index, value);
    expect(greatest(rest)).toBe(greatest(whole));
    expect(rest.points().x.at(-1)).toBe(whole.points().x.at(-1));
    expect(rest.points().y.length).toBeLessThanOrEqual(largestCurve + 3);
  });
});

function greatest(curve: ThinnedCurve): number {
  return Math.max(...curve.points().y.filter((value) => value !== null));
}
