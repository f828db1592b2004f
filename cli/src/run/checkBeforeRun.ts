/** Checks a script before it runs, and says its errors without standing in the way. */
import * as z from "zod/mini";
import { commandNamed } from "../arguments/options.js";
import { parseArguments } from "../arguments/parse.js";
import { check } from "../commands/check.js";
import { Mistake } from "../mistake.js";
import type { Program } from "../program.js";
import { displayable } from "../terminal/display.js";
import type { Paint } from "../terminal/style.js";

/** What is needed of the findings in JSON. */
const findings = z.array(
  z.object({ code: z.string(), message: z.string(), severity: z.string(), location: z.object({ row: z.number(), column: z.number() }) }),
);

export interface CheckedScript {
  /** As it was written on the command line. */
  readonly script: string;
  readonly python?: string;
  /** The folder that it will run in. */
  readonly folder: string;
}

/** Writes to stderr; whatever goes wrong with the check, the run goes on. */
export async function checkBeforeRun({ script, python, folder }: CheckedScript, program: Program, paint: Paint): Promise<void> {
  const command = commandNamed("check");
  if (!command) return;
  const report: string[] = [];
  const output = { ...program.output, isTerminal: false, print: (text: string) => void report.push(text) };
  const options = ["--output-format", "json", ...(python === undefined ? [] : ["--python", python])];
  try {
    await check(parseArguments(command, [...options, "--", script]), { ...program, output, runsIn: folder });
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    program.output.complain(`The script was not checked. ${error.message}`);
    return;
  }
  const text = report.join("");
  const errors = (text === "" ? [] : findings.parse(JSON.parse(text))).filter(({ severity }) => severity === "error");
  for (const { code, message, location } of errors) {
    const place = `${paint(displayable(script), "bold")}:${location.row}:${location.column}:`;
    program.output.complain(`${place} ${paint(`error[${code}]`, "red")} ${displayable(message)}`);
  }
  if (errors.length > 0) program.output.complain(`${errors.length === 1 ? "1 error" : `${errors.length} errors`}. It runs all the same; --no-check leaves the check out.`);
}
