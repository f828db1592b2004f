import rule from "../../../server/src/rules/sentence-transformers/loss-input-count.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from datasets import Dataset\nfrom sentence_transformers import InputExample, SentenceTransformer, SentenceTransformerTrainer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\n`;
const fitting = (loss: string, examples: string): string => `${HEAD}examples = ${examples}\nmodel.fit([(DataLoader(examples), losses.${loss}(model))], warmup_steps=1, output_path="o")\n`;
const training = (loss: string, columns: string): string => `${HEAD}d = Dataset.from_dict({${columns}})\nt = SentenceTransformerTrainer(model=model, train_dataset=d, loss=losses.${loss}(model))\n`;

ruleTest(rule, {
  valid: [
    { name: "three for a triplet", code: fitting("TripletLoss", '[InputExample(texts=["a", "b", "c"])]') },
    { name: "two for contrastive", code: fitting("ContrastiveLoss", '[InputExample(texts=["a", "b"], label=1)]') },
    { name: "several for ranking", code: fitting("MultipleNegativesRankingLoss", '[InputExample(texts=["a", "b", "c", "d"])]') },
    { name: "texts from outside", code: fitting("TripletLoss", "[InputExample(texts=row) for row in rows]") },
    { name: "texts unpacked", code: fitting("TripletLoss", '[InputExample(texts=["a", *more])]') },
    { name: "examples of different lengths", code: fitting("TripletLoss", '[InputExample(texts=["a", "b", "c"]), InputExample(texts=["a", "b"])]') },
    { name: "a loss that takes any", code: fitting("CachedMultipleNegativesRankingLoss", '[InputExample(texts=["a"])]') },
    { name: "a loss of the script's own", code: `${HEAD}class TripletLoss: ...\nmodel.fit([(DataLoader([InputExample(texts=["a"])]), TripletLoss())], warmup_steps=1, output_path="o")\n` },
    { name: "columns", code: training("TripletLoss", '"a": x, "b": y, "c": z') },
    { name: "columns and a label", code: training("ContrastiveLoss", '"a": x, "b": y, "label": z') },
    { name: "columns that aren't all known", code: training("TripletLoss", '"a": x, **more') },
  ],
  invalid: [
    { name: "two for a triplet", code: fitting("TripletLoss", '[InputExample(⟦texts=["a", "b"]⟧)]'), findings: [{ severity: "error", message: "3 texts per example and gets 2: raises ValueError" }] },
    { name: "three for contrastive, in a loop", code: fitting("ContrastiveLoss", '[]\nfor a, b, c in rows:\n    examples.append(InputExample(⟦texts=[a, b, c]⟧, label=1))'), findings: [{ severity: "error", message: "AssertionError" }] },
    { name: "one for ranking, in a comprehension", code: fitting("MultipleNegativesRankingLoss", "[InputExample(⟦texts=[t]⟧) for t in rows]"), findings: [{ severity: "error", message: "at least 2 texts" }] },
    { name: "three for a similarity", code: fitting("CosineSimilarityLoss", '[InputExample(⟦texts=["a", "b", "c"]⟧, label=1.0)]'), findings: [{ severity: "warning", message: "silently ignored" }] },
    { name: "two for a batch triplet loss", code: fitting("BatchHardTripletLoss", '[InputExample(⟦texts=["a", "b"]⟧, label=1)]'), findings: [{ severity: "warning", message: "takes 1 text per example" }] },
    { name: "columns", code: training("TripletLoss", '"a": x, "b": y').replace("train_dataset=d", "⟦train_dataset=d⟧"), findings: [{ severity: "error", message: "3 columns per example and gets 2" }] },
  ],
});
