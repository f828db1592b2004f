import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { numberOf, type Value } from "../../script/values.js";
import { objectivesOf } from "./trainingData.js";

/** Losses that take every pair for a positive one and never look at a label. */
const RANKING = /^(?:Cached)?(?:MultipleNegatives(?:Symmetric)?RankingLoss|GISTEmbedLoss)$/;

export default defineRule({
  id: "sentence-transformers/labelled-pairs-in-ranking-loss",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["RankingLoss", "GISTEmbedLoss"],
  messages: {
    labelled: "{loss} never reads labels: the pairs labelled 0 are pulled together like the others. Drop them, or use ContrastiveLoss.",
  },
  docs: {
    summary: "Pairs labelled as similar and dissimilar, with a loss that takes all of them for similar.",
    why: `\`MultipleNegativesRankingLoss\` and its relatives take each pair for a positive one, with the other pairs of the batch as its negatives; the label isn't read. Dissimilar pairs, labelled 0, are
therefore trained as similar ones, without a word. For 0/1 labels there are \`ContrastiveLoss\` and \`OnlineContrastiveLoss\`.`,
    examples: [
      {
        bad: `from sentence_transformers import InputExample, SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
examples = [InputExample(texts=["a", "b"], label=1), InputExample(texts=["a", "x"], label=0)]
model.fit([(DataLoader(examples), losses.MultipleNegativesRankingLoss(model))], warmup_steps=1, output_path="out")
`,
        good: `from sentence_transformers import InputExample, SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
examples = [InputExample(texts=["a", "b"], label=1), InputExample(texts=["a", "x"], label=0)]
model.fit([(DataLoader(examples), losses.ContrastiveLoss(model))], warmup_steps=1, output_path="out")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/losses/MultipleNegativesRankingLoss.py"],
    silent: "For examples with three texts, for labels that are all the same, and for labels that aren't written out.",
  },
  check({ script, report }) {
    for (const { loss, examples } of objectivesOf(script)) {
      if (!RANKING.test(loss.name)) continue;
      const labels = examples.filter(isPair).map((example) => ({ example, ...labelsOf(example.value("label", 2)) }));
      const negative = labels.find(({ zero }) => zero);
      if (!negative || !labels.some(({ other }) => other)) continue;
      const argument = negative.example.argument("label", 2);
      if (argument) report({ message: "labelled", data: { loss: loss.name }, at: script.tree.span(argument.entry), related: [{ message: "the loss", range: loss.call.nameSpan }] });
    }
  },
});

function isPair(example: Call): boolean {
  const texts = example.value("texts", 1);
  return texts.kind === "sequence" && !texts.open && texts.items.length === 2;
}

/** Whether a label may be 0, and whether it may be another number; `1 if same else 0` is both. */
function labelsOf(value: Value): { readonly zero: boolean; readonly other: boolean } {
  const numbers = (value.kind === "oneOf" ? value.alternatives.map((each) => each.value) : [value]).map(numberOf);
  return { zero: numbers.includes(0), other: numbers.some((number) => number !== undefined && number !== 0) };
}
