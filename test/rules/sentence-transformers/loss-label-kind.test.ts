import rule from "../../../server/src/rules/sentence-transformers/loss-label-kind.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from datasets import Dataset\nfrom sentence_transformers import InputExample, SentenceTransformer, SentenceTransformerTrainer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\n`;
const fitting = (loss: string, example: string, batch = ", batch_size=16"): string =>
  `${HEAD}examples = [${example} for row in rows]\nmodel.fit([(DataLoader(examples${batch}), losses.${loss})], warmup_steps=1, output_path="o")\n`;
const labelled = (loss: string, label: string, texts = "[row.a, row.b]"): string => fitting(loss, `InputExample(texts=${texts}, ⟦label=${label}⟧)`);
const fine = (loss: string, label: string, texts = "[row.a, row.b]"): string => labelled(loss, label, texts).replace(/[⟦⟧]/g, "");
const training = (loss: string, columns: string): string => `${HEAD}d = Dataset.from_dict({${columns}})\nt = SentenceTransformerTrainer(model=model, ⟦train_dataset=d⟧, loss=losses.${loss})\n`;
const trained = (loss: string, columns: string): string => training(loss, columns).replace(/⟦train_dataset=d⟧/, "train_dataset=d");
const clean = (loss: string, columns: string): string => training(loss, columns).replace(/[⟦⟧]/g, "");
const AB = '"a": x, "b": y';

