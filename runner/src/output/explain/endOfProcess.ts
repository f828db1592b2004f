/** What the end of a process says when no Python error does: its exit code, its signal, the last words of others. */
import type { Explanation } from "./explanation.js";

export interface ProcessEnd {
  readonly tail: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** Undefined where somebody stopped it, and where nothing is known. */
export function explainedEnd({ tail, exitCode, signal }: ProcessEnd): Explanation | undefined {
  const last = tail.slice(-4000);
  const usage = /^(?:.*: )?error: (.+)$/mu.exec(last)?.[1];
  if (exitCode === 2 && usage !== undefined && /^usage: /mu.test(last)) {
    return { kind: "argument", sentence: `The script's command line is not right: ${usage.trim()}.`, advice: ["Change the arguments of the run; the log lists those that it takes."], details: { argument: usage.trim() } };
  }
  const unopened = /can't open file '?(.+?)'?: \[Errno \d+\] (.+)/u.exec(last);
  if (unopened?.[1] !== undefined) return { kind: "missing-file", sentence: `Python can't open ${unopened[1]}: ${unopened[2] ?? ""}.`, advice: ["Check the script's path and the working directory."] };
  const module = /No module named '?([\w.]+)'?\s*$/u.exec(last.trimEnd())?.[1];
  if (module !== undefined) {
    return { kind: "missing-module", sentence: `The module ${module} is not installed for this interpreter.`, advice: [`pip install ${module.split(".")[0] ?? module}`, "If it is installed elsewhere, choose that interpreter."], details: { module } };
  }
  if (/No space left on device/u.test(last)) return { kind: "disk", sentence: "The disk is full.", advice: ["Free some space; old checkpoints are usually the largest."] };
  const number = signalNumber(exitCode);
  if (signal === "SIGKILL" || number === 9 || /Signal 9 \(SIGKILL\)|exitcode\s*:\s*-9\b/u.test(last)) {
    return {
      kind: "killed",
      sentence: "The system killed the script (SIGKILL), most often because the machine's own memory ran out.",
      advice: ["Look at the host memory beside the curve, and at `dmesg` for \"Out of memory\".", "Use fewer dataloader workers, stream the dataset, or load the model in a smaller precision.", "In a container or a job, its memory limit counts."],
    };
  }
  if (signal === "SIGSEGV" || number === 11) return crash("Python crashed (segmentation fault)", "Packages that don't fit each other are the usual cause: reinstall torch and what was compiled against it.");
  if (signal === "SIGABRT" || number === 6) return crash("Python was aborted by one of its libraries", "The last lines of the log say by which.");
  if (signal === "SIGBUS" || number === 7) return crash("Python crashed (bus error)", "In a container this is usually shared memory: give it more with --shm-size.");
  if (signal === "SIGILL" || number === 4) return crash("Python crashed (illegal instruction)", "A package was built for a newer processor: install another build of it.");
  if (exitCode === 124) return { kind: "killed", sentence: "The script ended with exit code 124, which is how `timeout` tells that its time was up.", advice: ["Give it more time, or start it without `timeout`."] };
  // SIGINT, SIGTERM and SIGHUP come from people and schedulers.
  if (signal !== null || exitCode === null || number !== undefined || /^KeyboardInterrupt$/mu.test(last)) return undefined;
  return { kind: "exception", sentence: `The script ended with exit code ${exitCode}; the log doesn't say why.`, advice: ["Read the end of the log."] };
}

function crash(sentence: string, advice: string): Explanation {
  return { kind: "crash", sentence: `${sentence}.`, advice: [advice, "Run with PYTHONFAULTHANDLER=1 to see the line."] };
}

/** A shell's and Python's ways to tell of a signal: 128 + n. */
function signalNumber(exitCode: number | null): number | undefined {
  return exitCode !== null && exitCode > 128 && exitCode < 160 ? exitCode - 128 : undefined;
}
