/**
 * What a cursor stands in, in a text that may be broken right there: the open brackets, the string, the comment.
 *
 * A lexer over the text before the cursor and nothing more, because the parser's tree is at its worst exactly where somebody types.
 */

export interface OpenBracket {
  readonly bracket: "(" | "[" | "{";
  readonly offset: number;
}

export interface OpenString {
  /** Where its prefix or its first quote stands. */
  readonly start: number;
  /** `"`, `'`, `"""` or `'''`. */
  readonly quote: string;
  /** Where what is inside begins. */
  readonly contentStart: number;
}

export interface Cursor {
  /** The outermost first. */
  readonly brackets: readonly OpenBracket[];
  readonly string: OpenString | undefined;
  readonly isInComment: boolean;
}

const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Statements that no bracket can hold: one that is still open above them was forgotten. */
const STATEMENT = /^[ \t]*(?:@|(?:def|class|import|from|return|raise|with|while|try|del|global|pass|break|continue)\b)/;

const TOKEN = /"""|'''|["'#()[\]{}\n]/g;

/** @param offset in code units. */
export function cursorAt(text: string, offset: number): Cursor {
  const brackets: OpenBracket[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match && match.index < offset; match = TOKEN.exec(text)) {
    const [token] = match;
    const at = match.index;
    if (token === "\n") {
      if (brackets.length > 0 && STATEMENT.test(text.slice(at + 1, at + 41))) brackets.length = 0;
    } else if (token === "#") {
      const end = text.indexOf("\n", at);
      if (end < 0 || end >= offset) return { brackets, string: undefined, isInComment: true };
      TOKEN.lastIndex = end;
    } else if (token === "(" || token === "[" || token === "{") brackets.push({ bracket: token, offset: at });
    else if (token in PAIRS) {
      const open = brackets.findLastIndex(({ bracket }) => bracket === PAIRS[token]);
      if (open >= 0) brackets.length = open;
    } else {
      const end = stringEnd(text, at, token);
      // A cursor behind the closing quote is outside.
      if (end.offset > offset || (end.offset === offset && !end.isClosed)) {
        const prefix = /[A-Za-z]{0,2}$/.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? "";
        return { brackets, string: { start: at - prefix.length, quote: token, contentStart: at + token.length }, isInComment: false };
      }
      TOKEN.lastIndex = end.offset;
    }
  }
  return { brackets, string: undefined, isInComment: false };
}

/** Where a string ends: behind its closing quotes, or at the end of its line when they are missing. */
export function stringEnd(text: string, start: number, quote: string): { readonly offset: number; readonly isClosed: boolean } {
  for (let at = start + quote.length; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(quote, at)) return { offset: at + quote.length, isClosed: true };
    else if (quote.length === 1 && (text[at] === "\n" || text[at] === "\r")) return { offset: at, isClosed: false };
  }
  return { offset: text.length, isClosed: false };
}
