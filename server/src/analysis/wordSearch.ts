/**
 * Which of some words are anywhere in a text, found in one pass however many words there are.
 *
 * An automaton (Aho and Corasick, 1975): a state is the longest end of what was read that begins a word. One step per character, so that the gates
 * before a few hundred rules cost less than a hundredth of parsing.
 */

/** The characters that words may be made of have a column each; everything else shares the first, which leads back to the start. */
const CODE_UNITS = 0x80;

/** A character beyond ASCII is taken for the one with the same last bits: a word found too much costs a look, and the texts are nearly all ASCII. */
const LAST_UNIT = CODE_UNITS - 1;

/** A row of the table has 64 columns: the letters of both cases, digits and a dozen others. */
const ROW_BITS = 6;

export class WordSearch {
  private readonly columns = new Uint8Array(CODE_UNITS);
  private readonly longest: number;
  /** The next state by row (a state) and column. */
  private readonly next: Uint16Array;
  /** By state: the word that ends here, one more than its index; 0 for none. */
  private readonly ends: Uint16Array;
  /** By state: the nearest state that is an end of this one and where a word ends; 0 for none. */
  private readonly shorter: Uint16Array;
  /** By state: whether any word ends here. */
  private readonly isEnd: Uint8Array;

  /** @throws on a word that isn't ASCII, and when all words together are beyond what the table holds. */
  constructor(readonly words: readonly string[]) {
    let width = 1;
    let states = 1;
    for (const word of words) {
      states += word.length;
      for (let offset = 0; offset < word.length; offset++) {
        const unit = word.charCodeAt(offset);
        if (unit >= CODE_UNITS) throw new Error(`${JSON.stringify(word)} can't be searched for: ASCII only`);
        if (this.columns[unit] === 0) this.columns[unit] = width++;
      }
    }
    if (width > 1 << ROW_BITS || states > 0xffff) throw new Error(`${words.length} words of ${width - 1} different characters are too many to search for at once`);
    this.longest = Math.max(1, ...words.map((word) => word.length));
    this.next = new Uint16Array(states << ROW_BITS);
    this.ends = new Uint16Array(states);
    this.shorter = new Uint16Array(states);
    this.isEnd = new Uint8Array(states);
    this.addFailures(this.addWords());
  }

  /** For each word, in the order of `words`, whether it may be in the text: 1, or 0 where it certainly isn't. */
  search(text: string): Uint8Array {
    const { columns, next, isEnd } = this;
    const found = new Uint8Array(this.words.length);
    // Each step waits for the one before, so three parts of the text are gone through at once; the first two go on by as much as a word may reach.
    const part = Math.ceil(text.length / 3);
    const rest = text.length - 2 * part;
    let a = 0;
    let b = 0;
    let c = 0;
    for (let offset = 0; offset < rest; offset++) {
      a = next[(a << ROW_BITS) | (columns[text.charCodeAt(offset) & LAST_UNIT] ?? 0)] ?? 0;
      b = next[(b << ROW_BITS) | (columns[text.charCodeAt(offset + part) & LAST_UNIT] ?? 0)] ?? 0;
      c = next[(c << ROW_BITS) | (columns[text.charCodeAt(offset + 2 * part) & LAST_UNIT] ?? 0)] ?? 0;
      if (isEnd[a] === 0 && isEnd[b] === 0 && isEnd[c] === 0) continue;
      if (isEnd[a] === 1) this.mark(a, found);
      if (isEnd[b] === 1) this.mark(b, found);
      if (isEnd[c] === 1) this.mark(c, found);
    }
    this.goOn(a, text, Math.max(0, rest), part + this.longest, found);
    this.goOn(b, text, part + Math.max(0, rest), 2 * part + this.longest, found);
    return found;
  }

  /** Reads one part on, from a state. */
  private goOn(from: number, text: string, start: number, end: number, found: Uint8Array): void {
    const { columns, next, isEnd } = this;
    const last = Math.min(end, text.length);
    let state = from;
    for (let offset = start; offset < last; offset++) {
      state = next[(state << ROW_BITS) | (columns[text.charCodeAt(offset) & LAST_UNIT] ?? 0)] ?? 0;
      if (isEnd[state] === 1) this.mark(state, found);
    }
  }

  /** Every word that ends in a state. */
  private mark(state: number, found: Uint8Array): void {
    for (let end = state; end !== 0; end = this.shorter[end] ?? 0) {
      const word = this.ends[end] ?? 0;
      if (word !== 0) found[word - 1] = 1;
    }
  }

  /** The words as a tree: returns the parent and the column of each state. */
  private addWords(): { readonly parents: readonly number[]; readonly by: readonly number[] } {
    const parents = [0];
    const by = [0];
    this.words.forEach((word, index) => {
      let state = 0;
      for (let offset = 0; offset < word.length; offset++) {
        const column = this.columns[word.charCodeAt(offset)] ?? 0;
        const cell = (state << ROW_BITS) | column;
        if (this.next[cell] === 0) {
          this.next[cell] = parents.length;
          parents.push(state);
          by.push(column);
        }
        state = this.next[cell] ?? 0;
      }
      this.ends[state] = index + 1;
    });
    return { parents, by };
  }

  /** From each state, where a character leads that continues no word there: where it leads from the longest end of that state. */
  private addFailures({ parents, by }: { readonly parents: readonly number[]; readonly by: readonly number[] }): void {
    const { next, ends, shorter, isEnd } = this;
    const failures = new Uint16Array(parents.length);
    const children: number[][] = parents.map(() => []);
    for (let state = 1; state < parents.length; state++) children[parents[state] ?? 0]?.push(state);
    // A state's failure is shorter than the state, so the tree is gone through by depth.
    const queue = [...(children[0] ?? [])];
    for (const state of queue) {
      const parent = parents[state] ?? 0;
      const failure = parent === 0 ? 0 : (next[((failures[parent] ?? 0) << ROW_BITS) | (by[state] ?? 0)] ?? 0);
      failures[state] = failure;
      shorter[state] = ends[failure] !== 0 ? failure : (shorter[failure] ?? 0);
      isEnd[state] = ends[state] !== 0 || shorter[state] !== 0 ? 1 : 0;
      next.copyWithin(state << ROW_BITS, failure << ROW_BITS, (failure + 1) << ROW_BITS);
      for (const child of children[state] ?? []) {
        next[(state << ROW_BITS) | (by[child] ?? 0)] = child;
        queue.push(child);
      }
    }
  }
}
