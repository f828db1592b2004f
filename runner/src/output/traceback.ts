/** Python tracebacks in a text: their frames, and the errors that they end in. */

/** A place in a file that a traceback names. */
export interface ScriptPlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

export interface TracebackFrame extends ScriptPlace {
  /** The function, or `<module>`; empty where the traceback names none, as for a syntax error. */
  readonly name: string;
  /** Where `"path", line N` stands in the text, in UTF-16 units, and its length: what a link covers. */
  readonly offset: number;
  readonly length: number;
  /** Whether the file belongs to an installed library, to Python itself, or to the smoke run's wrapper. */
  readonly library: boolean;
}

export interface RaisedError {
  /** Without its module: `OutOfMemoryError`. */
  readonly type: string;
  readonly message: string;
  readonly frames: readonly TracebackFrame[];
  /** The rank that raised it, where the lines say so. */
  readonly rank: number | undefined;
}

const LIBRARY = /[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python\d[\d.]*[\\/]|^<|[\\/]runner[\\/]python[\\/]smoke\.py$/iu;
const FRAME = /^\s*(?:\|\s*)*File "(.+?)", line (\d+)(?:, in (.+?))?\s*$/u;
const HEADER = "Traceback (most recent call last):";
const RANK = /^\[(?:rank|default)?(\d+)\]:\s?/u;
const ERROR = /^(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)(?::\s?(.*))?$/u;
/** What follows a traceback and isn't its message any more. */
const AFTER = /^(During handling of the above|The above exception was|Traceback \(most|\[rank|\[W|\[E|[WEI]\d{4} |wandb:|\s*\d+%\||ERROR:|WARNING:|Exception ignored in)/u;
const LONGEST_MESSAGE_LINES = 12;

/** The frames of the tracebacks in a text, in the order in which they stand. */
export function tracebackFrames(text: string): TracebackFrame[] {
  return linesOf(text).flatMap((line) => frameOf(line) ?? []);
}

/** The errors in a text, in the order in which they stand: of a chain of errors every one, of several ranks all. */
export function raisedErrors(text: string): RaisedError[] {
  const errors: RaisedError[] = [];
  const lines = linesOf(text);
  let frames: TracebackFrame[] | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line) continue;
    if (line.text.includes(HEADER)) {
      frames = [];
      continue;
    }
    const frame = frameOf(line);
    if (frame) {
      // The header may be beyond the beginning of what was kept.
      (frames ??= []).push(frame);
      continue;
    }
    if (!frames || /^\s/u.test(line.text) || line.text === "") continue;
    const error = ERROR.exec(line.text);
    if (error?.[1] !== undefined && /^[A-Z]|Error$/u.test(error[1])) {
      const more: string[] = [];
      for (const next of lines.slice(index + 1, index + LONGEST_MESSAGE_LINES)) {
        if (AFTER.test(next.text) || next.rank !== line.rank) break;
        more.push(next.text);
      }
      errors.push({ type: error[1], message: [error[2] ?? "", ...more].join("\n").trim(), frames, rank: line.rank });
    }
    frames = undefined;
  }
  return errors;
}

/** The innermost frame that is the user's own: in the script, else beside it, else outside the libraries. */
export function ownFrame(frames: readonly TracebackFrame[], scriptPath: string | undefined): TracebackFrame | undefined {
  const own = frames.filter((frame) => !frame.library);
  const folder = scriptPath?.replace(/[^\\/]*$/u, "");
  const beside = folder === undefined ? [] : own.filter((frame) => frame.path.startsWith(folder));
  return beside.at(-1) ?? own.filter((frame) => frame.path === scriptPath).at(-1) ?? own.at(-1);
}

interface Line {
  readonly text: string;
  readonly offset: number;
  readonly rank: number | undefined;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let offset = 0;
  for (const whole of text.split("\n")) {
    const end = whole.replace(/\r$/u, "");
    // What a bar left on the line before the error came is overwritten by it.
    const start = end.lastIndexOf("\r") + 1;
    const shown = end.slice(start);
    const rank = RANK.exec(shown);
    const skipped = rank?.[0].length ?? 0;
    lines.push({ text: shown.slice(skipped), offset: offset + start + skipped, rank: rank ? Number(rank[1]) : undefined });
    offset += whole.length + 1;
  }
  return lines;
}

function frameOf({ text, offset }: Line): TracebackFrame | undefined {
  const match = FRAME.exec(text);
  if (match?.[1] === undefined) return undefined;
  const [, path, number = "", name = ""] = match;
  const start = text.indexOf('"');
  const length = `"${path}", line ${number}`.length;
  return { path, line: Number(number), name, offset: offset + start, length, library: LIBRARY.test(path) };
}
