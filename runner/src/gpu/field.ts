/** One field of nvidia-smi's CSV: a number, a text, or one of its many ways to say that there is none. */

/** `[N/A]`, `[Not Supported]`, `[Insufficient Permissions]`: the driver has no figure, and nothing is wrong. */
const NOT_GIVEN = /^\[?(n\/a|not supported|not available|not found|insufficient permissions|requested functionality has been deprecated|function not found|no permissions)\]?$/iu;

/** `ERR!`, `[Unknown Error]`, `[GPU is lost]`, `[GPU requires reset]`: something is wrong. */
const ERROR = /^(err!|\[.+\])$/iu;

export interface NumberField {
  readonly value: number | null;
  /** nvidia-smi's words, where they say that something is wrong. */
  readonly error?: string;
}

/** A number, with its unit if there is one; a decimal comma counts as a point. */
export function numberField(text: string): NumberField {
  const trimmed = text.trim();
  const number = /^(-?\d+(?:[.,]\d+)?)(?:\s*(?:MiB|W|%|C))?$/u.exec(trimmed)?.[1];
  if (number !== undefined) return { value: Number(number.replace(",", ".")) };
  const error = errorIn(trimmed);
  return error === undefined ? { value: null } : { value: null, error };
}

export function textField(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" || NOT_GIVEN.test(trimmed) || ERROR.test(trimmed) ? null : trimmed;
}

/** The words of an error without their brackets. */
export function errorIn(text: string): string | undefined {
  const trimmed = text.trim();
  return ERROR.test(trimmed) && !NOT_GIVEN.test(trimmed) ? trimmed.replace(/^\[|\]$/gu, "") : undefined;
}

/** The fields of a line: `, ` separates them, so that a decimal comma doesn't; the last one keeps its commas. */
export function fieldsOf(line: string, count: number): string[] | undefined {
  const parts = line.split(", ");
  if (parts.length < count) return undefined;
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(", ")];
}

/** nvidia-smi's `2026/11/23 20:24:31.123` in milliseconds; it has no time zone, so only differences mean something. */
export function timestampMs(text: string): number | undefined {
  const match = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,3}))?$/u.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second, fraction] = match.slice(1).map((part) => Number(part ?? 0));
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, fraction);
}
