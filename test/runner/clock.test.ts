/** Times of a run while somebody sets the machine's clock, and how often samples are kept. */
import { expect, test } from "vitest";
import type { GpuSample } from "../../runner/src/record.js";
import { RunClock } from "../../runner/src/runClock.js";
import { SampleRate } from "../../runner/src/supervisor/sampleRate.js";

class Machine {
  private wallMs = Date.parse("2026-03-29T00:59:50.000Z");
  private steadyMs = 1_000;
  readonly clock = new RunClock({ wall: () => this.wallMs, monotonic: () => this.steadyMs });

  pass(seconds: number): this {
    this.steadyMs += seconds * 1000;
    this.wallMs += seconds * 1000;
    return this;
  }

  set(seconds: number): this {
    this.wallMs += seconds * 1000;
    return this;
  }
}

test("time passes", () => {
  const machine = new Machine().pass(12.5);
  expect(machine.clock.stamp()).toBe("2026-03-29T01:00:02.500Z");
  expect(machine.clock.seconds()).toBe(12.5);
  expect(machine.clock.takeJumps()).toEqual([]);
});

test("set back by an hour: times go on, the duration is right, and nothing is said", () => {
  const machine = new Machine().pass(10);
  machine.clock.now();
  machine.set(-3600).pass(5);
  expect(machine.clock.stamp()).toBe("2026-03-29T01:00:05.000Z");
  machine.pass(5);
  expect(machine.clock.stamp()).toBe("2026-03-29T01:00:10.000Z");
  expect(machine.clock.seconds()).toBe(20);
  expect(machine.clock.takeJumps()).toEqual([]);
  machine.set(3600).pass(1);
  expect(machine.clock.stamp()).toBe("2026-03-29T01:00:11.000Z");
  expect(machine.clock.takeJumps()).toEqual([]);
});

test("set forward, or asleep: times follow, the duration doesn't count it, and it is said once", () => {
  const machine = new Machine().pass(10);
  machine.clock.now();
  machine.set(7200).pass(1);
  expect(machine.clock.stamp()).toBe("2026-03-29T03:00:01.000Z");
  expect(machine.clock.seconds()).toBe(11);
  expect(machine.clock.takeJumps()).toEqual(["The machine slept, or its clock was set forward by 7200 s."]);
  expect(machine.clock.takeJumps()).toEqual([]);
});

test("never goes back, whatever is done to the clock", () => {
  const machine = new Machine();
  let last = 0;
  for (const seconds of [-1, 0.2, -5000, 3, 86_400, -86_400, -1, 0]) {
    const now = machine.set(seconds).pass(0.1).clock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
});

test("every sample of the first hours is kept, later fewer, and always the highest", () => {
  const rate = new SampleRate();
  const sample = (memoryMib: number): GpuSample => ({ t: "2026-01-01T00:00:00.000Z", gpus: [], run: { memoryMib, how: "processes" }, host: null });
  const kept = (from: number, to: number): number[] => {
    const heights: number[] = [];
    for (let second = from; second < to; second++) {
      const taken = rate.take(sample(second % 7 === 0 ? 1000 + second : second % 5), second);
      if (taken) heights.push(taken.run.memoryMib ?? 0);
    }
    return heights;
  };
  expect(kept(0, 7200)).toHaveLength(7200);
  const later = kept(7200, 7200 + 210);
  expect(later.length).toBeGreaterThan(60);
  expect(later.length).toBeLessThan(75);
  // The peaks are all there.
  expect(later.filter((height) => height >= 1000)).toHaveLength(30);
  expect(kept(90_000, 91_000).length).toBeLessThan(110);
});
