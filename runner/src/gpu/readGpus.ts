/** One look at the GPUs: before a launch, to choose one and to know what was in use before. */
import { execFile } from "node:child_process";
import { parseGpuLine } from "./gpuLine.js";
import type { GpuReading, GpuState } from "./model.js";
import { parseProcessLine } from "./processLine.js";
import { GPU_FIELDS, gpuQuery, processQuery, type GpuField } from "./query.js";
import { noBinary, silence, unavailableFrom, unknownFieldIn } from "./unavailable.js";

interface Answer {
  readonly text: string;
  readonly exitCode: number | null;
  readonly notFound: boolean;
  readonly timedOut: boolean;
}

/** Never rejects: what goes wrong is a state. */
export async function readGpus({ command = ["nvidia-smi"], timeoutMs = 15_000 }: { command?: readonly string[]; timeoutMs?: number } = {}): Promise<GpuState> {
  const users = ask(command, processQuery(), timeoutMs);
  let fields: readonly GpuField[] = GPU_FIELDS;
  for (;;) {
    const answer = await ask(command, gpuQuery(fields), timeoutMs);
    const unknown = unknownFieldIn(answer.text);
    if (unknown !== undefined && fields.some((field) => field === unknown)) {
      fields = fields.filter((field) => field !== unknown);
      continue;
    }
    const at = new Date().toISOString();
    const gpus = linesOf(answer.text).flatMap((line): GpuReading[] => {
      const parsed = parseGpuLine(line, fields);
      return parsed?.kind === "reading" ? [parsed.reading] : [];
    });
    if (gpus.length > 0) {
      const { text, exitCode } = await users;
      const processes = exitCode === 0 ? linesOf(text).flatMap((line) => parseProcessLine(line)?.process ?? []) : null;
      return { kind: "ok", at, gpus, processes };
    }
    const why = answer.notFound ? noBinary(command[0] ?? "nvidia-smi") : answer.timedOut ? silence(timeoutMs / 1000) : unavailableFrom(answer.text, answer.exitCode);
    return { kind: "unavailable", at, ...why };
  }
}

function ask(command: readonly string[], args: readonly string[], timeout: number): Promise<Answer> {
  const [file = "", ...first] = command;
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: "C" };
    const child = execFile(file, [...first, ...args], { env, timeout, killSignal: "SIGKILL", encoding: "utf8", windowsHide: true }, (error, stdout, stderr) => {
      const notFound = error?.code === "ENOENT" || error?.code === "EACCES";
      resolve({ text: `${stdout}\n${stderr}`, exitCode: child.exitCode, notFound, timedOut: error?.killed === true });
    });
  });
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n/u).filter((line) => line.trim() !== "");
}
