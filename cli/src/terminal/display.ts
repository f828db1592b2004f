/** Text as a terminal shows it: how wide it is, and without what would command the terminal. */

const TAB = "    ";

/** Visible ASCII: as wide as it is long, and nothing in it commands a terminal. */
const PLAIN = /^[\x20-\x7e]*$/;

/** What may stand on one line of a terminal: tabs become spaces, control characters their pictures. */
export function displayable(text: string): string {
  // Nearly every line; the classes of Unicode cost more to compile than a short report takes.
  if (PLAIN.test(text)) return text;
  return text.replace(/[\t\n\r]/g, (unit) => (unit === "\t" ? TAB : " ")).replace(/\p{Cc}/gu, (control) => picture(control));
}

/** The same for text of several lines. */
export function displayableLines(text: string): string {
  return text.split("\n").map(displayable).join("\n");
}

function picture(control: string): string {
  const code = control.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\uFFFD";
}

/** Columns that a terminal needs for a displayable text. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

function widthOf(character: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0;
  return /^\p{Emoji_Presentation}$/u.test(character) || isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
}

/** East Asian wide and full-width characters. */
function isWide(codePoint: number): boolean {
  return (
    codePoint >= 0x1100 &&
    (codePoint <= 0x115f ||
      (codePoint >= 0x2e80 && codePoint <= 0xa4cf && codePoint !== 0x303f) ||
      (codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
      (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
      (codePoint >= 0xfe30 && codePoint <= 0xfe6f) ||
      (codePoint >= 0xff00 && codePoint <= 0xff60) ||
      (codePoint >= 0xffe0 && codePoint <= 0xffe6) ||
      (codePoint >= 0x20000 && codePoint <= 0x3fffd))
  );
}
