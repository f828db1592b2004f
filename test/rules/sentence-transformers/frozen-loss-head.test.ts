import rule from "../../../server/src/rules/sentence-transformers/frozen-loss-head.js";
import { ruleTest } from "../../support/ruleTest.js";

const fitting = (loss: string, method = "fit"): string =>
  `from sentence_transformers import SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\nloader = DataLoader(examples)\nloss = ${loss}\nmodel.${method}([(loader, loss)], warmup_steps=1, output_path="o")\n`;
const NEW = { versions: { "sentence-transformers": "5.1.0" } };
const SOFTMAX = "losses.SoftmaxLoss(model, 384, num_labels=3)";

ruleTest(rule, {
  valid: [
    { name: "the old library", versions: { "sentence-transformers": "2.7.0" }, code: fitting(SOFTMAX) },
    { name: "the old loop", ...NEW, code: fitting(SOFTMAX, "old_fit") },
    { name: "a loss without weights", ...NEW, code: fitting("losses.CoSENTLoss(model)") },
    { name: "the Trainer", ...NEW, code: `from sentence_transformers import SentenceTransformerTrainer, losses\nSentenceTransformerTrainer(model=m, train_dataset=d, loss=losses.SoftmaxLoss(m, 384, num_labels=3))\n` },
    { name: "a loss of the script's own", ...NEW, code: fitting("SoftmaxLoss(model)").replace("loader =", "class SoftmaxLoss: ...\nloader =") },
  ],
  invalid: [
    { name: "a classifier", ...NEW, code: fitting(SOFTMAX, "⟦fit⟧"), findings: [{ severity: "warning", message: "the classifier of SoftmaxLoss" }] },
    { name: "a decoder, the version unknown", code: fitting("losses.DenoisingAutoEncoderLoss(model)", "⟦fit⟧"), findings: [{ severity: "warning", message: "From sentence-transformers 3.0" }] },
  ],
});
