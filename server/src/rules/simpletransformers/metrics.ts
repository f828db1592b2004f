/** Which results each model computes at an evaluation, and which of them are better when higher (read in 0.64.5 and 0.70.5). */

/** Metrics that are better when higher; custom ones of the same name usually are too. */
export const HIGHER_IS_BETTER: ReadonlySet<string> = new Set(
  "mcc auroc auprc accuracy acc f1 f1_score f1_micro f1_macro f1_weighted LRAP precision recall correct tp tn bleu rouge".split(" "),
);

export const LOWER_IS_BETTER: ReadonlySet<string> = new Set("eval_loss incorrect fp fn loss perplexity mse rmse mae".split(" "));

/** The keyword parameters of `train_model` in any version: every other keyword is a metric function, and its name a result. */
const PARAMETERS: ReadonlySet<string> = new Set(
  ("train_df train_data train_file multi_label output_dir show_running_loss args eval_df eval_data eval_file verbose qrels run_dict eval_name eval_set top_k " + "test_df test_data").split(" "),
);

export function isTrainParameter(name: string): boolean {
  return PARAMETERS.has(name);
}

const BINARY = ["eval_loss", "mcc", "tp", "tn", "fp", "fn", "auroc", "auprc"];

/** Results that binary classification has from 0.70.0. */
export const SINCE_070: ReadonlySet<string> = new Set(["accuracy", "f1_score"]);

/**
 * The names of a model's results besides the script's own metric functions; undefined for models that aren't listed. `labels` is undefined
 * where the number of labels isn't known: then every name that some number has is one.
 */
export function resultsOf(model: string, labels: number | undefined, isRegression: boolean | undefined): readonly string[] | undefined {
  switch (model) {
    case "ClassificationModel":
      if (isRegression === true) return ["eval_loss"];
      return labels !== undefined && labels > 2 && isRegression === false ? ["eval_loss", "mcc"] : [...BINARY, ...SINCE_070];
    case "MultiLabelClassificationModel":
      return ["eval_loss", "LRAP"];
    case "NERModel":
      return ["eval_loss", "precision", "recall", "f1_score"];
    case "QuestionAnsweringModel":
      return ["correct", "similar", "incorrect", "eval_loss"];
    default:
      return undefined;
  }
}
