/** Numbers that a training loop prints: the Trainer's dict lines, a bar's postfix, and the lines people write themselves. */

export interface LoggedMetrics {
  readonly step?: number;
  readonly epoch?: number;
  /** Finite ones. */
  readonly values: Readonly<Record<string, number>>;
  readonly notFinite: readonly string[];
}

/** What tells a dict of metrics from any other dict that a script prints. */
const METRIC_KEY = /^(loss|learning_rate|grad_norm|epoch|reward|rewards\/.*|eval_.*|train_.*|test_.*|.*_loss)$/u;

/** `{'loss': 2.1, 'epoch': 0.1}`; transformers 5 writes the numbers as strings: `{'loss': '2.1', 'epoch': '0.1'}`. */
export function metricsOfDict(text: string): LoggedMetrics | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return undefined;
  const numbers = new Map<string, number>();
  for (const [, single, double, value = ""] of trimmed.matchAll(/(?:'([^']*)'|"([^"]*)")\s*:\s*('[^']*'|"[^"]*"|[^,{}[\]]+)/gu)) {
    const number = numberOf(value.trim().replace(/^(['"])(.*)\1$/u, "$2"));
    if (number !== undefined) numbers.set(single ?? double ?? "", number);
  }
  return [...numbers.keys()].some((name) => METRIC_KEY.test(name)) ? metricsFrom(numbers) : undefined;
}

/** `loss=0.52, lr=1e-5, v_num=0`, from behind a bar's rate. */
export function metricsOfPostfix(postfix: string): LoggedMetrics | undefined {
  const numbers = new Map<string, number>();
  for (const part of postfix.split(",")) {
    const [name = "", value = ""] = part.split("=");
    const number = numberOf(value.trim());
    if (number !== undefined && /loss|acc|lr|perplexity|reward|f1/iu.test(name)) numbers.set(name.trim(), number);
  }
  return numbers.size > 0 ? metricsFrom(numbers) : undefined;
}

/** simpletransformers keeps its loss in the bar's label: `Epochs 0/1. Running Loss:    0.6931`. */
export function metricsOfLabel(label: string): LoggedMetrics | undefined {
  const match = /\bRunning Loss:\s*(\S+)$/u.exec(label);
  const loss = match?.[1] === undefined ? undefined : numberOf(match[1]);
  return loss === undefined ? undefined : metricsFrom(new Map([["loss", loss]]));
}

const NUMBER = String.raw`-?(?:\d+\.?\d*(?:e[+-]?\d+)?|nan|inf)(?![\w.])`;
const NAMED = new RegExp(String.raw`\b((?:(?:train|training|val|valid|validation|eval|test|avg|average|mean)[ _-]?)?(?:loss|accuracy|acc|perplexity|ppl|f1|lr|learning rate))\b\s*(?:[:=]|is)?\s*(${NUMBER})`, "giu");
const EPOCH = /\bepoch\b\W{0,3}(\d+(?:\.\d+)?)/iu;
const STEP = /\b(?:global[ _]?step|step|iter(?:ation)?|batch)\b\W{0,3}(\d+)/iu;

/** `Epoch 1/3, Step 10, Loss: 0.52`: a line that names an epoch or step and a figure. */
export function metricsOfSentence(text: string): LoggedMetrics | undefined {
  if (text.length > 400 || !/loss|acc|perplexity|ppl|f1/iu.test(text)) return undefined;
  const epoch = EPOCH.exec(text)?.[1];
  const step = STEP.exec(text)?.[1];
  if (epoch === undefined && step === undefined) return undefined;
  const numbers = new Map<string, number>();
  for (const [, name = "", value = ""] of text.matchAll(NAMED)) {
    const number = numberOf(value);
    if (number !== undefined) numbers.set(name.toLowerCase().replace(/[ -]/gu, "_"), number);
  }
  if (numbers.size === 0) return undefined;
  if (epoch !== undefined) numbers.set("epoch", Number(epoch));
  if (step !== undefined) numbers.set("step", Number(step));
  return metricsFrom(numbers);
}

function metricsFrom(numbers: ReadonlyMap<string, number>): LoggedMetrics {
  const values: Record<string, number> = {};
  const notFinite: string[] = [];
  let [step, epoch]: (number | undefined)[] = [];
  for (const [name, number] of numbers) {
    if (!Number.isFinite(number)) notFinite.push(name);
    else if (name === "epoch") epoch = number;
    else if (name === "step" || name === "global_step") step = number;
    else values[name] = number;
  }
  return { values, notFinite, ...(step === undefined ? {} : { step }), ...(epoch === undefined ? {} : { epoch }) };
}

/** A Python number; NaN and the infinities are numbers too. */
function numberOf(text: string): number | undefined {
  const inner = /^(?:np\.float\d+|tensor|array)\((.+?)(?:, .*)?\)$/u.exec(text)?.[1] ?? text;
  if (/^-?inf(inity)?$/iu.test(inner)) return inner.startsWith("-") ? -Infinity : Infinity;
  if (/^-?nan$/iu.test(inner)) return Number.NaN;
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(inner) ? Number(inner) : undefined;
}
