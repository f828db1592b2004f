/** Whether a run seems to hang: said, never acted on. */

/** Ten minutes without a word and without work on its GPUs. */
export const HANG_AFTER_MS = 10 * 60_000;

/** Percent. */
const IDLE = 5;

export interface Activity {
  /** When the run began to be silent: its last output, or its start. */
  readonly silentSince: Date;
  readonly now: Date;
  /** The utilisation of the run's GPUs in percent since then, with when it was sampled; null where the driver gives none. */
  readonly utilisation: readonly { readonly at: Date; readonly percent: number | null }[];
}

/** The sentence that says so, or undefined. Without known GPU use nothing is said: a long silent computation is no hang. */
export function hangSentence({ silentSince, now, utilisation }: Activity): string | undefined {
  if (now.getTime() - silentSince.getTime() < HANG_AFTER_MS) return undefined;
  const since = Math.max(silentSince.getTime(), now.getTime() - HANG_AFTER_MS);
  const samples = utilisation.filter(({ at }) => at.getTime() >= since);
  const first = samples[0];
  const covers = first !== undefined && first.at.getTime() - since < HANG_AFTER_MS / 10;
  if (!covers || samples.some(({ percent }) => percent === null || percent >= IDLE)) return undefined;
  const minutes = Math.floor((now.getTime() - silentSince.getTime()) / 60_000);
  return `No output for ${minutes} minutes, and its GPUs are idle: it may hang, or wait for a download, a lock or another process.`;
}
