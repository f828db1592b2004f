/** The scripts in a text that isn't one: fenced blocks of Python and interpreter sessions, in documentation strings and descriptions. */

const FENCE = /^([ \t]*)(?:```|~~~)[ \t]*(?:python|py|python3|pycon)\b[^\n]*\n([^]*?)^[ \t]*(?:```|~~~)[ \t]*$/gm;

/** Lines of answers that a session may have between two inputs. */
const LONGEST_ANSWER = 12;

/** In the order in which they stand. */
export function codeBlocks(text: string): string[] {
  const blocks: string[] = [];
  const rest = text.replace(FENCE, (_, indent: string, code: string) => {
    blocks.push(unindented(isSession(code) ? sessionCode(code) : code, indent));
    return "\n";
  });
  blocks.push(...sessions(rest));
  return blocks.filter((block) => block.trim() !== "");
}

function isSession(code: string): boolean {
  return /^[ \t]*>>> /m.test(code);
}

/** The input lines of interpreter sessions, each session as one script. */
function sessions(text: string): string[] {
  const found: string[] = [];
  let code: string[] = [];
  let answer = 0;
  for (const line of text.split("\n")) {
    const input = inputOf(line);
    if (input !== undefined) {
      code.push(input);
      answer = 0;
    } else if (code.length > 0 && (++answer > LONGEST_ANSWER || line.includes('"""'))) {
      found.push(code.join("\n"));
      code = [];
    }
  }
  return code.length > 0 ? [...found, code.join("\n")] : found;
}

function sessionCode(session: string): string {
  return session.split("\n").flatMap((line) => inputOf(line) ?? []).join("\n");
}

/** What is behind `>>> ` or `... `; undefined for another line. */
function inputOf(line: string): string | undefined {
  const match = /^[ \t]*(?:>>>|\.\.\.)(?: (.*))?$/.exec(line);
  return match ? (match[1] ?? "") : undefined;
}

function unindented(code: string, indent: string): string {
  return code
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}
