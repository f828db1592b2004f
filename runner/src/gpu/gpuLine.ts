/** One line of `nvidia-smi --query-gpu`. */
import * as z from "zod";
import { errorIn, fieldsOf, numberField, textField } from "./field.js";
import { gpuReadingSchema, type GpuReading } from "./model.js";
import type { GpuField } from "./query.js";

/** A GPU as it is, or one that has its line and nothing to say in it: its number is all that is left of it. */
export type GpuLine = { readonly kind: "reading"; readonly reading: GpuReading } | { readonly kind: "lost"; readonly index: number; readonly problem: string };

const rowSchema = z.object({ uuid: z.string().regex(/^(GPU|MIG)-\S+$/u), index: z.string().regex(/^\d+$/u).transform(Number) });

const WORDS: Partial<Record<GpuField, string>> = {
  "memory.used": "memory in use",
  "memory.total": "total memory",
  "utilization.gpu": "utilisation",
  "temperature.gpu": "temperature",
  "power.draw": "power draw",
  "power.limit": "power limit",
};

/** Undefined for what is no such line: a warning, a header, garbage. */
export function parseGpuLine(line: string, fields: readonly GpuField[]): GpuLine | undefined {
  const parts = fieldsOf(line, fields.length);
  if (!parts) return undefined;
  const field = (name: GpuField): string => parts[fields.indexOf(name)]?.trim() ?? "[N/A]";
  const lost = errorIn(field("uuid"));
  if (lost !== undefined && /^\d+$/u.test(field("index"))) {
    const index = Number(field("index"));
    return { kind: "lost", index, problem: lostSentence(index, lost) };
  }
  const row = rowSchema.safeParse({ uuid: field("uuid"), index: field("index") });
  if (!row.success) return undefined;
  const problems = new Map<string, string[]>();
  const number = (name: GpuField): number | null => {
    const { value, error } = numberField(field(name));
    if (error !== undefined) problems.set(error, [...(problems.get(error) ?? []), WORDS[name] ?? name]);
    return value;
  };
  const reading = {
    ...row.data,
    name: textField(field("name")) ?? `GPU ${row.data.index}`,
    memoryUsedMib: number("memory.used"),
    memoryTotalMib: number("memory.total"),
    utilisation: number("utilization.gpu"),
    temperature: number("temperature.gpu"),
    power: number("power.draw"),
    powerLimit: number("power.limit"),
    migMode: textField(field("mig.mode.current")),
    problem: problemOf(row.data.index, problems),
  };
  const checked = gpuReadingSchema.safeParse(reading);
  return checked.success ? { kind: "reading", reading: checked.data } : undefined;
}

function problemOf(index: number, problems: ReadonlyMap<string, readonly string[]>): string | null {
  const sentences = [...problems].map(([error, names]) =>
    /lost|reset/iu.test(error) ? lostSentence(index, error) : `nvidia-smi reports an error (${error}) for GPU ${index}: ${names.join(", ")}.`,
  );
  return sentences.length > 0 ? sentences.join(" ") : null;
}

/** What it means that a GPU no longer answers. */
export function lostSentence(index: number, words: string): string {
  const remedy = /reset/iu.test(words) ? "It needs a reset (`nvidia-smi --gpu-reset`, as root) or a reboot." : "It usually takes a reboot to bring it back.";
  return `GPU ${index} no longer answers (${words}). ${remedy}`;
}
