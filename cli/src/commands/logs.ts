/** `hf-preflight logs`: what a script printed, byte for byte. */
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { isNotThere } from "../../../runner/src/failedWrite.js";
import { FileTail } from "../../../runner/src/fileTail.js";
import { runFiles } from "../../../runner/src/runFiles.js";
import type { Run } from "../../../runner/src/runs.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { ExitCode, Mistake } from "../mistake.js";
import type { Program } from "../program.js";
import { readAgain, runNamed } from "../run/runNamed.js";

/** Between two looks at the log. Milliseconds. */
const LOOK = 200;

export async function logs(args: ParsedArguments, program: Program): Promise<ExitCode> {
  const [id] = args.operands;
  if (id === undefined) throw new Mistake('Of which run? hf-preflight logs ID; "hf-preflight runs" lists them.');
  let run = await runNamed(id, args, program);
  const log = openLog(run);
  for (;;) {
    // Asked before reading: what a script printed last was there when it had ended.
    if (args.has("follow")) run = await readAgain(run);
    for (let piece = log.read(); piece; piece = log.read()) program.output.printBytes(piece);
    if (!args.has("follow") || run.state !== "running") return ExitCode.clean;
    await after(LOOK);
  }
}

function openLog({ dir, record }: Run): FileTail {
  try {
    return new FileTail(join(dir, runFiles.log));
  } catch (error) {
    throw isNotThere(error) ? new Mistake(`The log of the run ${record.id} is not there any more.`) : error;
  }
}
