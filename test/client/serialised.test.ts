import { describe, expect, it } from "vitest";
import { Serialised } from "../../client/src/serialised.js";

/** An action whose runs end when the test says so. */
function controlled() {
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const serialised = new Serialised(() => new Promise<void>((resolve, reject) => ends.push({ resolve, reject })));
  const end = (index: number): void => ends[index]?.resolve();
  const fail = (index: number): void => ends[index]?.reject(new Error("failed"));
  return { serialised, runs: () => ends.length, end, fail };
}

describe("Serialised", () => {
  it("begins at once, and shares one more run among all calls during a run", async () => {
    const { serialised, runs, end } = controlled();
    const first = serialised.run();
    const others = [serialised.run(), serialised.run(), serialised.run()];
    expect(runs()).toBe(1);
    end(0);
    await first;
    await Promise.resolve();
    expect(runs()).toBe(2);
    end(1);
    await Promise.all(others);
    expect(runs()).toBe(2);
  });

  it("takes a call during the second run as a wish for a third", async () => {
    const { serialised, runs, end } = controlled();
    const first = serialised.run();
    const second = serialised.run();
    end(0);
    await first;
    await Promise.resolve();
    const third = serialised.run();
    end(1);
    await second;
    await Promise.resolve();
    expect(runs()).toBe(3);
    end(2);
    await third;
  });

  it("reports a failure to its own callers and goes on", async () => {
    const { serialised, end, fail } = controlled();
    const first = serialised.run();
    const second = serialised.run();
    fail(0);
    await expect(first).rejects.toThrow("failed");
    end(1);
    await expect(second).resolves.toBeUndefined();
  });
});
