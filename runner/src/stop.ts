/** Asks a run to stop: a request of its own beside the record, and a signal to the process group, so that it works without the supervisor too. */
import type { StopKind } from "./record.js";

export type StopOutcome =
  /** The signal was sent. */
  | { readonly kind: "asked" }
  /** There is nothing left to stop. */
  | { readonly kind: "gone" };

/** Why a run can't be stopped from here: a sentence. */
export class StopProblem extends Error {}

/**
 * @param by who asks: "terminal", "editor".
 * @throws StopProblem, RunUnreadable
 */
export declare function stopRun(dir: string, how: StopKind, by: string): Promise<StopOutcome>;

/** Resolves with true when no process of the run's group is left, with false after `timeoutMs`. */
export declare function waitUntilGone(dir: string, timeoutMs: number): Promise<boolean>;
