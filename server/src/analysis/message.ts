/** Code as a message shows it: on one line, and no longer than is still read. @param longest in characters. */
export function shownCode(code: string, longest = 40): string {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
}

/** Fills the `{name}` places of a message; a name without a datum stays as it is, so that a test sees it. */
export function fillMessage(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(data[name] ?? place));
}
