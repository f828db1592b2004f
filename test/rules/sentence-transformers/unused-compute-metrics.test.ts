import rule from "../../../server/src/rules/sentence-transformers/unused-compute-metrics.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from sentence_transformers import SentenceTransformerTrainer\n";

ruleTest(rule, {
  valid: [
    { name: "an evaluator", code: `${HEAD}SentenceTransformerTrainer(model=m, train_dataset=d, evaluator=e)\n` },
    { name: "none", code: `${HEAD}SentenceTransformerTrainer(model=m, train_dataset=d, compute_metrics=None)\n` },
    { name: "transformers' trainer", code: `import sentence_transformers\nfrom transformers import Trainer\nTrainer(model=m, compute_metrics=f)\n` },
    { name: "a class of the script's own", code: `${HEAD}class T(SentenceTransformerTrainer): ...\nT(model=m, compute_metrics=f)\n` },
  ],
  invalid: [
    { name: "sentence embeddings", code: `${HEAD}SentenceTransformerTrainer(model=m, ⟦compute_metrics=f⟧, train_dataset=d)\n`, findings: [{ severity: "warning", message: "never calls" }], unsafe: `${HEAD}SentenceTransformerTrainer(model=m, train_dataset=d)\n` },
    { name: "a cross-encoder", code: `from sentence_transformers.cross_encoder import CrossEncoderTrainer\nCrossEncoderTrainer(model=m, ⟦compute_metrics=f⟧)\n`, findings: [{ severity: "warning", message: "CrossEncoderTrainer" }] },
  ],
});
