/**
 * Python package versions and ranges of them (PEP 440), pure.
 *
 * A range is kept as the set of versions it allows, as sorted disjoint intervals, so that "does this hold in every version the script
 * may meet" is a question about sets. Pre-releases belong to the release they lead to: `>=5` admits `5.0.0rc1` and `<5` does not,
 * because a release candidate already behaves as its release does.
 */

/** A parsed version. Two versions compare by `epoch`, then `release`, then pre, post and dev tags. */
export interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** Sort keys of the tags: pre-release, post-release, development release. */
  readonly tags: readonly [pre: number, preNumber: number, post: number, dev: number];
  readonly text: string;
}

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:(?:[-_.]?(post|rev|r)[-_.]?(\d*))|-(\d+))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?$/i;

const PRE_RANK: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };
const NO_PRE = 3;
const DEV_ONLY = -1;
const NO_POST = -1;
const NO_DEV = Number.POSITIVE_INFINITY;

/** The version that a text spells, or undefined when it is none. Local labels (`+cu121`) don't take part. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text.trim());
  if (!match) return undefined;
  const [, epoch, release, pre, preNumber, post, postNumber, implicitPost, dev, devNumber] = match;
  const hasPost = post !== undefined || implicitPost !== undefined;
  const preRank = pre ? (PRE_RANK[pre.toLowerCase()] ?? 0) : dev && !hasPost ? DEV_ONLY : NO_PRE;
  return {
    epoch: Number(epoch ?? 0),
    release: (release ?? "0").split(".").map(Number),
    tags: [preRank, Number(preNumber || 0), hasPost ? Number(postNumber || implicitPost || 0) : NO_POST, dev ? Number(devNumber || 0) : NO_DEV],
    text: text.trim(),
  };
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  const length = Math.max(a.release.length, b.release.length);
  for (let i = 0; i < length; i++) {
    const difference = (a.release[i] ?? 0) - (b.release[i] ?? 0);
    if (difference !== 0) return difference;
  }
  for (let i = 0; i < 4; i++) {
    const left = a.tags[i] ?? 0;
    const right = b.tags[i] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** An interval of versions; `undefined` bounds are open to the oldest or the newest there can be. */
interface Interval {
  readonly lower?: Version;
  readonly lowerInclusive: boolean;
  readonly upper?: Version;
  readonly upperInclusive: boolean;
}

/** A set of versions. */
export class VersionRange {
  static readonly any = new VersionRange([{ lowerInclusive: true, upperInclusive: true }], "any version");

  private constructor(
    private readonly intervals: readonly Interval[],
    /** As it was written, without needless spaces. */
    readonly text: string,
  ) {}

  /**
   * Parses a comma-separated list of specifiers (`>=4.46,<5`), or a bare version, which means exactly that one. Alternatives may be
   * joined by `||`. Undefined when any part is not PEP 440.
   */
  static parse(text: string): VersionRange | undefined {
    const intervals: Interval[] = [];
    for (const alternative of text.split("||")) {
      let set: readonly Interval[] = VersionRange.any.intervals;
      for (const part of alternative.split(",").map((piece) => piece.trim())) {
        if (part === "" || part === "*") continue;
        const specifier = parseSpecifier(part);
        if (!specifier) return undefined;
        set = intersect(set, specifier);
      }
      intervals.push(...set);
    }
    return new VersionRange(merged(intervals), text.replace(/\s+/g, "").replace(/\|\|/g, " || ") || "any version");
  }

  /** The single version of an exact pin, if it is one. */
  get exact(): Version | undefined {
    const [only] = this.intervals;
    if (this.intervals.length !== 1 || !only?.lower || !only.upper) return undefined;
    return compareVersions(only.lower, only.upper) === 0 ? only.lower : undefined;
  }

  get isEmpty(): boolean {
    return this.intervals.length === 0;
  }

  /** Whether it leaves out no version at all. */
  get isAny(): boolean {
    const [only] = this.intervals;
    return this.intervals.length === 1 && only?.lower === undefined && only?.upper === undefined;
  }

