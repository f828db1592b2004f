/** Random typing: seeded, so that a failure can be run again by its seed. */
import type { TextChange } from "../../server/src/syntax/earlier.js";

export interface RandomEdit {
  readonly text: string;
  readonly change: TextChange;
}

/** What is typed or pasted: whole lines, indentation, what opens without closing, what is more than one code unit wide. */
const pieces = [
  "a",
  "_x1",
  " ",
  "    ",
  "\t",
  "\n",
  "\n    ",
  "\n\n\n",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ":",
  ",",
  "=",
  "'",
  '"',
  '"""',
  "'''",
  "#",
  "\\\n",
  "f'{x!r:>{width}}'",
  "🤗",
  "é",
  "x = 🤗\n",
  "if x:\n    y = 1\nelse:\n    y = 2\n",
  "class A:\n    def f(self):\n        for i in range(3):\n            if i:\n                return i\n",
  "args = TrainingArguments(\n    output_dir='out',\n    eval_steps=0.1,\n)\n",
  "        deep = 1\n                deeper = 2\n",
  "async def f(): await g()\n",
  '"""a\nb\n"""\n',
] as const;

/** One edit of a text: an insertion, a deletion, a replacement, or a line indented, unindented, doubled or removed. */
export function randomEdit(text: string, random: () => number): RandomEdit {
  const at = (bound: number): number => Math.floor(random() * bound);
  const piece = (): string => (pieces[at(pieces.length)] ?? "").replaceAll("\n", text.includes("\r\n") ? "\r\n" : text.includes("\n") ? "\n" : "\r");
  const replace = (start: number, oldEnd: number, by: string): RandomEdit => ({
    text: text.slice(0, start) + by + text.slice(oldEnd),
    change: { start, oldEnd, newEnd: start + by.length },
  });
  const start = at(text.length + 1);
  const line = lineAround(text, start);
  switch (at(8)) {
    case 0:
    case 1:
    case 2:
      return replace(start, start, piece());
    case 3:
      return replace(start, Math.min(text.length, start + 1 + at(4)), "");
    case 4:
      return replace(start, Math.min(text.length, start + at(200)), random() < 0.5 ? "" : piece());
    case 5:
      return replace(line.start, line.start, "    ");
    case 6:
      return text.startsWith("    ", line.start) ? replace(line.start, line.start + 4, "") : replace(line.start, line.end, "");
    default:
      return replace(line.end, line.end, text.slice(line.start, line.end));
  }
}

function lineAround(text: string, offset: number): { readonly start: number; readonly end: number } {
  let start = offset;
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  return { start, end: Math.min(text.length, end + (text.startsWith("\r\n", end) ? 2 : 1)) };
}
