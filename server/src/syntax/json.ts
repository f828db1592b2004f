/**
 * JSON with the place of everything, as Python's `json.load` reads it: no comments, no trailing commas, NaN and Infinity allowed, of two equal
 * keys the last one counts.
 */
import { BYTE_ORDER_MARK, type Span } from "./text.js";

export interface JsonScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly span: Span;
}

export interface JsonArray {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
  readonly span: Span;
}

export interface JsonEntry {
  readonly key: Span;
  readonly value: JsonNode;
}

export interface JsonObject {
  readonly kind: "object";
  readonly entries: ReadonlyMap<string, JsonEntry>;
  readonly span: Span;
}

export type JsonNode = JsonScalar | JsonArray | JsonObject;

/** Why a text is no JSON, as a clause ("a comment"), and where it stops being it. */
export interface JsonProblem {
  readonly what: string;
  readonly span: Span;
}

export type ParsedJson = { readonly root: JsonNode } | { readonly problem: JsonProblem };

/** Deeper than Python's own recursion goes. */
const DEEPEST = 500;

export function parseJson(text: string): ParsedJson {
  try {
    return { root: new Reader(text).document() };
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    return { problem: error.problem };
  }
}

class NoJson extends Error {
  constructor(readonly problem: JsonProblem) {
    super(problem.what);
  }
}

const WORDS: Readonly<Record<string, number | boolean | null>> = {
  true: true,
  false: false,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

const SPACE = /[ \t\n\r]*/y;
const WORD = /-?[A-Za-z_]\w*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A string in double quotes, without the control characters that Python refuses in one. */
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class Reader {
  private offset = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): JsonNode {
    if (this.text.startsWith(BYTE_ORDER_MARK)) this.fail("a byte order mark", 0, 1);
    const root = this.value();
    this.space();
    if (this.offset < this.text.length) this.unexpected("text behind the end");
    return root;
  }

  private value(): JsonNode {
    this.space();
    const start = this.offset;
    switch (this.text.charAt(start)) {
      case "{":
        return this.nested(() => this.object(start));
      case "[":
        return this.nested(() => this.array(start));
      case '"':
        return { kind: "scalar", value: this.string(), span: { start, end: this.offset } };
    }
    const number = this.take(NUMBER);
    if (number !== undefined && !/[\w.]/.test(this.text.charAt(this.offset))) return { kind: "scalar", value: Number(number), span: { start, end: this.offset } };
    this.offset = start;
    const word = this.take(WORD);
    const value = word === undefined ? undefined : WORDS[word];
    if (word !== undefined && value === undefined) this.fail(/^(?:True|False|None)$/.test(word) ? `Python's ${word}` : `the bare word ${word.slice(0, 30)}`, start, this.offset);
    if (value === undefined) this.unexpected(number === undefined ? "a missing value" : "a malformed number");
    return { kind: "scalar", value, span: { start, end: this.offset } };
  }

  private object(start: number): JsonObject {
    const entries = new Map<string, JsonEntry>();
    for (let comma = -1; ; ) {
      this.space();
      if (this.text.charAt(this.offset) === "}") {
        if (comma >= 0) this.fail("a comma before }", comma, comma + 1);
        break;
      }
      const from = this.offset;
      if (this.text.charAt(from) !== '"') this.unexpected("a key without double quotes");
      const key = this.string();
      const end = this.offset;
      this.space();
      if (this.text.charAt(this.offset) !== ":") this.unexpected("a missing colon");
      this.offset++;
      entries.set(key, { key: { start: from, end }, value: this.value() });
      comma = this.separator("}");
      if (comma < 0) break;
    }
    this.offset++;
    return { kind: "object", entries, span: { start, end: this.offset } };
  }

  private array(start: number): JsonArray {
    const items: JsonNode[] = [];
    for (let comma = -1; ; ) {
      this.space();
      if (this.text.charAt(this.offset) === "]") {
        if (comma >= 0) this.fail("a comma before ]", comma, comma + 1);
        break;
      }
      items.push(this.value());
      comma = this.separator("]");
      if (comma < 0) break;
    }
    this.offset++;
    return { kind: "array", items, span: { start, end: this.offset } };
  }

  /** Steps over a comma. @returns where it is; -1 in front of the closing bracket. */
  private separator(closing: string): number {
    this.space();
    const unit = this.text.charAt(this.offset);
    if (unit === closing) return -1;
    if (unit !== ",") this.unexpected("a missing comma");
    return this.offset++;
  }

  private string(): string {
    const start = this.offset;
    const written = this.take(STRING);
    if (written === undefined) {
      const line = /[^\r\n]*/y;
      line.lastIndex = start;
      this.fail("a string that doesn't end on its line, or a wrong escape in it", start, start + (line.exec(this.text)?.[0].length ?? 1));
    }
    return JSON.parse(written) as string;
  }

  private nested<Node>(read: () => Node): Node {
    if (++this.depth > DEEPEST) this.fail("too many brackets inside each other", this.offset, this.offset + 1);
    this.offset++;
    const node = read();
    this.depth--;
    return node;
  }

  private space(): void {
    this.take(SPACE);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const taken = pattern.exec(this.text)?.[0];
    if (taken !== undefined) this.offset += taken.length;
    return taken;
  }

  /** What stands here can't stand here: a name for it where people often write it, else the general one. */
  private unexpected(what: string): never {
    const rest = this.text.slice(this.offset, this.offset + 2);
    if (this.text.trim() === "") this.fail("it is empty", 0, this.text.length);
    if (rest === "") this.fail("it ends too early", Math.max(0, this.text.trimEnd().length - 1), this.text.length);
    if (rest.startsWith("#") || rest === "//" || rest === "/*") this.fail("a comment", this.offset, this.offset + (rest.startsWith("#") ? 1 : 2));
    this.fail(rest.startsWith("'") ? "a single quote" : what, this.offset, this.offset + 1);
  }

  private fail(what: string, start: number, end: number): never {
    throw new NoJson({ what, span: { start, end } });
  }
}
