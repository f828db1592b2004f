/** Asks a Python with really installed libraries what they accept. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { LibraryData } from "../../../server/src/knowledge/libraryData.js";
import type { ReleaseFacts } from "../extract.js";
import { recording, type Recording } from "./recording.js";

const run = promisify(execFile);

/** @param folders what goes on Python's path, first the one that counts most. @param facts of the installed releases. @throws when Python fails. */
export async function askInstalled(root: string, folders: readonly string[], distributions: readonly string[], facts: readonly ReleaseFacts[]): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-real-"));
  try {
    const questions = join(folder, "questions.json");
    const callables = Object.fromEntries(facts.flatMap(({ paths }) => [...paths]));
    const modules = Object.fromEntries(facts.flatMap(({ exports }) => [...exports]));
    writeFileSync(questions, JSON.stringify({ callables, modules, distributions }));
    const { stdout } = await python([join(root, "scripts", "knowledge", "real", "inspect_installed.py"), questions], folders);
    // Libraries greet on stdout now and then: the answer is the last line.
    return recording.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Distribution -> version, of those that are installed in the folders and of which there are data. */
export async function installedVersions(folders: readonly string[], data: readonly LibraryData[]): Promise<Map<string, string>> {
  const names = data.map(({ library }) => library);
  const program = `import importlib.metadata as m, json, sys\nfound = {}\nfor n in ${JSON.stringify(names)}:\n    try: found[n] = m.version(n)\n    except m.PackageNotFoundError: pass\nprint(json.dumps(found))`;
  const { stdout } = await python(["-c", program], folders);
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, string>));
}

function python(args: readonly string[], folders: readonly string[]): Promise<{ stdout: string }> {
  const path = folders.map((folder) => resolve(folder)).join(delimiter);
  return run(process.env["PYTHON"] ?? "python3", [...args], {
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONPATH: path, HF_HUB_OFFLINE: "1", TRANSFORMERS_VERBOSITY: "error", TRL_EXPERIMENTAL_SILENCE: "1", CUDA_VISIBLE_DEVICES: "" },
  });
}
