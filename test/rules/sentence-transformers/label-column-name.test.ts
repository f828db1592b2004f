import rule from "../../../server/src/rules/sentence-transformers/label-column-name.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from datasets import Dataset\nfrom sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses\nfrom sentence_transformers.cross_encoder import CrossEncoder, CrossEncoderTrainer\nfrom sentence_transformers.cross_encoder import losses as ce\nmodel = SentenceTransformer("x")\n`;
const training = (columns: string, loss = "CosineSimilarityLoss"): string => `${HEAD}d = Dataset.from_dict({${columns}})\nt = SentenceTransformerTrainer(model=model, train_dataset=d, loss=losses.${loss}(model))\n`;
const crossing = (columns: string): string => `${HEAD}c = CrossEncoder("x", num_labels=1)\nd = Dataset.from_dict({${columns}})\nt = CrossEncoderTrainer(model=c, train_dataset=d, loss=ce.BinaryCrossEntropyLoss(c))\n`;
const AB = '"a": x, "b": y';
const OLD = { "sentence-transformers": "5.1.0" };

ruleTest(rule, {
  valid: [
    { name: "label", code: training(`${AB}, "label": [0.1, 0.9]`), versions: OLD },
    { name: "score", code: training(`${AB}, "score": z`), versions: OLD },
    { name: "labels since 5.2", code: training(`${AB}, "labels": [0.1, 0.9]`), versions: { "sentence-transformers": "5.2.0" } },
    { name: "labels of a cross-encoder", code: crossing(`${AB}, "labels": [0, 1]`), versions: OLD },
    { name: "a label too", code: training(`${AB}, "labels": z, "label": z`), versions: OLD },
    { name: "renamed", code: training(`${AB}, "labels": z`).replace("train_dataset=d", 'train_dataset=d.rename_column("labels", "label")'), versions: OLD },
    { name: "a target text for a ranking loss", code: training('"source": x, "target": y', "MultipleNegativesRankingLoss") },
    { name: "a target that is the second text", code: training('"source": x, "target": y, "label": z') },
    { name: "a pair without a label", code: training('"source": x, "target": y') },
    { name: "columns that aren't all known", code: training(`${AB}, "labels": [1.0], **more`), versions: OLD },
    { name: "mapped", code: training(`${AB}, "labels": [1.0]`).replace("train_dataset=d", "train_dataset=d.map(f, remove_columns=names)"), versions: OLD },
    { name: "a collator of the script's own", code: training(`${AB}, "labels": [1.0]`).replace("loss=", "data_collator=collate, loss="), versions: OLD },
    { name: "arguments from outside", code: training(`${AB}, "labels": [1.0]`).replace("loss=", "**more, loss="), versions: OLD },
    { name: "a trainer of the script's own", code: training(`${AB}, "labels": [1.0]`).replace("model =", "class SentenceTransformerTrainer: ...\nmodel ="), versions: OLD },
  ],
  invalid: [
    {
      name: "labels before 5.2",
      code: training(`${AB}, ⟦"labels"⟧: [0.1, 0.9]`),
      versions: OLD,
      findings: [{ severity: "error", message: "its numbers raise at the first step" }],
      fixed: training(`${AB}, "label": [0.1, 0.9]`),
    },
    { name: "scores that aren't known", code: training(`${AB}, ⟦"scores"⟧: z`), versions: OLD, findings: [{ severity: "warning", message: "for another text" }], fixed: training(`${AB}, "label": z`) },
    { name: "the version unknown", code: training(`${AB}, ⟦'labels'⟧: [float(v) for v in z]`), findings: [{ severity: "warning", message: "before 5.2" }], fixed: training(`${AB}, 'label': [float(v) for v in z]`) },
    { name: "selected columns", code: `${training(`${AB}, "label": [1.0]`).replace('"label"', '"labels"').replace("train_dataset=d", '⟦train_dataset=d.select_columns(["a", "b", "labels"])⟧')}`, versions: OLD, findings: [{ severity: "warning", message: "5.2" }] },
    { name: "similarity", code: training(`${AB}, ⟦"similarity"⟧: [0.1, 0.9]`), findings: [{ severity: "error", message: "No trainer takes" }], fixed: training(`${AB}, "label": [0.1, 0.9]`) },
    { name: "target of a cross-encoder", code: crossing(`${AB}, ⟦"target"⟧: [0, 1]`), findings: [{ severity: "error", message: "No trainer takes" }], fixed: crossing(`${AB}, "label": [0, 1]`) },
  ],
});
