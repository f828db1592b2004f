/** One release's signature of a callable, read from the data's text. */

export interface Signature {
  /** Names that may be given by position, in order. */
  readonly positional: readonly string[];
  /** How many of them can't be given by name. */
  readonly positionalOnly: number;
  readonly keywordOnly: readonly string[];
  /** `*args` takes any number of positionals. */
  readonly takesPositionals: boolean;
  /** `**kwargs` takes any keyword. */
  readonly takesKeywords: boolean;
  /** Names that the library reads out of `**kwargs`. */
  readonly readFromKeywords: readonly string[];
  /** The callable whose parameters it takes too, before its own: a dataclass's base in another library. */
  readonly inherits: string | undefined;
  /** All names that can be given by keyword. */
  readonly keywords: ReadonlySet<string>;
  /** The sources don't tell all of it. */
  readonly isPartial: boolean;
}

const parsed = new Map<string, Signature>();

/** @param text see `callableData.signatures`. */
export function parseSignature(text: string): Signature {
  let signature = parsed.get(text);
  if (!signature) {
    signature = read(text);
    parsed.set(text, signature);
  }
  return signature;
}

function read(text: string): Signature {
  const positional: string[] = [];
  const keywordOnly: string[] = [];
  const readFromKeywords: string[] = [];
  let positionalOnly = 0;
  let takesPositionals = false;
  let takesKeywords = false;
  let inherits: string | undefined;
  let isPartial = false;
  let target = positional;
  for (const word of text.split(" ")) {
    if (word === "") continue;
    if (word === "?") isPartial = true;
    else if (word === "/") positionalOnly = positional.length;
    else if (word.startsWith("<")) inherits = word.slice(1);
    else if (word.startsWith("**")) {
      takesKeywords = true;
      target = readFromKeywords;
    } else if (word.startsWith("*")) {
      takesPositionals = word.length > 1;
      target = keywordOnly;
    } else target.push(word);
  }
  const keywords = new Set([...positional.slice(positionalOnly), ...keywordOnly, ...readFromKeywords]);
  return { positional, positionalOnly, keywordOnly, takesPositionals, takesKeywords, readFromKeywords, keywords, inherits, isPartial };
}
