/** What is to be said about versions that the data on the libraries don't hold. Pure. */
import { compareVersions, parseVersion, VersionRange, type Version } from "./pep440.js";
import type { Library, Versions } from "./versions.js";

/** The releases of the libraries that are known in detail. */
export interface KnownReleases {
  /** In no order, at least one of each minor series; empty for a library of which nothing is known. */
  releases(library: Library): readonly string[];
}

export interface VersionNote {
  readonly library: Library;
  readonly kind: "newer" | "older" | "no-release";
  /** A full sentence. */
  readonly message: string;
  /** The release that is checked for instead, where one is. */
  readonly checkedAs?: string;
}

/** One note at most for each library. */
export function notesOn(versions: Versions, known: KnownReleases): VersionNote[] {
  return versions.known().flatMap((library) => {
    const range = versions.fact(library)?.range;
    const releases = known.releases(library).flatMap((text) => parseVersion(text) ?? []);
    return (range && noteOn(library, range, releases.sort(compareVersions))) ?? [];
  });
}

function noteOn(library: Library, range: VersionRange, releases: readonly Version[]): VersionNote | undefined {
  const [oldest] = releases;
  const newest = releases.at(-1);
  if (!oldest || !newest || releases.some((release) => overlaps(range, `==${release.text}`))) return undefined;
  const { exact, shown } = range;
  if (!overlaps(range, `<=${newest.text}`)) {
    return { library, kind: "newer", checkedAs: newest.text, message: `${library} ${shown} is newer than what is known of it: it is checked as ${newest.text}.` };
  }
  if (!overlaps(range, `>=${oldest.text}`)) {
    return { library, kind: "older", message: `${library} ${shown} is older than what is known of it, which begins with ${oldest.text}: little is said about it.` };
  }
  const before = exact && releases.findLast((release) => compareVersions(release, exact) < 0);
  if (!before || releases.some((release) => isSameSeries(release, exact))) return undefined;
  return { library, kind: "no-release", checkedAs: before.text, message: `${library} ${shown} is no release that is known: it is checked as ${before.text}.` };
}

function isSameSeries(a: Version, b: Version): boolean {
  return (a.release[0] ?? 0) === (b.release[0] ?? 0) && (a.release[1] ?? 0) === (b.release[1] ?? 0);
}

function overlaps(range: VersionRange, specifier: string): boolean {
  const other = VersionRange.parse(specifier);
  return other !== undefined && range.overlaps(other);
}
