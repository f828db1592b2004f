/** What can start a script. The first is the default. */
export const launchers = ["python", "torchrun", "accelerate", "deepspeed", "uv"] as const;

export type Launcher = (typeof launchers)[number];
