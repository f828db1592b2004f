import rule from "../../../server/src/rules/sentence-transformers/extra-columns.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from datasets import Dataset\nfrom sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses\nmodel = SentenceTransformer("x")\n`;
const training = (columns: string, loss = "MultipleNegativesRankingLoss", dataset = "d"): string =>
  `${HEAD}d = Dataset.from_dict({${columns}})\nt = SentenceTransformerTrainer(model=model, train_dataset=${dataset}, loss=losses.${loss}(model))\n`;
const QA = '"query": q, "answer": a';

ruleTest(rule, {
  valid: [
    { name: "texts", code: training(QA) },
    { name: "texts and a label", code: training(`${QA}, "label": z`, "ContrastiveLoss") },
    { name: "removed", code: training(`"query_id": i, ${QA}`, undefined, 'd.remove_columns("query_id")') },
    { name: "selected", code: training(`"id": i, ${QA}`, undefined, 'd.select_columns(["query", "answer"])') },
    { name: "renamed to a text", code: training(`"id": i, ${QA}`, undefined, 'd.rename_column("id", "title")') },
    { name: "columns that aren't all known", code: training(`"id": i, ${QA}, **more`) },
    { name: "mapped by an unknown function", code: training(`"id": i, ${QA}`, undefined, "d.map(f)") },
    { name: "words that end alike", code: training('"valid": q, "grid": a') },
    { name: "a collator of the script's own", code: training(`"id": [1], ${QA}`).replace("loss=", "data_collator=collate, loss=") },
    { name: "arguments from outside", code: training(`"id": [1], ${QA}`).replace("loss=", "**more, loss=") },
    { name: "nothing but identifiers", code: training('"user_id": u, "item_id": i') },
    { name: "another trainer", code: training(`"id": [1], ${QA}`).replace("from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer", "from mine import SentenceTransformerTrainer\nfrom sentence_transformers import SentenceTransformer") },
  ],
  invalid: [
    { name: "a number", code: training(`⟦"idx"⟧: [1, 2], ${QA}`), findings: [{ severity: "error", message: "a number raises at the first step" }], unsafe: training(`"idx": [1, 2], ${QA}`, undefined, 'd.remove_columns("idx")') },
    { name: "what isn't known", code: training(`⟦"query_id"⟧: i, ${QA}`), findings: [{ severity: "warning", message: "trained on silently" }], unsafe: training(`"query_id": i, ${QA}`, undefined, 'd.remove_columns("query_id")') },
    { name: "text for a loss that takes three", code: training('⟦"id"⟧: ["x"], "a": p, "b": q, "c": r', "TripletLoss"), findings: [{ severity: "error", message: "one text too many for TripletLoss" }], unsafe: training('"id": ["x"], "a": p, "b": q, "c": r', "TripletLoss", 'd.remove_columns("id")') },
    { name: "after a shuffle", code: training(`⟦"guid"⟧: [i for i in range(9)], ${QA}`, undefined, "d.shuffle(seed=1)"), findings: [{ severity: "warning", message: '"guid"' }], unsafe: training(`"guid": [i for i in range(9)], ${QA}`, undefined, 'd.shuffle(seed=1).remove_columns("guid")') },
    { name: "reserved", code: training(`${QA}, ⟦"dataset_name"⟧: n`), findings: [{ severity: "error", message: "raises ValueError" }], unsafe: training(`${QA}, "dataset_name": n`, undefined, 'd.remove_columns("dataset_name")') },
  ],
});
