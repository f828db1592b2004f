import { defineRule } from "../../analysis/rule.js";
import { objectivesOf } from "./trainingData.js";

/** Losses with weights of their own, and what those are. */
const HEADS: Readonly<Record<string, string>> = {
  SoftmaxLoss: "classifier",
  DenoisingAutoEncoderLoss: "decoder",
};

const SINCE = { "sentence-transformers": ">=3.0" };

export default defineRule({
  id: "sentence-transformers/frozen-loss-head",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["SoftmaxLoss", "DenoisingAutoEncoderLoss"],
  versions: SINCE,
  messages: {
    frozen: "From sentence-transformers 3.0 on fit() trains only the weights of the model: the {head} of {loss} stays as it was made. Use SentenceTransformerTrainer, or old_fit().",
  },
  docs: {
    summary: "A loss with weights of its own, which fit() doesn't train.",
    why: `Up to 2.7 \`fit()\` optimized the parameters of the loss, the model's among them. From 3.0 on it builds its optimizer of the model's parameters alone, so that the classifier of \`SoftmaxLoss\` and the
decoder of \`DenoisingAutoEncoderLoss\` keep their random initial weights through the whole training (measured with 3.4.1, 5.1.0 and 6.0.0). Nothing says so; the embeddings are trained against a random
head. \`SentenceTransformerTrainer\` adds the loss's parameters, and \`old_fit()\` keeps the former loop.`,
    examples: [
      {
        versions: { "sentence-transformers": "5.1.0" },
        bad: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loss = losses.SoftmaxLoss(model, 384, num_labels=3)
model.fit([(DataLoader(examples), loss)], warmup_steps=100, output_path="out")
`,
        good: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loss = losses.SoftmaxLoss(model, 384, num_labels=3)
model.old_fit([(DataLoader(examples), loss)], warmup_steps=100, output_path="out")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/fit_mixin.py"],
    silent: "For `old_fit()` and the Trainer, and for losses without weights of their own.",
  },
  check({ script, report }) {
    for (const { fit, loss } of objectivesOf(script)) {
      const head = HEADS[loss.name];
      if (head === undefined || fit.method !== "fit") continue;
      report({ message: "frozen", data: { loss: loss.name, head }, at: fit.nameSpan, when: SINCE, related: [{ message: "the loss", range: loss.call.nameSpan }] });
    }
  },
});
