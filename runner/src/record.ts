/** What a run's folder holds, as it lies on disk: the one place that knows these shapes. Times are ISO 8601, UTC. */
import * as z from "zod";
import { launchers } from "./launchers.js";
import { gpuReadingSchema } from "./gpu/model.js";
import { outputEventSchema } from "./output/outputEvent.js";

export const SCHEMA = 1;

const time = z.iso.datetime();

/** A process that can't be mistaken for another one that got its number later. */
const processIdentitySchema = z.object({
  pid: z.int().positive(),
  /** When it started, in the words of its system (`processIdentity.ts`); null where that can't be asked. Compared, never read. */
  startTime: z.string().nullable(),
});

export const peakSources = ["processes", "difference to the baseline at launch"] as const;

/** `run.json`. */
export const runRecordSchema = z.object({
  schema: z.literal(SCHEMA),
  id: z.string().min(1),
  /** Absolute path. */
  script: z.string().min(1),
  /** What was executed, with secrets left out. */
  argv: z.array(z.string()).min(1),
  /** The script's own arguments, with secrets left out. */
  args: z.array(z.string()),
  cwd: z.string(),
  /** What the launch added or changed, and `CUDA_*`; secrets are replaced by `REDACTED`. */
  env: z.record(z.string(), z.string()),
  interpreter: z.string(),
  launcher: z.enum(launchers),
  /** The workspace folder or, from a terminal, the working directory of who launched it. */
  workspace: z.string().nullable(),
  /** Of the libraries, where they are known. */
  versions: z.record(z.string(), z.string()),
  /** UUIDs of the GPUs that the run may use. */
  gpus: z.array(z.string()),
  /** `CUDA_VISIBLE_DEVICES`; null where it isn't set. */
  gpuMask: z.string().nullable(),
  /** Null outside a repository, and until git has answered. */
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
  /** Its GPU figures come from a stand-in. */
  demo: z.boolean(),
  smoke: z.boolean(),
  /** The machine: process numbers mean nothing on another one, and the state folder may be shared. */
  host: z.string(),
  supervisor: processIdentitySchema,
  /** The script's process, or its launcher's; it leads the process group. */
  process: processIdentitySchema.nullable(),
  started: time,
  ended: time.nullable(),
  /** How long it ran, by a clock that nobody sets. */
  seconds: z.number().nonnegative().nullable(),
  exitCode: z.int().nullable(),
  /** "SIGKILL". */
  signal: z.string().nullable(),
  /** Of all the run's GPUs together, as sampled. */
  peakMemoryMib: z.number().nonnegative().nullable(),
  peakAt: time.nullable(),
  peakIs: z.enum(peakSources).nullable(),
  /** Memory in use when the run began, by UUID. */
  baselineMib: z.record(z.string(), z.number().nonnegative()),
  /** Processes of the run that outlived it. */
  leftovers: z.array(z.object({ pid: z.int().positive(), command: z.string() })),
  /** What went wrong with the run itself or with watching it, as a sentence. */
  problem: z.string().nullable(),
  /** Set while nothing can be written beside this record: the disk is full. */
  paused: z.object({ since: time, reason: z.string() }).nullable(),
});

export type ProcessIdentity = Readonly<z.infer<typeof processIdentitySchema>>;
export type PeakSource = (typeof peakSources)[number];
export type RunRecord = Readonly<z.infer<typeof runRecordSchema>>;

/** How the memory of the run was told from that of others. */
const runMemorySchema = z.object({ memoryMib: z.number().nonnegative().nullable(), how: z.enum(["processes", "baseline"]) });

/** A line of `gpu.jsonl`. */
export const gpuSampleSchema = z.object({
  t: time,
  gpus: z.array(gpuReadingSchema),
  run: runMemorySchema,
  /** Memory of the machine itself: a run that is killed often ran out of this one. */
  host: z.object({ usedMib: z.number().nonnegative(), totalMib: z.number().positive() }).nullable(),
});

/** Also a line of `gpu.jsonl`: from here on something is missing. */
export const gpuGapSchema = z.object({ t: time, gap: z.string() });

export const gpuLineSchema = z.union([gpuSampleSchema, gpuGapSchema]);

export type GpuSample = Readonly<z.infer<typeof gpuSampleSchema>>;
export type GpuGap = Readonly<z.infer<typeof gpuGapSchema>>;
export type GpuLine = GpuSample | GpuGap;

/** A line of `metrics.jsonl`. */
export const metricLineSchema = outputEventSchema;

export type MetricLine = Readonly<z.infer<typeof metricLineSchema>>;

/** In the order in which they are asked for. */
export const stopKinds = ["interrupt", "terminate", "kill"] as const;

export type StopKind = (typeof stopKinds)[number];

/** `stop-*.json`: one file per word, written by who asked. */
export const stopRequestSchema = z.object({ schema: z.literal(SCHEMA), how: z.enum(stopKinds), asked: time, by: z.string() });

export type StopRequest = Readonly<z.infer<typeof stopRequestSchema>>;

/**
 * - `running`: its process lives, or its supervisor is about to say how it ended.
 * - `finished`: it ended with exit code 0.
 * - `failed`: it ended with another code or by a signal that nobody asked for here.
 * - `stopped`: it ended after somebody had asked it to.
 * - `lost`: it is gone and nobody saw how.
 */
export const runStates = ["running", "finished", "failed", "stopped", "lost"] as const;

export type RunState = (typeof runStates)[number];
