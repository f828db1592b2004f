/** Where programs keep what is a person's own (XDG Base Directory Specification; on Windows everything is below LOCALAPPDATA). */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const KINDS = {
  /** What shall last. */
  state: { variable: "XDG_STATE_HOME", below: join(".local", "state") },
  /** What can be made again. */
  cache: { variable: "XDG_CACHE_HOME", below: ".cache" },
} as const;

/** The folder of HF Preflight for a kind of files; it need not be there. */
export function userFolder(env: Readonly<NodeJS.ProcessEnv>, kind: keyof typeof KINDS): string {
  const { variable, below } = KINDS[kind];
  const [chosen, local] = [env[variable], env["LOCALAPPDATA"]];
  // A relative path there is to be ignored.
  if (chosen !== undefined && isAbsolute(chosen)) return join(chosen, "hf-preflight");
  if (process.platform === "win32" && local !== undefined && local !== "") return join(local, "hf-preflight");
  return join(env["HOME"] ?? homedir(), below, "hf-preflight");
}
