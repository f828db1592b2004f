/** What the starter hands to the supervisor through its input, and the one line that comes back. Never on disk: the environment holds secrets. */
import * as z from "zod";
import { launchers } from "../launchers.js";

export const supervisorRequestSchema = z.object({
  id: z.string().min(1),
  dir: z.string().min(1),
  plan: z.object({
    argv: z.array(z.string()).min(1),
    env: z.record(z.string(), z.string()),
    added: z.record(z.string(), z.string()),
    cwd: z.string(),
    script: z.string(),
    args: z.array(z.string()),
    interpreter: z.string(),
    launcher: z.enum(launchers),
    gpus: z.array(z.string()),
    gpuMask: z.string().nullable(),
    smoke: z.boolean(),
    demo: z.boolean(),
    workspace: z.string().nullable(),
    versions: z.record(z.string(), z.string()),
  }),
  nvidiaSmi: z.array(z.string()).min(1),
  intervalMs: z.number().positive(),
  /** GPU memory in use before the launch, where somebody has looked. */
  baselineMib: z.record(z.string(), z.number().nonnegative()),
});

export type SupervisorRequest = z.infer<typeof supervisorRequestSchema>;

export const supervisorAnswerSchema = z.union([
  z.object({ started: z.literal(true) }),
  /** Why the script could not be started: a sentence. */
  z.object({ problem: z.string() }),
]);

export type SupervisorAnswer = z.infer<typeof supervisorAnswerSchema>;
