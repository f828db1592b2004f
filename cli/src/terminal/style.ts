/** Colours, where the terminal wants them. */

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

export type Colour = keyof typeof codes;

/** Puts colours around a text. */
export type Paint = (text: string, ...colours: readonly Colour[]) => string;

export const plain: Paint = (text) => text;

export const coloured: Paint = (text, ...colours) =>
  text === "" || colours.length === 0 ? text : `\u001B[${colours.map((colour) => codes[colour]).join(";")}m${text}\u001B[0m`;

/** NO_COLOR (https://no-color.org) and `--no-color` win over everything, FORCE_COLOR over the kind of output. */
export function chosenPaint(wantsNone: boolean, isTerminal: () => boolean, environment: Readonly<NodeJS.ProcessEnv>): Paint {
  if (wantsNone || (environment["NO_COLOR"] ?? "") !== "") return plain;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced === "0" ? plain : coloured;
  return environment["TERM"] !== "dumb" && isTerminal() ? coloured : plain;
}
