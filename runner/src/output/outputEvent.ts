/** What a script's output says of its training. These are the lines of metrics.jsonl. */
import * as z from "zod";

export const outputEventSchema = z.object({
  /** ISO 8601, UTC: when the line was read. */
  t: z.string(),
  /** `progress`: a bar moved. `metrics`: numbers were logged. `event`: something began or ended. */
  kind: z.enum(["progress", "metrics", "event"]),
  /** Which bar: of the training, of an evaluation, or of something else (`label` says what). */
  bar: z.enum(["training", "evaluation", "other"]).optional(),
  /** The bar's own words: "Map", "Loading checkpoint shards". */
  label: z.string().optional(),
  step: z.number().optional(),
  total: z.number().optional(),
  /** Steps per second. */
  rate: z.number().optional(),
  remainingSeconds: z.number().optional(),
  epoch: z.number().optional(),
  /** Finite numbers only. */
  values: z.record(z.string(), z.number()).optional(),
  /** Names whose value was NaN or infinite. */
  notFinite: z.array(z.string()).optional(),
  event: z.enum(["start", "first step", "evaluation", "checkpoint", "end"]).optional(),
});

export type OutputEvent = z.infer<typeof outputEventSchema>;
