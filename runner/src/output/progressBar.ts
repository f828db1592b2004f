/** A bar as tqdm draws it, with or without a total. */

export interface ProgressBar {
  /** The words before it, without the colon. */
  readonly label: string;
  readonly step: number;
  /** Absent when it isn't known how many there will be. */
  readonly total?: number;
  /** Per second. */
  readonly rate?: number;
  readonly remainingSeconds?: number;
  /** What stands behind the rate: `loss=0.52, lr=1e-5`. */
  readonly postfix: string;
}

/** No terminal is wider than this; a longer line is something else that ends in a bracket. */
const WIDEST = 2000;

const COUNT = String.raw`[\d.]+[kMGTP]?`;
/** What stands right of the bar itself. */
const WITH_TOTAL = new RegExp(String.raw`^\s*(${COUNT})[A-Za-z]*/(${COUNT})[A-Za-z]*\s*\[([\d:?]+)<([^,\]]+),\s*([^,\]]+)(?:,\s*(.*))?\]\s*$`, "u");
const WITHOUT_TOTAL = new RegExp(String.raw`^(?:(.*?):\s+)?(${COUNT})\s?[A-Za-z]+ \[([\d:?]+),\s*([^,\]]*/[^,\]]+)(?:,\s*(.*))?\]\s*$`, "u");

export function parseProgressBar(text: string): ProgressBar | undefined {
  // Most lines are no bars, and every line is asked.
  if (text.length > WIDEST || !text.includes("[") || !text.trimEnd().endsWith("]")) return undefined;
  const percent = text.indexOf("%|");
  const full = percent < 0 ? null : WITH_TOTAL.exec(text.slice(text.indexOf("|", percent + 2) + 1));
  if (full) {
    const [, step = "", total = "", , remaining = "", rate = "", postfix = ""] = full;
    return {
      label: labelOf(text.slice(0, percent).replace(/\d{1,3}$/u, "")),
      step: countOf(step),
      total: countOf(total),
      postfix,
      ...defined("rate", rateOf(rate)),
      ...defined("remainingSeconds", secondsOf(remaining)),
    };
  }
  const open = WITHOUT_TOTAL.exec(text);
  if (!open) return undefined;
  const [, label = "", step = "", , rate = "", postfix = ""] = open;
  return { label: labelOf(label), step: countOf(step), postfix, ...defined("rate", rateOf(rate)) };
}

function labelOf(text: string): string {
  return text.trim().replace(/:$/u, "").trim();
}

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };

/** `450`, `1.20k`, `3.5M`. */
function countOf(text: string): number {
  return Math.round(Number.parseFloat(text) * (FACTORS[text.at(-1) ?? ""] ?? 1));
}

/** `3.00it/s`, ` 2.50s/it`, `4500.00 examples/s`, `1.2MB/s`, `?it/s`: per second. */
function rateOf(text: string): number | undefined {
  const match = /^\s*([\d.]+)([kMGTP]?)\s*([^/]*)\/(.+?)\s*$/u.exec(text);
  if (!match) return undefined;
  const number = Number(match[1]) * (FACTORS[match[2] ?? ""] ?? 1);
  if (!Number.isFinite(number) || number <= 0) return undefined;
  return match[3] === "s" && match[4] !== "s" ? 1 / number : number;
}

/** `05:23`, `1:05:23`. */
function secondsOf(text: string): number | undefined {
  const parts = text.trim().split(":").map(Number);
  return parts.some(Number.isNaN) ? undefined : parts.reduce((sum, part) => sum * 60 + part, 0);
}

function defined<K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, number>);
}
