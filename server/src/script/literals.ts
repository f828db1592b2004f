/** Reads Python's literal syntax. */

/** The number that a Python integer or float literal spells, and which of the two it is; undefined for complex numbers. */
export function readNumber(text: string): { readonly type: "int" | "float"; readonly value: number } | undefined {
  const plain = text.replaceAll("_", "").toLowerCase();
  if (plain.endsWith("j") || plain.endsWith("l")) return undefined;
  if (/^0[xob]/.test(plain)) return { type: "int", value: Number(plain) };
  const value = Number(plain);
  if (Number.isNaN(value)) return undefined;
  return { type: /[.e]/.test(plain) ? "float" : "int", value };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Resolves the escapes of a string's content; unknown ones stay as written, as Python leaves them. */
export function readEscapes(content: string): string {
  if (!content.includes("\\")) return content;
  return content.replace(
    /\\(?:(\r\n|\n|\r)|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(.))/gs,
    (whole, newline: string | undefined, hex: string | undefined, short: string | undefined, long: string | undefined, octal: string | undefined, single: string | undefined) => {
      if (newline !== undefined) return "";
      const code = hex ?? short ?? long;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return SIMPLE_ESCAPES[single ?? ""] ?? whole;
    },
  );
}

/** Whether a string prefix (`r`, `Rb`, `f` ...) has a letter. */
export function hasPrefix(stringStart: string, letter: "r" | "b" | "f" | "u" | "t"): boolean {
  return stringStart.replace(/["']+$/, "").toLowerCase().includes(letter);
}

/** A float as Python prints it, as far as messages need it. */
export function showNumber(value: number, type: "int" | "float"): string {
  if (type === "float" && Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  return String(value);
}
