import rule from "../../../server/src/rules/sentence-transformers/small-megabatch.js";
import { ruleTest } from "../../support/ruleTest.js";

const fitting = (batch: string, loss = "MegaBatchMarginLoss(m)"): string =>
  `from sentence_transformers import SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nm = SentenceTransformer("x")\nm.fit([(DataLoader(d${batch}), losses.${loss})], warmup_steps=1, output_path="o")\n`;
const trained = (args: string, loss = "MegaBatchMarginLoss(m)", between = ""): string =>
  `from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments, losses\nm = SentenceTransformer("x")\nargs = SentenceTransformerTrainingArguments("o"${args})\n${between}trainer = SentenceTransformerTrainer(m, args=args, train_dataset=d, loss=losses.${loss})\n`;
const old = { "sentence-transformers": "5.1.0" };
const broken = { "sentence-transformers": "5.6.0" };
const fixed = { "sentence-transformers": "5.7.0" };

ruleTest(rule, {
  valid: [
    { name: "large", code: fitting(", batch_size=500"), versions: fixed },
    { name: "large, in mini-batches as large", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, mini_batch_size=500)"), versions: old },
    { name: "large, in larger mini-batches", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, mini_batch_size=1000)"), versions: old },
    { name: "large, at once", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, use_mini_batched_version=False)"), versions: old },
    { name: "large, at once, by position", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, 0.8, 0.3, False)"), versions: old },
    { name: "mini-batches from outside", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, mini_batch_size=n)"), versions: old },
    { name: "options from outside", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, **options)"), versions: old },
    { name: "from outside", code: fitting(", batch_size=n") },
    { name: "another loss", code: `# MegaBatchMarginLoss\n${fitting(", batch_size=16", "MultipleNegativesRankingLoss(m)")}` },
    { name: "not said", code: fitting("") },
    { name: "a trainer's default", code: trained("") },
    { name: "a trainer's, large", code: trained(", per_device_train_batch_size=500"), versions: fixed },
    { name: "a trainer's, set later", code: trained(", per_device_train_batch_size=32", "MegaBatchMarginLoss(m)", "args.per_device_train_batch_size = n\n") },
    { name: "a trainer's, with another loss", code: `# MegaBatchMarginLoss\n${trained(", per_device_train_batch_size=32", "CoSENTLoss(m)")}` },
    { name: "at once, in 5.6", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, use_mini_batched_version=False)"), versions: broken },
    { name: "perhaps at once, in 5.6", code: fitting(", batch_size=500", "MegaBatchMarginLoss(m, use_mini_batched_version=cli.mini)"), versions: broken },
    { name: "never trained with, in 5.6", code: `from sentence_transformers import SentenceTransformer, losses\nloss = losses.MegaBatchMarginLoss(SentenceTransformer("x"))\n`, versions: broken },
  ],
  invalid: [
    { name: "small", code: fitting(", ⟦batch_size=32⟧"), findings: [{ severity: "warning", message: "32 examples" }] },
    { name: "by position", code: fitting(", ⟦50⟧"), findings: [{ severity: "warning", message: "about 500" }] },
    { name: "small, for a trainer", code: trained(", ⟦per_device_train_batch_size=16⟧"), findings: [{ severity: "warning", message: "16 examples" }] },
    {
      name: "large, where the most is dropped",
      code: fitting(", ⟦batch_size=500⟧"),
      versions: old,
      findings: [{ severity: "warning", message: "from the last 50 examples of a batch, not from all 500. Set mini_batch_size=500" }],
      unsafe: fitting(", batch_size=500", "MegaBatchMarginLoss(m, mini_batch_size=500)"),
    },
    { name: "not a multiple", code: fitting(", ⟦batch_size=512⟧"), findings: [{ severity: "warning", message: "Before sentence-transformers 5.4 MegaBatchMarginLoss silently learns from the last 12 examples" }] },
    { name: "in mini-batches that are told", code: trained(", ⟦per_device_train_batch_size=256⟧", "MegaBatchMarginLoss(m, mini_batch_size=32)"), versions: old, findings: [{ severity: "warning", message: "the last 32 examples of a batch, not from all 256" }] },
    { name: "mini-batches in 5.6", code: fitting(", batch_size=n", "⟦MegaBatchMarginLoss⟧(m)"), versions: broken, findings: [{ severity: "error", message: "raises KeyError or TypeError at the first step" }] },
    { name: "a trainer's, in 5.6", code: trained("", "⟦MegaBatchMarginLoss⟧(m)"), versions: broken, findings: [{ severity: "error", message: "Set use_mini_batched_version=False" }] },
  ],
});
