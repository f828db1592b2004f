/** Splits a command line into its words, as a shell would, with nothing expanded: what is typed is what runs. The way back is `shellQuote`. */

export type Words = { readonly words: readonly string[] } | { readonly problem: string };

/** Quotes and backslashes as in a POSIX shell; a line that ends in a backslash goes on in the next one. */
export function splitWords(text: string): Words {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? "";
    if (quote === "'") {
      if (char === "'") quote = undefined;
      else word += char;
    } else if (char === "\\") {
      const next = text[++index];
      if (next === undefined) return { problem: "The last backslash has nothing after it." };
      if (next === "\n") continue;
      // Inside double quotes a backslash is itself, except before these.
      word = (word ?? "") + (quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
    } else if (quote === '"') {
      if (char === '"') quote = undefined;
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= "";
    } else if (/\s/u.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (quote !== undefined) return { problem: `A quotation mark ${quote} is opened and not closed.` };
  if (word !== undefined) words.push(word);
  return { words };
}

/** A command line with the variables that are set before it: `CUDA_VISIBLE_DEVICES=0 python train.py`. */
export type Command = { readonly env: Readonly<Record<string, string>>; readonly argv: readonly [string, ...string[]] } | { readonly problem: string };

export function parseCommand(text: string): Command {
  const split = splitWords(text);
  if ("problem" in split) return split;
  const env: Record<string, string> = {};
  let start = 0;
  for (; start < split.words.length; start++) {
    const assignment = /^([A-Za-z_]\w*)=(.*)$/su.exec(split.words[start] ?? "");
    if (assignment === null) break;
    env[assignment[1] ?? ""] = assignment[2] ?? "";
  }
  const [program, ...args] = split.words.slice(start);
  if (program === undefined) return { problem: "There is no program in this command." };
  return { env, argv: [program, ...args] };
}
