/** What a process has come to need: told by the engine, asked when the process ends. */
export const used = { checker: false };