ruleTest(rule, {
  valid: [
    { name: "a float", code: fine("CosineSimilarityLoss(model)", "float(row.score)") },
    { name: "divided", code: fine("CosineSimilarityLoss(model)", "row.score / 5.0") },
    { name: "not known", code: fine("SoftmaxLoss(model, 384, num_labels=3)", "row.label") },
    { name: "an int since 3.0", code: fine("CosineSimilarityLoss(model)", "int(row.same)"), versions: { "sentence-transformers": "3.4.1" } },
    { name: "a class", code: fine("SoftmaxLoss(model, 384, num_labels=3)", "int(row.label)") },
    { name: "of two kinds", code: fine("SoftmaxLoss(model, 384, num_labels=3)", "0 if row.same else 1.0") },
    { name: "an embedding", code: fine("MSELoss(model)", "[0.1, 0.2]", "[row.a]") },
    { name: "a number for each of a batch of one", code: fitting("MSELoss(model)", "InputExample(texts=[row.a], label=0.5)", "") },
    { name: "a loss without labels", code: fine("MultipleNegativesRankingLoss(model)", '"same"') },
    { name: "a loss of the script's own", code: `${HEAD}class SoftmaxLoss: ...\nmodel.fit([(DataLoader([InputExample(texts=["a", "b"], label=1.0)]), SoftmaxLoss())], warmup_steps=1, output_path="o")\n` },
    { name: "labelled later", code: `${HEAD}examples = [InputExample(texts=["a", "b"])]\nfor example in examples:\n    example.label = 1.0\nmodel.fit([(DataLoader(examples), losses.CosineSimilarityLoss(model))], warmup_steps=1, output_path="o")\n` },
    { name: "unpacked", code: fitting("ContrastiveLoss(model)", "InputExample(texts=[row.a, row.b], **more)") },
    { name: "the last class", code: fine("SoftmaxLoss(model, 384, num_labels=3)", "2") },
    { name: "classes of an unknown number", code: fine("SoftmaxLoss(model, 384, num_labels=count)", "7") },
    { name: "0 and 1", code: fine("OnlineContrastiveLoss(model)", "1 if row.same else 0") },
    { name: "order only", code: fine("CoSENTLoss(model)", "4.5") },
    { name: "a label column", code: clean("ContrastiveLoss(model)", `${AB}, "label": z`) },
    { name: "a score column", code: clean("CosineSimilarityLoss(model)", `${AB}, "score": [0.1, 0.9]`) },
    { name: "a label under another name", code: clean("CosineSimilarityLoss(model)", `${AB}, "similarity": z`) },
    { name: "columns that aren't all known", code: clean("CosineSimilarityLoss(model)", `${AB}, **more`) },
    { name: "renamed", code: clean("ContrastiveLoss(model)", `${AB}, "label": [True, False]`).replace("train_dataset=d", "train_dataset=d.map(numbered)") },
    { name: "a collator of the script's own", code: clean("ContrastiveLoss(model)", AB).replace("loss=", "data_collator=collate, loss=") },
    { name: "fit without labels before 3.0", code: fitting("ContrastiveLoss(model)", "InputExample(texts=[row.a, row.b])"), versions: { "sentence-transformers": "2.7.0" } },
    { name: "a label that is written later", code: `from sentence_transformers import InputExample, SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\nexamples = [InputExample(texts=["a", "b"])]\nfor example, score in zip(examples, scores):\n    example.label = score\nmodel.fit([(DataLoader(examples, batch_size=8), losses.CosineSimilarityLoss(model))])\n` },
    { name: "some examples labelled, others not", code: `from sentence_transformers import InputExample, SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\nexamples = [InputExample(texts=["a", "b"], label=0.5), InputExample(texts=["a", "b"])]\nmodel.fit([(DataLoader(examples, batch_size=8), losses.CosineSimilarityLoss(model))])\n`, versions: { "sentence-transformers": "2.7.0" } },
    { name: "as many classes as the labels need", code: `from sentence_transformers import InputExample, SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\nexamples = [InputExample(texts=["a", "b"], label=2)]\nmodel.fit([(DataLoader(examples, batch_size=8), losses.SoftmaxLoss(model, 768, 3))])\n` },
    { name: "classes from outside", code: `from sentence_transformers import InputExample, SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\nexamples = [InputExample(texts=["a", "b"], label=2)]\nmodel.fit([(DataLoader(examples, batch_size=8), losses.SoftmaxLoss(model, 768, num_labels=cli.classes))])\n` },
    { name: "the label that is left out of the loss", code: `from sentence_transformers import InputExample, SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\nexamples = [InputExample(texts=["a", "b"], label=-100)]\nmodel.fit([(DataLoader(examples, batch_size=8), losses.SoftmaxLoss(model, 768, 3))])\n` },
    { name: "a label of unknown kind", code: `from sentence_transformers import InputExample, SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\nexamples = [InputExample(texts=[r["a"], r["b"]], label=r["score"]) for r in rows]\nmodel.fit([(DataLoader(examples, batch_size=8), losses.CosineSimilarityLoss(model))])\n`, versions: { "sentence-transformers": "2.7.0" } },
  ],
  invalid: [
    {
      name: "an int before 3.0",
      code: labelled("CosineSimilarityLoss(model)", "int(row.same)"),
      versions: { "sentence-transformers": "2.7.0" },
      findings: [{ severity: "error", message: "not an int: raises RuntimeError" }],
      fixed: fine("CosineSimilarityLoss(model)", "float(row.same)"),
    },
    { name: "an int, the version unknown", code: labelled("CosineSimilarityLoss(model)", "1"), findings: [{ severity: "warning", message: "Before sentence-transformers 3.0" }], fixed: fine("CosineSimilarityLoss(model)", "1.0") },
    { name: "a comparison", code: labelled("ContrastiveLoss(model)", "row.a == row.b"), findings: [{ severity: "error", message: "not a bool" }] },
    { name: "a float class", code: labelled("SoftmaxLoss(model, 384, num_labels=3)", "float(row.label)"), findings: [{ severity: "error", message: "not a float" }] },
    { name: "text", code: labelled("CoSENTLoss(model)", '"same" if row.same else "other"'), findings: [{ severity: "error", message: "not text" }] },
    { name: "an int margin", code: labelled("MarginMSELoss(model)", "1", "[row.a, row.b, row.c]"), findings: [{ severity: "error", message: "difference of two similarities" }] },
    { name: "a number for an embedding, in a wrapped loss", code: labelled("MatryoshkaLoss(model, losses.MSELoss(model), [64])", "0.5", "[row.a]"), findings: [{ severity: "error", message: "the teacher's embedding" }] },
    { name: "a class too many", code: labelled("SoftmaxLoss(model, 384, num_labels=3)", "3 if row.same else 0"), findings: [{ severity: "error", message: "0 to 2" }] },
    { name: "stars", code: labelled("CosineSimilarityLoss(model)", "5.0"), findings: [{ severity: "warning", message: "no cosine can reach it" }] },
    { name: "a similarity for online contrastive", code: labelled("OnlineContrastiveLoss(model)", "0.8"), findings: [{ severity: "warning", message: "left out" }] },
    { name: "fit without labels", code: fitting("ContrastiveLoss(model)", "⟦InputExample⟧(texts=[row.a, row.b])"), versions: { "sentence-transformers": "5.1.0" }, findings: [{ severity: "error", message: "there is none: raises" }] },
    { name: "fit without labels, the version unknown", code: fitting("AnglELoss(model)", "⟦InputExample⟧(texts=[row.a, row.b])"), findings: [{ severity: "warning", message: "from sentence-transformers 3.0 on" }] },
    { name: "no label column", code: training("CosineSimilarityLoss(model)", AB), findings: [{ severity: "error", message: "there is none" }] },
    { name: "bools in a column", code: trained("ContrastiveLoss(model)", `${AB}, ⟦"label"⟧: [True, False]`), findings: [{ severity: "error", message: "not a bool" }] },
    { name: "floats in a comprehension", code: trained("SoftmaxLoss(model, 384, num_labels=3)", `${AB}, ⟦"label"⟧: [float(z) for z in zs]`), findings: [{ severity: "error", message: "not a float" }] },
  ],
});
