/** "Did you mean": the known name that a mistyped one stands for. */

/** The nearest of `names`, or undefined when none is near enough to be what was meant: at most `most` letters away. */
export function nearestName(written: string, names: readonly string[], most = Math.max(1, Math.floor(written.length / 3))): string | undefined {
  const wanted = plain(written);
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of names) {
    const candidate = plain(name);
    if (candidate === wanted) return name;
    // A rule written without its library: `strategy-mismatch`.
    const isEnd = candidate.endsWith(`/${wanted}`);
    // Names of very different lengths are never near.
    if (!isEnd && Math.abs(candidate.length - wanted.length) > most) continue;
    const distance = isEnd ? 0.5 : editDistance(wanted, candidate);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return bestDistance <= most ? best : undefined;
}

/** ` Did you mean "..."?` with its leading space, or nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const name = nearestName(written, names);
  return name === undefined ? "" : ` Did you mean "${name}"?`;
}

/** `perFileIgnores`, `per_file_ignores` and `per-file-ignores` are the same word. */
function plain(name: string): string {
  // Most names are lower case with underscores already.
  return (/[A-Z]/.test(name) ? name.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase() : name).replaceAll("_", "-");
}

/** Insertions, deletions, replacements and swaps of neighbours each cost one. */
function editDistance(a: string, b: string): number {
  let twoBack: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(twoBack, j - 2) + 1);
      current.push(cost);
    }
    twoBack = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
