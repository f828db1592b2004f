/** Where archives of packages are kept between runs. */
import { homedir } from "node:os";
import { join } from "node:path";

/** @param kind `HF_PREFLIGHT_WHEELS` or `HF_PREFLIGHT_SDISTS` names the folder, else it is in the user's cache folder. */
export function archiveFolder(kind: "wheels" | "sdists"): string {
  const given = process.env[`HF_PREFLIGHT_${kind.toUpperCase()}`];
  if (given !== undefined && given !== "") return given;
  const cache = process.platform === "win32" ? process.env["LOCALAPPDATA"] : process.env["XDG_CACHE_HOME"];
  return join(cache ?? join(homedir(), ".cache"), "hf-preflight", kind);
}
