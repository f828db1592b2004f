/** A mistake in the call or the configuration: told on stderr, exit code 2. */
export class Mistake extends Error {}

export const ExitCode = { clean: 0, findings: 1, mistake: 2 } as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