  /** For people: "4.57.6", "4.46.3 or 4.57.6", ">=4.46,<5", "any version". */
  get shown(): string {
    if (this.isAny) return VersionRange.any.text;
    const alternatives = this.text.split(" || ").map((alternative) => alternative.replace(/^={2,3}([^,*]+)$/, "$1"));
    return this.exact?.text ?? alternatives.join(" or ");
  }

  and(other: VersionRange): VersionRange {
    if (this.isAny || this.text === other.text) return other;
    if (other.isAny) return this;
    return new VersionRange(intersect(this.intervals, other.intervals), `${this.text},${other.text}`);
  }

  or(other: VersionRange): VersionRange {
    if (this.isAny || other.isAny) return VersionRange.any;
    if (this.text === other.text) return this;
    return new VersionRange(merged([...this.intervals, ...other.intervals]), `${this.text} || ${other.text}`);
  }

  /** Whether every version of this range lies in `other`. */
  isWithin(other: VersionRange): boolean {
    return this.intervals.every((mine) => {
      const covered = intersect([mine], other.intervals);
      return covered.some((piece) => sameBounds(piece, mine));
    });
  }

  overlaps(other: VersionRange): boolean {
    return intersect(this.intervals, other.intervals).length > 0;
  }
}

function parseSpecifier(part: string): readonly Interval[] | undefined {
  const match = /^(===|==|!=|~=|>=|<=|>|<)?\s*([^\s]+)$/.exec(part);
  if (!match) return undefined;
  const operator = match[1] ?? "==";
  const written = match[2] ?? "";
  const wildcard = written.endsWith(".*");
  const version = parseVersion(wildcard ? written.slice(0, -2) : written);
  if (!version || (wildcard && operator !== "==" && operator !== "!=")) return undefined;
  switch (operator) {
    case "===":
    case "==":
      return wildcard ? [prefixInterval(version, version.release)] : [point(version)];
    case "!=": {
      const hole = wildcard ? prefixInterval(version, version.release) : point(version);
      return complement(hole);
    }
    case "~=": {
      if (version.release.length < 2) return undefined;
      const prefix = prefixInterval(version, version.release.slice(0, -1));
      return intersect([prefix], [{ lower: firstOf(version), lowerInclusive: true, upperInclusive: true }]);
    }
    case ">=":
      return [{ lower: firstOf(version), lowerInclusive: true, upperInclusive: true }];
    case ">":
      return [{ lower: lastOf(version), lowerInclusive: false, upperInclusive: true }];
    case "<=":
      return [{ lowerInclusive: true, upper: version, upperInclusive: true }];
    default:
      return [{ lowerInclusive: true, upper: firstOf(version), upperInclusive: false }];
  }
}

/** The oldest version that already counts as `version`: its first development release, unless it is itself a pre-release. */
function firstOf(version: Version): Version {
  const [pre, , post] = version.tags;
  if (pre !== NO_PRE || post !== NO_POST) return version;
  return { ...version, tags: [DEV_ONLY, 0, NO_POST, 0] };
}

/** Newer than every post-release of `version`: `>5` leaves out `5.post1`, as PEP 440 says. A post-release is its own last. */
function lastOf(version: Version): Version {
  const [pre, preNumber, post] = version.tags;
  if (post !== NO_POST) return version;
  return { ...version, tags: [pre, preNumber, Number.POSITIVE_INFINITY, NO_DEV] };
}

function point(version: Version): Interval {
  return { lower: version, lowerInclusive: true, upper: version, upperInclusive: true };
}

/** Every version that begins with these numbers, in the epoch of `version`. */
function prefixInterval({ epoch }: Version, release: readonly number[]): Interval {
  const next = [...release];
  next[next.length - 1] = (next[next.length - 1] ?? 0) + 1;
  const bound = (parts: readonly number[]): Version => firstOf({ epoch, release: parts, tags: [NO_PRE, 0, NO_POST, NO_DEV], text: parts.join(".") });
  return { lower: bound(release), lowerInclusive: true, upper: bound(next), upperInclusive: false };
}

