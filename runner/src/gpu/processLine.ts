/** One line of `nvidia-smi --query-compute-apps`. */
import * as z from "zod";
import { fieldsOf, numberField, textField, timestampMs } from "./field.js";
import { gpuProcessSchema, type GpuProcess } from "./model.js";
import { PROCESS_FIELDS } from "./query.js";

export interface ProcessLine {
  /** Milliseconds by nvidia-smi's own clock; lines of one round lie close together. */
  readonly timestamp: number;
  readonly process: GpuProcess;
}

const rowSchema = z.tuple([
  z.string().transform((text) => timestampMs(text)),
  z.string().trim(),
  z.string().trim().regex(/^\d+$/u).transform(Number),
  z.string().transform((text) => numberField(text).value),
  z.string().transform((text) => textField(text)),
]);

/** Undefined for what is no such line. */
export function parseProcessLine(line: string): ProcessLine | undefined {
  const row = rowSchema.safeParse(fieldsOf(line, PROCESS_FIELDS.length));
  if (!row.success) return undefined;
  const [timestamp, gpuUuid, pid, memoryMib, name] = row.data;
  const process = gpuProcessSchema.safeParse({ gpuUuid, pid, name, memoryMib });
  return timestamp === undefined || !process.success ? undefined : { timestamp, process: process.data };
}
