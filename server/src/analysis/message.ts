/** Fills the `{name}` places of a message; a name without a datum stays as it is, so that a test sees it. */
export function fillMessage(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(data[name] ?? place));
}
