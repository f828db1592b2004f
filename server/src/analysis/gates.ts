/** What has to be true of a script before a rule is asked at all: its libraries are imported, and one of its words is there. */
import type { Library } from "../environment/versions.js";
import type { Script } from "../script/script.js";
import type { Rule } from "./rule.js";
import { WordSearch } from "./wordSearch.js";

interface Gate {
  readonly rule: Rule;
  /** Indices into the words of the search; empty: none is needed. */
  readonly words: readonly number[];
}

/** The gates of a list of rules: made once for each list, since rules never change. */
export class Gates {
  private static readonly made = new WeakMap<readonly Rule[], Gates>();
  private readonly words: readonly string[];
  private search: WordSearch | undefined;
  private isFirst = true;
  private readonly gates: readonly Gate[];

  static of(rules: readonly Rule[]): Gates {
    let gates = Gates.made.get(rules);
    if (!gates) Gates.made.set(rules, (gates = new Gates(rules)));
    return gates;
  }

  private constructor(rules: readonly Rule[]) {
    const indices = new Map<string, number>();
    this.gates = rules.map((rule) => ({
      rule,
      words: (rule.mentions ?? []).map((word) => {
        const index = indices.get(word) ?? indices.size;
        indices.set(word, index);
        return index;
      }),
    }));
    this.words = [...indices.keys()];
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
    const imported = new Map<Library, boolean>();
    const isImported = (library: Library): boolean => {
      let known = imported.get(library);
      if (known === undefined) imported.set(library, (known = script.imports.mentions(library)));
      return known;
    };
    const open: Rule[] = [];
    for (const { rule, words } of this.gates) {
      let isMentioned = words.length === 0;
      for (let index = 0; index < words.length && !isMentioned; index++) isMentioned = found[words[index] ?? 0] === 1;
      if (isMentioned && chosen.has(rule) && rule.libraries.some(isImported)) open.push(rule);
    }
    return open;
  }
}
