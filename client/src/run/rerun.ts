/** A run that is done again: its record as a launch configuration. Pure. */
import { REDACTED } from "../../../runner/src/redact.js";
import { shellQuote } from "../../../runner/src/shellQuote.js";
import type { RunRecord } from "../../../runner/src/record.js";
import type { LaunchChange } from "../panel/messages.js";

/** Set by each launch itself, and made anew by the next one. */
const ownVariables = new Set(["PYTHONUNBUFFERED", "CUDA_DEVICE_ORDER", "CUDA_VISIBLE_DEVICES", "PATH", "Path"]);

/** Secrets are not in the record: they come from the environment again. */
export function rerunChange({ args, cwd, env, gpuMask, gpus, launcher }: Pick<RunRecord, "args" | "cwd" | "env" | "gpuMask" | "gpus" | "launcher">): LaunchChange {
  const own = Object.entries(env).filter(([name, value]) => !ownVariables.has(name) && !name.startsWith("CUDA_") && !value.includes(REDACTED));
  const masked = env["CUDA_VISIBLE_DEVICES"] !== undefined;
  return {
    launcher,
    args: args.map(shellQuote).join(" "),
    cwd,
    env: own.map(([name, value]) => `${name}=${value}`).join("\n"),
    gpus: gpuMask === "" ? "none" : masked && gpus.length > 0 ? [...gpus] : "all",
    command: null,
  };
}
