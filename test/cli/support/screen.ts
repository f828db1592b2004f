/** What a terminal shows after it has been sent these characters: enough of one for what we send. */

export interface Screen {
  /** All that was ever shown and not drawn over, from the top; without trailing spaces. */
  readonly lines: readonly string[];
  /** Escapes other than colours, and moves of the cursor that it doesn't know. */
  readonly unknown: readonly string[];
}

export function screenAfter(sent: string, columns: number): Screen {
  const rows: string[][] = [[]];
  const unknown: string[] = [];
  let [row, column] = [0, 0];
  // A colour, another escape, or one character.
  for (const [token] of sent.matchAll(/\u001B\[[0-?]*[ -/]*[@-~]|\u001B.|[^]/gu)) {
    const line = (rows[row] ??= []);
    if (token === "\r") column = 0;
    else if (token === "\n") row++;
    else if (token === "\u001B[K") line.length = Math.min(line.length, column);
    else if (token === "\u001B[J") {
      line.length = Math.min(line.length, column);
      rows.length = row + 1;
    } else if (/^\u001B\[\d+A$/u.test(token)) row = Math.max(0, row - Number.parseInt(token.slice(2), 10));
    else if (token.startsWith("\u001B")) {
      if (!token.endsWith("m")) unknown.push(token);
    } else {
      if (column === columns) {
        row++;
        column = 0;
      }
      const target = (rows[row] ??= []);
      while (target.length < column) target.push(" ");
      target[column++] = token;
    }
  }
  return { lines: Array.from(rows, (line) => (line ?? []).join("").trimEnd()), unknown };
}
