/**
 * Where the keys and values of a TOML text stand: the TOML parser gives values without their places.
 *
 * It reads only texts that the parser has accepted, so it has no errors of its own to tell.
 */

/** A half-open stretch of the text, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The places of one entry: its key, and its value where it has one of its own (a `[table]` has none). */
export interface TomlEntry {
  readonly path: readonly (string | number)[];
  readonly key: TextRange;
  readonly value: TextRange;
}

export function tomlEntries(text: string): TomlEntry[] {
  return new TomlScanner(text).scan();
}

/** The entry at a path, or the innermost one around it. */
export function entryAt(entries: readonly TomlEntry[], path: readonly (string | number)[]): TomlEntry | undefined {
  for (let length = path.length; length > 0; length--) {
    const wanted = path.slice(0, length);
    const found = entries.find((entry) => entry.path.length === length && entry.path.every((part, index) => part === wanted[index]));
    if (found) return found;
  }
  return undefined;
}

interface KeyPart extends TextRange {
  readonly name: string;
}

class TomlScanner {
  private at = 0;
  private readonly entries: TomlEntry[] = [];
  private readonly tableCounts = new Map<string, number>();

  constructor(private readonly text: string) {}

  scan(): TomlEntry[] {
    let table: (string | number)[] = [];
    for (this.skipTrivia(true); this.at < this.text.length; this.skipTrivia(true)) {
      if (this.text[this.at] === "[") table = this.header();
      else this.keyValue(table);
    }
    return this.entries;
  }

  /** `[a.b]` or `[[a.b]]`. */
  private header(): (string | number)[] {
    const isArray = this.text.startsWith("[[", this.at);
    this.at += isArray ? 2 : 1;
    const parts = this.keyParts();
    this.at = this.text.indexOf("]", this.at) + (isArray ? 2 : 1);
    const path: (string | number)[] = parts.map((part) => part.name);
    this.recordKeys([], parts, undefined);
    if (!isArray) return path;
    const name = JSON.stringify(path);
    const index = this.tableCounts.get(name) ?? 0;
    this.tableCounts.set(name, index + 1);
    return [...path, index];
  }

  private keyValue(table: readonly (string | number)[]): void {
    const parts = this.keyParts();
    this.at = this.text.indexOf("=", this.at) + 1;
    this.skipTrivia(false);
    const value = this.value([...table, ...parts.map((part) => part.name)]);
    this.recordKeys(table, parts, value);
  }

  /** Each part of a dotted key is an entry; the value belongs to the last. */
  private recordKeys(table: readonly (string | number)[], parts: readonly KeyPart[], value: TextRange | undefined): void {
    parts.forEach((part, index) => {
      const key = { start: part.start, end: part.end };
      this.entries.push({ path: [...table, ...parts.slice(0, index + 1).map(({ name }) => name)], key, value: value ?? key });
    });
  }

  private keyParts(): KeyPart[] {
    const parts: KeyPart[] = [];
    for (;;) {
      this.skipTrivia(false);
      const start = this.at;
      const quote = this.text[this.at];
      if (quote === '"' || quote === "'") {
        this.string();
        parts.push({ name: unquoted(this.text.slice(start, this.at)), start, end: this.at });
      } else {
        while (/[A-Za-z0-9_-]/.test(this.text[this.at] ?? "")) this.at++;
        parts.push({ name: this.text.slice(start, this.at), start, end: this.at });
      }
      this.skipTrivia(false);
      if (this.text[this.at] !== ".") return parts;
      this.at++;
    }
  }

  private value(path: readonly (string | number)[]): TextRange {
    const start = this.at;
    const first = this.text[this.at];
    if (first === '"' || first === "'") this.string();
    else if (first === "[") this.array(path);
    else if (first === "{") this.inlineTable(path);
    else while (this.at < this.text.length && !/[,\]}#\r\n]/.test(this.text[this.at] ?? "")) this.at++;
    let end = this.at;
    while (end > start && /[ \t]/.test(this.text[end - 1] ?? "")) end--;
    return { start, end };
  }

  private array(path: readonly (string | number)[]): void {
    this.at++;
    for (let index = 0; this.at < this.text.length; ) {
      this.skipTrivia(true);
      const next = this.text[this.at];
      if (next === ",") this.at++;
      else if (next === "]") break;
      else {
        const value = this.value([...path, index]);
        this.entries.push({ path: [...path, index++], key: value, value });
      }
    }
    this.at++;
  }

  private inlineTable(path: readonly (string | number)[]): void {
    this.at++;
    while (this.at < this.text.length) {
      this.skipTrivia(true);
      const next = this.text[this.at];
      if (next === ",") this.at++;
      else if (next === "}") break;
      else this.keyValue(path);
    }
    this.at++;
  }

  /** Leaves `at` behind the closing quote of any of TOML's four kinds of strings. */
  private string(): void {
    const quote = this.text[this.at] ?? '"';
    const long = this.text.startsWith(quote.repeat(3), this.at);
    const closing = long ? quote.repeat(3) : quote;
    this.at += closing.length;
    while (this.at < this.text.length && !this.text.startsWith(closing, this.at)) {
      this.at += quote === '"' && this.text[this.at] === "\\" ? 2 : 1;
    }
    this.at += closing.length;
    // A long string may end in one or two quotes of its own.
    if (long) while (this.text[this.at] === quote) this.at++;
  }

  private skipTrivia(lines: boolean): void {
    for (;;) {
      const unit = this.text[this.at];
      if (unit === " " || unit === "\t" || unit === "\uFEFF") this.at++;
      else if (lines && (unit === "\n" || unit === "\r")) this.at++;
      else if (lines && unit === "#") while (this.at < this.text.length && this.text[this.at] !== "\n") this.at++;
      else return;
    }
  }
}

/** The name that a quoted key spells; escapes beyond JSON's (`\e`, `\U0001F600`) are left as they are. */
function unquoted(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("'") || !inner.includes("\\")) return inner;
  return inner.replace(/\\(["\\])/g, "$1").replace(/\\u([0-9A-Fa-f]{4})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}
