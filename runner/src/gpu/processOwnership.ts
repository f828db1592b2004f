/** Whether a process belongs to a run, from /proc. */
import { procFiles, type ProcFiles } from "./procFiles.js";

/** The number of the first PID namespace, fixed in the kernel (PROC_PID_INIT_INO). */
const INITIAL_NAMESPACE = "pid:[4026531836]";

/**
 * A question for each GPU process: does it descend from the run's first process, or live in its session? Undefined where the numbers can't be
 * compared, because there is no /proc or this is a container with numbers of its own.
 */
export function ownership(root: number, files: ProcFiles = procFiles): (pid: number) => boolean | undefined {
  if (files.link("/proc/self/ns/pid") !== INITIAL_NAMESPACE) return () => undefined;
  return (pid) => {
    const seen = new Set<number>();
    for (let current = pid; current > 1 && !seen.has(current); ) {
      if (current === root) return true;
      seen.add(current);
      const stat = statOf(files.read(`/proc/${current}/stat`) ?? "");
      if (!stat) return false;
      if (stat.session === root) return true;
      current = stat.parent;
    }
    return false;
  };
}

/** `pid (name) state parent group session ...`; the name may hold spaces and parentheses. */
function statOf(text: string): { readonly parent: number; readonly session: number } | undefined {
  const [, parent, , session] = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
  return parent === undefined || session === undefined ? undefined : { parent, session };
}
