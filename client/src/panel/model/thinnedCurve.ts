/**
 * A curve of bounded size: when it grows too long, neighbouring points are replaced by their lowest and highest, so that every peak and
 * every dip stays visible whatever the length of the run.
 */
import * as z from "zod/mini";

/** The most points that a curve of the panel holds. */
export const largestCurve = 2_000;

/** A curve as it travels between the extension and the panel. A `null` in `y` is a gap in the line. */
export const curveStateSchema = z.object({
  /** How many points as pushed one bucket stands for. */
  stride: z.number(),
  x: z.array(z.number()),
  y: z.array(z.nullable(z.number())),
  /** The points of the last, unfinished bucket. */
  pending: z.array(z.tuple([z.number(), z.number()])),
  last: z.nullable(z.number()),
});

export type CurveState = z.infer<typeof curveStateSchema>;

type Point = readonly [x: number, y: number];

export class ThinnedCurve {
  #stride = 1;
  #x: number[] = [];
  #y: (number | null)[] = [];
  /** At most three of the unfinished bucket: its lowest, its highest and its last. */
  #low: Point | undefined;
  #high: Point | undefined;
  #newest: Point | undefined;
  #count = 0;
  #lastX = -Infinity;

  constructor(readonly limit = largestCurve) {
    if (limit < 8) throw new RangeError("A curve of fewer than 8 points shows nothing.");
  }

  /** Adds the next point. An `x` that goes back (a clock that was set) counts as the one before it; a `y` that is no finite number is a gap. */
  push(x: number, y: number | null): void {
    const at = Math.max(x, this.#lastX);
    if (!Number.isFinite(at)) return;
    this.#lastX = at;
    if (y === null || !Number.isFinite(y)) this.#gap(at);
    else this.#add([at, y]);
  }

  /** The points to draw, `x` never falling; the newest point as pushed is always the last. At most `limit` + 3. */
  points(): { readonly x: readonly number[]; readonly y: readonly (number | null)[] } {
    const rest = this.#pending();
    if (rest.length === 0) return { x: this.#x, y: this.#y };
    return { x: [...this.#x, ...rest.map(([x]) => x)], y: [...this.#y, ...rest.map(([, y]) => y)] };
  }

  get isEmpty(): boolean {
    return this.#x.length === 0 && this.#count === 0;
  }

  /** The newest value, or null at a gap or with nothing yet. */
  get newest(): number | null {
    return this.#newest?.[1] ?? this.#y.at(-1) ?? null;
  }

  state(): CurveState {
    return {
      stride: this.#stride,
      x: [...this.#x],
      y: [...this.#y],
      pending: this.#pending().map(([x, y]) => [x, y]),
      last: Number.isFinite(this.#lastX) ? this.#lastX : null,
    };
  }

  static from(state: CurveState, limit = largestCurve): ThinnedCurve {
    const curve = new ThinnedCurve(limit);
    curve.#stride = state.stride;
    curve.#x = [...state.x];
    curve.#y = [...state.y];
    for (const [x, y] of state.pending) curve.#add([x, y]);
    curve.#lastX = state.last ?? -Infinity;
    return curve;
  }

  #add(point: Point): void {
    this.#newest = point;
    if (this.#low === undefined || point[1] < this.#low[1]) this.#low = point;
    if (this.#high === undefined || point[1] >= this.#high[1]) this.#high = point;
    this.#count += 1;
    if (this.#count >= this.#stride) this.#close();
  }

  #gap(x: number): void {
    this.#close();
    if (this.#y.length > 0 && this.#y.at(-1) !== null) this.#emit(x, null);
  }

  /** Turns the bucket into points. */
  #close(): void {
    if (this.#low !== undefined && this.#high !== undefined) {
      const [first, second] = this.#low[0] <= this.#high[0] ? [this.#low, this.#high] : [this.#high, this.#low];
      this.#emit(first[0], first[1]);
      if (second !== first) this.#emit(second[0], second[1]);
    }
    this.#low = this.#high = this.#newest = undefined;
    this.#count = 0;
  }

  #emit(x: number, y: number | null): void {
    this.#x.push(x);
    this.#y.push(y);
    while (this.#x.length >= this.limit) this.#compact();
  }

  /** Halves the points: of every four, the lowest and the highest stay, and a gap if there was one. */
  #compact(): void {
    const before = { x: this.#x, y: this.#y };
    this.#x = [];
    this.#y = [];
    for (let start = 0; start < before.x.length; start += 4) this.#keepExtremes(before, start, Math.min(start + 4, before.x.length));
    this.#stride *= 2;
  }

  #keepExtremes(points: { x: number[]; y: (number | null)[] }, start: number, end: number): void {
    let low = -1;
    let high = -1;
    let gap = -1;
    for (let index = start; index < end; index++) {
      const y = points.y[index] ?? null;
      if (y === null) gap = index;
      else {
        if (low === -1 || y < (points.y[low] ?? Infinity)) low = index;
        if (high === -1 || y >= (points.y[high] ?? -Infinity)) high = index;
      }
    }
    for (const index of [...new Set([low, high, gap])].filter((each) => each >= 0).sort((a, b) => a - b)) {
      const y = points.y[index] ?? null;
      // Neighbouring gaps are one.
      if (y === null && (this.#y.at(-1) ?? null) === null && this.#y.length > 0) continue;
      this.#x.push(points.x[index] ?? 0);
      this.#y.push(y);
    }
  }

  /** The unfinished bucket as points, in order and each once. */
  #pending(): Point[] {
    const points = [this.#low, this.#high, this.#newest].filter((point): point is Point => point !== undefined);
    return [...new Set(points)].sort((a, b) => a[0] - b[0]);
  }
}
