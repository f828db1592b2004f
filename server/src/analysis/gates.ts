/** What has to be true of a script before a rule is asked at all: its libraries are imported, and one of its words is there. */
import type { Library } from "../environment/versions.js";
import type { Script } from "../script/script.js";
import type { Rule } from "./rule.js";
import { WordSearch } from "./wordSearch.js";

interface Gate {
  readonly rule: Rule;
  /** Indices into the words of the search; empty: none is needed. */
  readonly words: readonly number[];
  /** Indices into the libraries of all rules. */
  readonly libraries: readonly number[];
}

/** The gates of a list of rules: made once for each list, since rules never change. */
export class Gates {
  private static readonly made = new WeakMap<readonly Rule[], Gates>();
  private readonly words: readonly string[];
  private readonly libraries: readonly Library[];
  private search: WordSearch | undefined;
  private isFirst = true;
  private readonly gates: readonly Gate[];

  static of(rules: readonly Rule[]): Gates {
    let gates = Gates.made.get(rules);
    if (!gates) Gates.made.set(rules, (gates = new Gates(rules)));
    return gates;
  }

  private constructor(rules: readonly Rule[]) {
    const words = new Map<string, number>();
    const libraries = new Map<Library, number>();
    this.gates = rules.map((rule) => ({
      rule,
      words: (rule.mentions ?? []).map((word) => indexIn(words, word)),
      libraries: rule.libraries.map((library) => indexIn(libraries, library)),
    }));
    this.words = [...words.keys()];
    this.libraries = [...libraries.keys()];
  }

  /** A process that checks one script only is done sooner without the automaton. */
  private wordsIn(text: string): ArrayLike<number> {
    if (this.isFirst) {
      this.isFirst = false;
      return this.words.map((word) => (text.includes(word) ? 1 : 0));
    }
    this.search ??= new WordSearch(this.words);
    return this.search.search(text);
  }

  /** The chosen rules that may have something to say, in their order. */
  open(script: Script, chosen: ReadonlySet<Rule>): Rule[] {
    const found = this.wordsIn(script.text);
    const isImported = this.libraries.map((library) => script.imports.mentions(library));
    const open: Rule[] = [];
    for (const { rule, words, libraries } of this.gates) {
      if (!libraries.some((library) => isImported[library])) continue;
      let isMentioned = words.length === 0;
      for (let index = 0; index < words.length && !isMentioned; index++) isMentioned = found[words[index] ?? 0] === 1;
      if (isMentioned && chosen.has(rule)) open.push(rule);
    }
    return open;
  }
}

/** The number of a key, given out in the order in which keys come. */
function indexIn<Key>(indices: Map<Key, number>, key: Key): number {
  const index = indices.get(key) ?? indices.size;
  indices.set(key, index);
  return index;
}
