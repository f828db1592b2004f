/**
 * What the extension and the panel say to each other. Both sides read each message with these schemas: the panel is a web page, and
 * what it says is as little to be trusted as anything that comes in.
 */
import * as z from "zod/mini";
import { chartSchema, pointSchema } from "./model/charts.js";

const launchers = ["python", "torchrun", "accelerate", "deepspeed", "uv"] as const;

/** How a script is launched, as the form shows and changes it. */
export const launchFormSchema = z.object({
  script: z.string(),
  name: z.string(),
  interpreter: z.nullable(z.string()),
  launcher: z.enum(launchers),
  /** As typed: split into words only when it runs. */
  args: z.string(),
  cwd: z.string(),
  /** One `NAME=value` per line. */
  env: z.string(),
  gpus: z.union([z.literal("all"), z.literal("none"), z.literal("auto"), z.array(z.string())]),
  choices: z.array(z.object({ uuid: z.string(), label: z.string(), detail: z.string() })),
  /** Why there are no GPUs to choose from, or that they are a demonstration. */
  gpuNote: z.nullable(z.string()),
  /** The command exactly as it runs. */
  command: z.string(),
  /** The command where space is short. */
  brief: z.string(),
  /** Whether the command was edited by hand and counts instead of the fields. */
  edited: z.boolean(),
  problem: z.nullable(z.string()),
  canDebug: z.boolean(),
});
export type LaunchForm = z.infer<typeof launchFormSchema>;

/** What was found in the script before it was to run. */
export const checkSchema = z.object({
  script: z.string(),
  name: z.string(),
  smoke: z.boolean(),
  /** `line` null: in the arguments, and not in the script. */
  errors: z.array(z.object({ line: z.nullable(z.number()), message: z.string() })),
});
export type LaunchCheck = z.infer<typeof checkSchema>;

export const runStates = ["running", "finished", "failed", "stopped", "lost"] as const;

export const gpuMeterSchema = z.object({
  label: z.string(),
  usedMib: z.nullable(z.number()),
  totalMib: z.nullable(z.number()),
  /** Utilisation, temperature and power in words. */
  detail: z.string(),
  problem: z.nullable(z.string()),
});

export const failureSchema = z.object({
  sentence: z.string(),
  advice: z.array(z.string()),
  place: z.nullable(z.object({ path: z.string(), line: z.number() })),
  rule: z.nullable(z.string()),
  /** What can be changed in the script at a click. */
  remedies: z.array(z.string()),
});

/** One run as it stands, without its curves and its log. */
export const runViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  script: z.string(),
  state: z.enum(runStates),
  /** `exit code 1`, `SIGKILL`, or why it is lost. */
  outcome: z.nullable(z.string()),
  demo: z.boolean(),
  smoke: z.boolean(),
  started: z.string(),
  ended: z.nullable(z.string()),
  command: z.string(),
  /** The command where space is short. */
  brief: z.string(),
  progress: z.nullable(
    z.object({ step: z.number(), total: z.nullable(z.number()), rate: z.nullable(z.string()), remainingSeconds: z.nullable(z.number()), epoch: z.nullable(z.number()) }),
  ),
  gpus: z.array(gpuMeterSchema),
  host: z.nullable(gpuMeterSchema),
  peak: z.nullable(z.string()),
  /** Why there is no memory chart, or why it pauses. */
  memoryNote: z.nullable(z.string()),
  /** Something the reader has to know: a full disk, a folder that is gone, a supervisor that ended, no output for a long time. */
  warning: z.nullable(z.string()),
  failure: z.nullable(failureSchema),
  /** What the smoke run changed. */
  changes: z.array(z.string()),
  /** How often stopping was asked for: the next word is stronger. */
  stopsAsked: z.number(),
});
export type RunView = z.infer<typeof runViewSchema>;

export const comparisonSchema = z.object({
  left: z.object({ id: z.string(), title: z.string() }),
  right: z.object({ id: z.string(), title: z.string() }),
  rows: z.array(z.object({ name: z.string(), left: z.string(), right: z.string(), differs: z.boolean() })),
  charts: z.array(chartSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** The extension to the panel. */
export const toPanelSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("launch"), form: z.nullable(launchFormSchema) }),
  z.object({ type: z.literal("check"), check: z.nullable(checkSchema) }),
  z.object({ type: z.literal("run"), run: z.nullable(runViewSchema) }),
  z.object({ type: z.literal("charts"), run: z.string(), charts: z.array(chartSchema) }),
  z.object({ type: z.literal("points"), run: z.string(), points: z.array(pointSchema) }),
  /** `anew`: what was shown before is another log's. */
  z.object({ type: z.literal("log"), run: z.string(), anew: z.boolean(), text: z.string() }),
  z.object({ type: z.literal("notice"), text: z.nullable(z.string()) }),
  z.object({ type: z.literal("comparison"), comparison: comparisonSchema }),
  /** Puts the keyboard where arguments are typed. */
  z.object({ type: z.literal("editLaunch") }),
]);
export type ToPanel = z.infer<typeof toPanelSchema>;

/** What the form says about a script; what is left out stays. */
export const launchChangeSchema = z.partial(
  z.object({
    launcher: z.enum(launchers),
    args: z.string(),
    cwd: z.string(),
    env: z.string(),
    gpus: z.union([z.literal("all"), z.literal("none"), z.literal("auto"), z.array(z.string())]),
    /** The command, edited by hand; null: from the fields again. */
    command: z.nullable(z.string()),
  }),
);
export type LaunchChange = z.infer<typeof launchChangeSchema>;

/** The panel to the extension. */
export const fromPanelSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("launch"), how: z.enum(["run", "smoke", "terminal", "debug"]), anyway: z.boolean() }),
  z.object({ type: z.literal("change"), script: z.string(), change: launchChangeSchema }),
  z.object({ type: z.literal("stop"), run: z.string() }),
  z.object({ type: z.literal("rerun"), run: z.string() }),
  z.object({ type: z.literal("openLog"), run: z.string() }),
  z.object({ type: z.literal("openWide"), run: z.string() }),
  z.object({ type: z.literal("openPlace"), path: z.string(), line: z.number() }),
  z.object({ type: z.literal("applyRemedy"), run: z.string(), title: z.string() }),
  z.object({ type: z.literal("openRule"), rule: z.string() }),
  z.object({ type: z.literal("showProblems") }),
  z.object({ type: z.literal("dismissCheck") }),
  z.object({ type: z.literal("openScript") }),
]);
export type FromPanel = z.infer<typeof fromPanelSchema>;
