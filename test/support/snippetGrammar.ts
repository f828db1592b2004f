/**
 * Expands VS Code snippets as the editor does when every placeholder is left as it is.
 *
 * Stricter than the editor, which shows what it cannot parse as text: here a stray `$` or backslash, a variable, a transformation, a
 * placeholder defined twice or a mirror of nothing is an error, because in a snippet of ours it is a mistake.
 */

/** A piece of a snippet's body. */
export type SnippetPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tabstop"; readonly number: number }
  | { readonly kind: "placeholder"; readonly number: number; readonly parts: readonly SnippetPart[] }
  | { readonly kind: "choice"; readonly number: number; readonly options: readonly string[] };

export class SnippetSyntaxError extends Error {}

/** The parts of a body. @throws SnippetSyntaxError where the body isn't in the grammar. */
export function parseSnippet(body: string): readonly SnippetPart[] {
  const parts = new SnippetReader(body).read();
  checkNumbers(parts);
  return parts;
}

/** The text that is inserted; `picked` says which option of a choice, the first if it doesn't. */
export function expandSnippet(parts: readonly SnippetPart[], picked: ReadonlyMap<number, string> = new Map()): string {
  const definitions = new Map(definitionsIn(parts).map((part) => [part.number, part]));
  const expand = (part: SnippetPart): string => {
    switch (part.kind) {
      case "text":
        return part.text;
      case "placeholder":
        return part.parts.map(expand).join("");
      case "choice":
        return picked.get(part.number) ?? part.options[0] ?? "";
      case "tabstop": {
        const definition = definitions.get(part.number);
        return definition ? expand(definition) : "";
      }
    }
  };
  return parts.map(expand).join("");
}

/** The snippet with its first options, then once more for each other option of each choice. */
export function snippetVariants(parts: readonly SnippetPart[]): readonly { readonly label: string; readonly text: string }[] {
  const variants = [{ label: "as offered", text: expandSnippet(parts) }];
  for (const part of definitionsIn(parts)) {
    if (part.kind !== "choice") continue;
    for (const option of part.options.slice(1)) {
      variants.push({ label: `with ${option}`, text: expandSnippet(parts, new Map([[part.number, option]])) });
    }
  }
  return variants;
}

type Definition = Extract<SnippetPart, { kind: "placeholder" | "choice" }>;

function allParts(parts: readonly SnippetPart[]): SnippetPart[] {
  return parts.flatMap((part) => (part.kind === "placeholder" ? [part, ...allParts(part.parts)] : [part]));
}

function definitionsIn(parts: readonly SnippetPart[]): Definition[] {
  return allParts(parts).filter((part): part is Definition => part.kind === "placeholder" || part.kind === "choice");
}

/** The numbers run from 1 without a gap, each defined once; 0 is where the cursor ends, at most once. */
function checkNumbers(parts: readonly SnippetPart[]): void {
  const defined = definitionsIn(parts).map((part) => part.number);
  if (new Set(defined).size !== defined.length) throw new SnippetSyntaxError(`a tab stop is defined twice: ${defined.join(", ")}`);
  [...defined].sort((a, b) => a - b).forEach((number, index) => {
    if (number !== index + 1) throw new SnippetSyntaxError(`tab stop ${index + 1} is missing`);
  });
  const bare = allParts(parts).filter((part) => part.kind === "tabstop").map((part) => part.number);
  const undefinedMirror = bare.find((number) => number !== 0 && !defined.includes(number));
  if (undefinedMirror !== undefined) throw new SnippetSyntaxError(`$${undefinedMirror} mirrors nothing`);
  if (bare.filter((number) => number === 0).length > 1) throw new SnippetSyntaxError("$0 occurs twice");
}

class SnippetReader {
  private offset = 0;

  constructor(private readonly body: string) {}

  read(): readonly SnippetPart[] {
    const parts = this.parts(false);
    if (this.offset < this.body.length) throw this.error("a brace closes nothing");
    return parts;
  }

  /** Parts up to the end, or inside a placeholder up to its closing brace. */
  private parts(nested: boolean): SnippetPart[] {
    const parts: SnippetPart[] = [];
    let text = "";
    const flush = (): void => {
      if (text !== "") parts.push({ kind: "text", text });
      text = "";
    };
    while (this.offset < this.body.length && !(nested && this.peek() === "}")) {
      if (this.peek() === "\\") text += this.escaped("$}\\");
      else if (this.peek() === "$") {
        flush();
        parts.push(this.dollar());
      } else text += this.next();
    }
    flush();
    return parts;
  }

  private dollar(): SnippetPart {
    this.expect("$");
    if (this.peek() !== "{") return { kind: "tabstop", number: this.number() };
    this.expect("{");
    const number = this.number();
    switch (this.next()) {
      case "}":
        return { kind: "tabstop", number };
      case ":": {
        const parts = this.parts(true);
        this.expect("}");
        return { kind: "placeholder", number, parts };
      }
      case "|":
        return { kind: "choice", number, options: this.options() };
      default:
        throw this.error("expected `:`, `|` or `}` after the number");
    }
  }

  private options(): string[] {
    const options = [""];
    for (;;) {
      const last = options.length - 1;
      if (this.peek() === "\\") options[last] += this.escaped(",|\\");
      else if (this.peek() === ",") {
        this.expect(",");
        options.push("");
      } else if (this.peek() === "|") {
        this.expect("|");
        this.expect("}");
        break;
      } else options[last] += this.next();
    }
    if (options.length < 2 || options.includes("") || new Set(options).size !== options.length) {
      throw this.error("a choice has at least two different options");
    }
    return options;
  }

  private number(): number {
    let digits = "";
    while (/\d/.test(this.peek())) digits += this.next();
    if (digits === "") throw this.error("expected a number; a dollar sign of the text is written `\\$`");
    return Number(digits);
  }

  private escaped(allowed: string): string {
    this.expect("\\");
    const character = this.next();
    if (!allowed.includes(character)) throw this.error("a backslash of the text is written twice");
    return character;
  }

  private peek(): string {
    return this.body[this.offset] ?? "";
  }

  private next(): string {
    const character = this.body[this.offset];
    if (character === undefined) throw this.error("the snippet ends too early");
    this.offset++;
    return character;
  }

  private expect(character: string): void {
    if (this.next() !== character) throw this.error(`expected ${character}`);
  }

  private error(message: string): SnippetSyntaxError {
    return new SnippetSyntaxError(`${message}, at ${JSON.stringify(this.body.slice(Math.max(0, this.offset - 20), this.offset + 5))}`);
  }
}
