import rule from "../../../server/src/rules/sentence-transformers/loss-dict-mismatch.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from datasets import Dataset, DatasetDict, load_dataset\nfrom sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses\nmodel = SentenceTransformer("x")\nloss = losses.MultipleNegativesRankingLoss(model)\nd = Dataset.from_dict({"a": x, "b": y})\n`;
const training = (train: string, loss: string): string => `${HEAD}t = SentenceTransformerTrainer(model=model, ${train}, loss=${loss})\n`;

ruleTest(rule, {
  valid: [
    { name: "one loss, one dataset", code: training("train_dataset=d", "loss") },
    { name: "one loss for all", code: training('train_dataset={"p": d, "q": d}', "loss") },
    { name: "a loss for each", code: training('train_dataset={"p": d, "q": d}', '{"p": loss, "q": loss}') },
    { name: "a loss too many", code: training('train_dataset={"p": d}', '{"p": loss, "q": loss}') },
    { name: "losses that aren't all known", code: training('train_dataset={"p": d, "q": d}', '{"p": loss, **more}') },
    { name: "datasets that aren't known", code: training("train_dataset=train", '{"p": loss}') },
    { name: "loaded with its splits", code: training('train_dataset=load_dataset("p")', '{"train": loss}') },
    { name: "added later", code: `${HEAD}all = {"p": loss}\nall["q"] = loss\nt = SentenceTransformerTrainer(model=model, train_dataset={"p": d, "q": d}, loss=all)\n` },
    { name: "wrapped", code: training('train_dataset=DatasetDict({"p": d})', '{"p": loss}') },
    { name: "one of two", code: `${HEAD}train = {"p": d} if many else d\nt = SentenceTransformerTrainer(model=model, train_dataset=train, loss={"p": loss})\n` },
    { name: "one streamed dataset", code: training("train_dataset=d.to_iterable_dataset()", "loss") },
    { name: "another trainer", code: `from datasets import Dataset\nfrom mine import SentenceTransformerTrainer\nimport sentence_transformers\nt = SentenceTransformerTrainer(train_dataset=Dataset.from_dict({"a": x}), loss={"p": q})\n` },
    { name: "loaded with its splits, expressly", code: training('train_dataset=load_dataset("p", split=None)', '{"train": loss}') },
  ],
  invalid: [
    { name: "one dataset", code: training("⟦train_dataset=d⟧", '{"p": loss}'), findings: [{ severity: "error", message: "train_dataset is a single dataset" }] },
    { name: "a loaded split, shuffled", code: training('⟦train_dataset=load_dataset("p", split="train").shuffle()⟧', '{"p": loss}'), findings: [{ severity: "error", message: "single dataset" }] },
    { name: "an evaluation set", code: training('train_dataset={"p": d}, ⟦eval_dataset=d⟧', '{"p": loss}'), findings: [{ severity: "error", message: "eval_dataset is a single dataset" }] },
    { name: "two without a loss", code: training('⟦train_dataset=DatasetDict({"p": d, "q": d, "r": d})⟧', '{"p": loss}'), findings: [{ severity: "error", message: 'has "q" and "r"' }] },
    { name: "streamed", code: training('⟦train_dataset={"p": load_dataset("p", split="train", streaming=True)}⟧', "loss"), findings: [{ severity: "error", message: "no dict of streamed datasets" }] },
  ],
});
