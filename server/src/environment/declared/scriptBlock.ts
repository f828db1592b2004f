/** Finds the block of PEP 723 in a script, so cheaply that it can be asked at every check. Pure. */

export interface ScriptBlock {
  /** What it holds, without the comment signs. */
  readonly toml: string;
  /** The line of `# /// script`, from 1. */
  readonly line: number;
}

/** As the specification's own expression reads it. */
const BLOCK = /^# \/\/\/ script[^\S\n]*\r?\n((?:#(?:| [^\n]*)\r?\n)*?)# \/\/\/[^\S\n]*\r?$/m;

export function scriptBlock(text: string): ScriptBlock | undefined {
  if (!text.includes("# /// script")) return undefined;
  const match = BLOCK.exec(text);
  if (!match) return undefined;
  const toml = (match[1] ?? "")
    .split("\n")
    .map((line) => line.replace(/^# ?/, ""))
    .join("\n");
  return { toml, line: text.slice(0, match.index).split("\n").length };
}
