/** Files, disks, and scripts that don't parse. */
import type { Explainer } from "./explanation.js";

export const fileErrors: Explainer = ({ type, message, frames }) => {
  if (/No space left on device|Disk quota exceeded|ENOSPC/u.test(message)) {
    return {
      kind: "disk",
      sentence: "The disk is full.",
      advice: ["Free some space; old checkpoints are usually the largest (save_total_limit keeps only the last few).", "Move the output or the cache: output_dir, HF_HOME."],
    };
  }
  if (/unable to open shared memory object|bus error|Too many open files/iu.test(message)) {
    return {
      kind: "host-memory",
      sentence: "The dataloader's workers ran out of shared memory or open files.",
      advice: ["Lower dataloader_num_workers.", "In a container, give it more shared memory: --shm-size or --ipc=host.", "Raise the limit of open files: ulimit -n 65536"],
    };
  }
  const missing = /No such file or directory: '(.+?)'/u.exec(message)?.[1] ?? /(?:Couldn't find|Unable to find|file|File) '?([^\s']*\/[^\s']*?)'?(?: does not exist|$)/u.exec(type === "FileNotFoundError" ? message : "")?.[1];
  if (type === "FileNotFoundError") {
    return {
      kind: "missing-file",
      sentence: missing === undefined ? `A file is missing: ${message.split("\n")[0] ?? ""}` : `There is no file ${missing}.`,
      advice: ["A relative path starts at the working directory of the run, which may not be the script's folder."],
      ...(missing === undefined ? {} : { details: { path: missing } }),
    };
  }
  if (type === "PermissionError") return { kind: "missing-file", sentence: `No permission: ${message.split("\n")[0] ?? ""}`, advice: ["Check who owns the file or folder."] };
  if (type === "SyntaxError" || type === "IndentationError" || type === "TabError") {
    const line = frames.at(-1)?.line;
    return { kind: "syntax", sentence: `Python can't read the script: ${message.split("\n")[0] ?? ""}${line === undefined ? "" : ` (line ${line})`}.`, advice: [] };
  }
  return undefined;
};
