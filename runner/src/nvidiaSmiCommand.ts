/** How nvidia-smi is called. */
import * as z from "zod";

/** Replaces the command, as a JSON array of its words: for tests and demonstrations without a GPU. */
export const NVIDIA_SMI_VARIABLE = "HF_PREFLIGHT_NVIDIA_SMI";

const command = z.array(z.string()).min(1);

/** @throws Error that says what is wrong with the variable. */
export function nvidiaSmiCommand(env: Readonly<NodeJS.ProcessEnv>): readonly string[] {
  const text = env[NVIDIA_SMI_VARIABLE];
  if (text === undefined || text === "") return ["nvidia-smi"];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const parsed = command.safeParse(json);
  if (!parsed.success) throw new Error(`${NVIDIA_SMI_VARIABLE} has to be a JSON array of words, like ["nvidia-smi"].`);
  return parsed.data;
}