function complement(hole: Interval): readonly Interval[] {
  const pieces: Interval[] = [];
  if (hole.lower) pieces.push({ lowerInclusive: true, upper: hole.lower, upperInclusive: !hole.lowerInclusive });
  if (hole.upper) pieces.push({ lower: hole.upper, lowerInclusive: !hole.upperInclusive, upperInclusive: true });
  return pieces;
}

/** Sorted and disjoint: what overlaps or touches becomes one, so that "all of it" can be asked interval by interval. */
function merged(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  for (const next of [...intervals].sort(byLower)) {
    const last = result.at(-1);
    if (last && reaches(last, next)) result[result.length - 1] = { ...lowerOf(last), ...laterUpper(last, next) };
    else result.push(next);
  }
  return result;
}

function byLower(a: Interval, b: Interval): number {
  if (!a.lower || !b.lower) return Number(a.lower !== undefined) - Number(b.lower !== undefined);
  return compareVersions(a.lower, b.lower) || Number(b.lowerInclusive) - Number(a.lowerInclusive);
}

/** Whether no version lies between the end of `first` and the start of `next`, which begins later. */
function reaches(first: Interval, next: Interval): boolean {
  if (!first.upper || !next.lower) return true;
  const order = compareVersions(first.upper, next.lower);
  return order > 0 || (order === 0 && (first.upperInclusive || next.lowerInclusive));
}

function laterUpper(a: Interval, b: Interval): Pick<Interval, "upper" | "upperInclusive"> {
  if (!a.upper || !b.upper) return { upperInclusive: true };
  const order = compareVersions(a.upper, b.upper);
  if (order === 0) return { upper: a.upper, upperInclusive: a.upperInclusive || b.upperInclusive };
  return upperOf(order > 0 ? a : b);
}

function intersect(left: readonly Interval[], right: readonly Interval[]): readonly Interval[] {
  const pieces: Interval[] = [];
  for (const a of left) {
    for (const b of right) {
      const lower = laterLower(a, b);
      const upper = earlierUpper(a, b);
      const piece: Interval = { ...lower, ...upper };
      if (!isEmptyInterval(piece)) pieces.push(piece);
    }
  }
  return pieces;
}

function laterLower(a: Interval, b: Interval): Pick<Interval, "lower" | "lowerInclusive"> {
  if (!a.lower) return lowerOf(b);
  if (!b.lower) return lowerOf(a);
  const order = compareVersions(a.lower, b.lower);
  if (order === 0) return { lower: a.lower, lowerInclusive: a.lowerInclusive && b.lowerInclusive };
  return lowerOf(order > 0 ? a : b);
}

function earlierUpper(a: Interval, b: Interval): Pick<Interval, "upper" | "upperInclusive"> {
  if (!a.upper) return upperOf(b);
  if (!b.upper) return upperOf(a);
  const order = compareVersions(a.upper, b.upper);
  if (order === 0) return { upper: a.upper, upperInclusive: a.upperInclusive && b.upperInclusive };
  return upperOf(order < 0 ? a : b);
}

function lowerOf(interval: Interval): Pick<Interval, "lower" | "lowerInclusive"> {
  return interval.lower ? { lower: interval.lower, lowerInclusive: interval.lowerInclusive } : { lowerInclusive: true };
}

function upperOf(interval: Interval): Pick<Interval, "upper" | "upperInclusive"> {
  return interval.upper ? { upper: interval.upper, upperInclusive: interval.upperInclusive } : { upperInclusive: true };
}

function isEmptyInterval({ lower, upper, lowerInclusive, upperInclusive }: Interval): boolean {
  if (!lower || !upper) return false;
  const order = compareVersions(lower, upper);
  return order > 0 || (order === 0 && !(lowerInclusive && upperInclusive));
}

function sameBounds(a: Interval, b: Interval): boolean {
  return sameBound(a.lower, b.lower) && sameBound(a.upper, b.upper) && a.lowerInclusive === b.lowerInclusive && a.upperInclusive === b.upperInclusive;
}

function sameBound(a: Version | undefined, b: Version | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && compareVersions(a, b) === 0);
}
