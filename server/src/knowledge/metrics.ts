/** What `evaluate.load(name).compute()` gives, for the metrics whose result is always of one shape (the modules' own `_compute`). */

/** The keys of a metric's result; `number` where `compute()` gives a bare number and no dict. */
export type MetricResult = { readonly keys: readonly string[]; readonly open: boolean } | "number";

const RESULTS: Readonly<Record<string, readonly string[] | "number">> = {
  accuracy: ["accuracy"],
  f1: ["f1"],
  precision: ["precision"],
  recall: ["recall"],
  matthews_correlation: ["matthews_correlation"],
  roc_auc: ["roc_auc"],
  exact_match: ["exact_match"],
  mse: ["mse"],
  mae: ["mae"],
  perplexity: ["perplexities", "mean_perplexity"],
  rouge: ["rouge1", "rouge2", "rougeL", "rougeLsum"],
  bleu: ["bleu", "precisions", "brevity_penalty", "length_ratio", "translation_length", "reference_length"],
  sacrebleu: ["score", "counts", "totals", "precisions", "bp", "sys_len", "ref_len"],
  chrf: ["score", "char_order", "word_order", "beta"],
  ter: ["score", "num_edits", "ref_length"],
  meteor: ["meteor"],
  bertscore: ["precision", "recall", "f1", "hashcode"],
  squad: ["exact_match", "f1"],
  wer: "number",
  cer: "number",
};

/** seqeval adds one key per kind of entity that it meets. */
const OPEN_RESULTS: Readonly<Record<string, readonly string[]>> = {
  seqeval: ["overall_precision", "overall_recall", "overall_f1", "overall_accuracy"],
};

const GLUE: Readonly<Record<string, readonly string[]>> = {
  cola: ["matthews_correlation"],
  stsb: ["pearson", "spearmanr"],
  mrpc: ["accuracy", "f1"],
  qqp: ["accuracy", "f1"],
  sst2: ["accuracy"],
  mnli: ["accuracy"],
  mnli_mismatched: ["accuracy"],
  mnli_matched: ["accuracy"],
  qnli: ["accuracy"],
  rte: ["accuracy"],
  wnli: ["accuracy"],
  hans: ["accuracy"],
};

/** The result of a metric by its name and, for GLUE, its configuration; undefined when it isn't a known one. */
export function metricResult(name: string, configuration: string | undefined): MetricResult | undefined {
  const keys = name === "glue" ? GLUE[configuration ?? ""] : RESULTS[name];
  if (keys === "number") return keys;
  if (keys) return { keys, open: false };
  const open = OPEN_RESULTS[name];
  return open && { keys: open, open: true };
}
