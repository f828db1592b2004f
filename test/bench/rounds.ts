/**
 * Measuring as ratios. The machine's speed changes by the minute, so what is compared runs in the same round, in rotated order, and the
 * ratio is taken inside the round.
 */

/** Something to be measured; it returns the milliseconds that count. */
export interface Variant {
  readonly name: string;
  run(): number | Promise<number>;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Milliseconds by variant and round. */
export type Rounds = Readonly<Record<string, readonly number[]>>;

const warmUps = 2;

/** Runs all variants once per round, beginning with another one each time; the first rounds only warm up. */
export async function interleave(variants: readonly Variant[], rounds: number, warm = warmUps): Promise<Rounds> {
  const times: Record<string, number[]> = Object.fromEntries(variants.map(({ name }) => [name, []]));
  for (let round = -warm; round < rounds; round++) {
    for (let index = 0; index < variants.length; index++) {
      const variant = variants[(index + Math.max(0, round)) % variants.length];
      if (!variant) continue;
      const time = await variant.run();
      if (round >= 0) times[variant.name]?.push(time);
    }
  }
  return times;
}

/**
 * The same for something that is done to each of many items: all variants take their turn at one item before the next one comes, since within the seconds of
 * a whole round the machine's speed changes too. @returns sums over the items.
 */
export async function interleaveOver<Item>(items: readonly Item[], actions: Readonly<Record<string, (item: Item) => void>>, rounds: number, warm = warmUps): Promise<Rounds> {
  const variants = Object.entries(actions);
  const names = Object.keys(actions);
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < warm + rounds; round++) {
    const sums: Record<string, number> = {};
    items.forEach((item, index) => {
      const first = (round + index) % variants.length;
      for (const [name, action] of [...variants.slice(first), ...variants.slice(0, first)]) sums[name] = (sums[name] ?? 0) + timed(() => action(item));
    });
    // Whatever else wants to be done in between.
    await new Promise(setImmediate);
    if (round >= warm) for (const name of names) times[name]?.push(sums[name] ?? 0);
  }
  return times;
}

export function ratios(times: Rounds, above: string, below: string): number[] {
  return (times[above] ?? []).map((time, round) => time / (times[below]?.[round] ?? Number.NaN));
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0] ?? Number.NaN, median: median(sorted), max: sorted.at(-1) ?? Number.NaN };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The milliseconds that something takes. */
export function timed(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}
