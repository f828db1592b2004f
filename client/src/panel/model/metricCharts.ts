/** Which chart a reported figure belongs to. The names are those of transformers, trl and sentence-transformers. */

export interface MetricPlace {
  readonly chart: string;
  readonly title: string;
  readonly label: string;
}

/** Figures about the reporting itself, and those that a progress bar already shows. */
const leftOut = /^(?:epoch|step|total_flos|num_input_tokens_seen|train_loss|(?:train|eval|test)_(?:runtime|samples_per_second|steps_per_second|jit_compilation_time|model_preparation_time))$/u;

/** Figures between 0 and 1 that are read beside each other. */
const score = /(?:^|_)(?:accuracy|f1|precision|recall|matthews_correlation|mcc|auc|roc_auc|rouge\w*|exact_match|mean_token_accuracy|map|ndcg\S*|mrr\S*|cosine_\w+|pearson\w*|spearman\w*|rewards\/accuracies)$/u;

/** The place of a figure, or undefined where it is not drawn. */
export function chartOfMetric(name: string): MetricPlace | undefined {
  if (leftOut.test(name)) return undefined;
  if (name === "loss") return { chart: "loss", title: "Loss", label: "training" };
  if (/^eval(?:_\w+)?_loss$/u.test(name)) return { chart: "loss", title: "Loss", label: name === "eval_loss" ? "evaluation" : name.replace(/_loss$/u, "") };
  if (name === "learning_rate" || name === "lr") return { chart: "learning_rate", title: "Learning rate", label: "learning rate" };
  if (score.test(name)) return { chart: "scores", title: "Scores", label: name };
  // `eval_perplexity` beside `perplexity`.
  const base = name.replace(/^eval_/u, "");
  return { chart: `metric:${base}`, title: titleOf(base), label: name };
}

function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
