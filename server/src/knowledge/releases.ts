/** The stored releases of one library, and which of them a script may meet. */
import { compareVersions, parseVersion, VersionRange, type Version } from "../environment/pep440.js";

export class Releases {
  private readonly versions: readonly Version[];
  private readonly matched = new WeakMap<VersionRange, readonly number[]>();

  /** @param texts ascending by PEP 440. */
  constructor(readonly texts: readonly string[]) {
    this.versions = texts.map((text) => {
      const version = parseVersion(text);
      if (!version) throw new Error(`A stored release is not PEP 440: ${text}`);
      return version;
    });
  }

  get all(): readonly number[] {
    return this.matching(VersionRange.any);
  }

  get newest(): string {
    return this.texts.at(-1) ?? "";
  }

  get oldest(): string {
    return this.texts[0] ?? "";
  }

  /**
   * The stored releases (by index) that stand for a range of versions. A version newer than the data is taken for the newest; between two stored
   * ones it may behave like either if both are patches of its minor release. Empty: older than the data, nothing is known.
   */
  matching(range: VersionRange): readonly number[] {
    let matched = this.matched.get(range);
    if (!matched) {
      const { exact } = range;
      matched = exact ? this.standingFor(exact) : this.within(range);
      this.matched.set(range, matched);
    }
    return matched;
  }

  /** Whether the newest stored release is older than every version of the range. */
  isOlderThan(range: VersionRange): boolean {
    const upToNewest = VersionRange.parse(`<=${this.newest}`);
    return upToNewest !== undefined && !range.overlaps(upToNewest);
  }

  /** PEP 440 text of the stored releases with these indexes, as half-open ranges; undefined for none. */
  rangeText(indexes: readonly number[]): string | undefined {
    const runs: string[] = [];
    for (const [start, end] of runsOf(indexes)) {
      const until = this.texts[end];
      runs.push(`>=${this.texts[start] ?? ""}${until === undefined ? "" : `,<${until}`}`);
    }
    return runs.length > 0 ? runs.join(" || ") : undefined;
  }

  private within(range: VersionRange): readonly number[] {
    const inside = this.texts.flatMap((text, index) => (range.overlaps(pointOf(text)) ? [index] : []));
    if (inside.length > 0) return inside;
    return this.isOlderThan(range) && !range.isEmpty ? [this.texts.length - 1] : [];
  }

  private standingFor(version: Version): readonly number[] {
    let below = -1;
    while (below + 1 < this.versions.length && compareVersions(this.versions[below + 1] ?? version, version) <= 0) below++;
    const older = this.versions[below];
    const newer = this.versions[below + 1];
    // A release candidate already behaves as its release does.
    if (newer && sameRelease(newer, version, 3)) return [below + 1];
    if (!older) return [];
    // A yanked first release is nearer to the patch that followed it.
    if (newer && !sameRelease(older, version, 2) && sameRelease(newer, version, 2)) return [below + 1];
    if (newer && compareVersions(older, version) !== 0 && sameRelease(older, version, 2) && sameRelease(newer, version, 2)) return [below, below + 1];
    return [below];
  }
}

/** Consecutive indexes as half-open runs. */
export function* runsOf(indexes: readonly number[]): Generator<readonly [start: number, end: number]> {
  for (let i = 0; i < indexes.length; ) {
    const start = indexes[i] ?? 0;
    let end = start;
    while (indexes[i] === end) {
      end++;
      i++;
    }
    yield [start, end];
  }
}

const points = new Map<string, VersionRange>();

function pointOf(release: string): VersionRange {
  let point = points.get(release);
  if (!point) {
    point = VersionRange.parse(release) ?? VersionRange.any;
    points.set(release, point);
  }
  return point;
}

function sameRelease(a: Version, b: Version, length: number): boolean {
  for (let i = 0; i < length; i++) if ((a.release[i] ?? 0) !== (b.release[i] ?? 0)) return false;
  return true;
}
