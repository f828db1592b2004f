import { defineRule } from "../../analysis/rule.js";
import { numberOf } from "../../script/values.js";
import { objectivesOf } from "./trainingData.js";

/** Below this the mining has little to choose from; the loss's own documentation asks for about 500. */
const FEW = 128;

export default defineRule({
  id: "sentence-transformers/small-megabatch",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["MegaBatchMarginLoss"],
  messages: {
    small: "MegaBatchMarginLoss looks for its hardest negatives inside the batch, and {size} examples leave it little choice. Use about 500; memory follows mini_batch_size.",
  },
  docs: {
    summary: "MegaBatchMarginLoss with a small batch.",
    why: `\`MegaBatchMarginLoss\` takes as negative the most similar other example of the batch. In a small batch that is a random one, and the loss soon has nothing to teach. Its documentation asks for
batches of about 500; what needs memory is \`mini_batch_size\` (50 by default), not the batch.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loader = DataLoader(examples, batch_size=32, shuffle=True)
model.fit([(loader, losses.MegaBatchMarginLoss(model))], warmup_steps=100, output_path="out")
`,
        good: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loader = DataLoader(examples, batch_size=500, shuffle=True)
model.fit([(loader, losses.MegaBatchMarginLoss(model))], warmup_steps=100, output_path="out")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/losses/MegaBatchMarginLoss.py"],
    silent: "For sizes from outside the script.",
  },
  check({ script, report }) {
    for (const { loss, loader } of objectivesOf(script)) {
      const size = loader.argument("batch_size", 1);
      const count = size && numberOf(size.value);
      if (loss.name === "MegaBatchMarginLoss" && size && count !== undefined && count < FEW) {
        report({ message: "small", data: { size: count }, at: script.tree.span(size.entry), related: [{ message: "the loss", range: loss.call.nameSpan }] });
      }
    }
  },
});
