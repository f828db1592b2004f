import rule from "../../../server/src/rules/sentence-transformers/cross-encoder-labels.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from datasets import Dataset\nfrom sentence_transformers import CrossEncoder, InputExample\nfrom sentence_transformers.cross_encoder import CrossEncoderTrainer, losses\nfrom torch.utils.data import DataLoader\n`;
const built = (loss: string, model: string): string => `${HEAD}model = CrossEncoder("x"${model})\nloss = losses.${loss}\n`;
const fitting = (model: string, label: string, more = ""): string =>
  `${HEAD}model = CrossEncoder("x"${model})\nexamples = [InputExample(texts=[r.a, r.b], ⟦label=${label}⟧) for r in rows]\nmodel.fit(train_dataloader=DataLoader(examples, batch_size=16)${more})\n`;
const fine = (model: string, label: string, more = ""): string => fitting(model, label, more).replace(/[⟦⟧]/g, "");
const training = (model: string, loss: string, label: string): string =>
  `${HEAD}model = CrossEncoder("x"${model})\nd = Dataset.from_dict({"a": x, "b": y, ⟦"label"⟧: ${label}})\nt = CrossEncoderTrainer(model=model, train_dataset=d, loss=losses.${loss}(model))\n`;

ruleTest(rule, {
  valid: [
    { name: "a score", code: built("BinaryCrossEntropyLoss(model)", ", num_labels=1") },
    { name: "classes", code: built("CrossEntropyLoss(model)", ", num_labels=3") },
    { name: "the default", code: built("BinaryCrossEntropyLoss(model)", "") },
    { name: "from outside", code: built("BinaryCrossEntropyLoss(model)", ", num_labels=count") },
    { name: "unpacked", code: built("BinaryCrossEntropyLoss(model)", ", **options") },
    { name: "of bi-encoders", code: `${HEAD}from sentence_transformers.losses import MSELoss\nmodel = CrossEncoder("x", num_labels=3)\nloss = MSELoss(model)\n` },
    { name: "a model of the script's own", code: `${HEAD}class CrossEncoder: ...\nmodel = CrossEncoder("x", num_labels=3)\nloss = losses.MSELoss(model)\n` },
    { name: "probabilities", code: fine(", num_labels=1", "1.0 if r.same else 0.0") },
    { name: "scaled", code: fine(", num_labels=1", "r.stars / 5") },
    { name: "whole floats before 4.0", code: fine(", num_labels=3", "2.0"), versions: { "sentence-transformers": "2.7.0" } },
    { name: "class numbers", code: fine(", num_labels=3", "2") },
    { name: "grades without a number of outputs", code: fine("", "5") },
    { name: "a loss of the script's own", code: fine(", num_labels=1", "5.0", ", loss_fct=torch.nn.MSELoss()") },
    { name: "arguments from outside", code: fine(", num_labels=1", "5.0", ", **options") },
    { name: "columns of probabilities", code: training(", num_labels=1", "BinaryCrossEntropyLoss", "[0, 1]").replace(/[⟦⟧]/g, "") },
    { name: "grades for a regression", code: training(", num_labels=1", "MSELoss", "[0, 5]").replace(/[⟦⟧]/g, "") },
    { name: "as many classes as there are labels, from outside", code: `from sentence_transformers import CrossEncoder, InputExample\nfrom torch.utils.data import DataLoader\nmodel = CrossEncoder("x", num_labels=cli.classes)\nexamples = [InputExample(texts=["a", "b"], label=2)]\nmodel.fit(train_dataloader=DataLoader(examples, batch_size=8))\n` },
    { name: "a model of one's own class", code: `from sentence_transformers import CrossEncoder, InputExample\nfrom torch.utils.data import DataLoader\nclass Mine(CrossEncoder):\n    pass\nmodel = Mine("x", num_labels=2)\nexamples = [InputExample(texts=["a", "b"], label=2)]\nmodel.fit(train_dataloader=DataLoader(examples, batch_size=8))\n` },
    { name: "a loss of its own", code: `import torch\nfrom sentence_transformers import CrossEncoder, InputExample\nfrom torch.utils.data import DataLoader\nmodel = CrossEncoder("x", num_labels=1)\nexamples = [InputExample(texts=["a", "b"], label=4.5)]\nmodel.fit(train_dataloader=DataLoader(examples, batch_size=8), loss_fct=torch.nn.MSELoss())\n` },
    { name: "a loader of one's own class", code: `from sentence_transformers import CrossEncoder, InputExample\nclass DataLoader:\n    def __init__(self, dataset, batch_size=1): ...\nmodel = CrossEncoder("x", num_labels=2)\nexamples = [InputExample(texts=["a", "b"], label=2)]\nmodel.fit(train_dataloader=DataLoader(examples, batch_size=8))\n` },
    { name: "the last class", code: `from sentence_transformers import CrossEncoder, InputExample\nfrom torch.utils.data import DataLoader\nmodel = CrossEncoder("x", num_labels=3)\nexamples = [InputExample(texts=["a", "b"], label=2)]\nmodel.fit(train_dataloader=DataLoader(examples, batch_size=8))\n` },
    { name: "a name for the model in the loss", code: `from sentence_transformers.cross_encoder.losses import BinaryCrossEntropyLoss\nloss = BinaryCrossEntropyLoss(load())\n` },
  ],
  invalid: [
    { name: "three outputs for a score", code: built("⟦BinaryCrossEntropyLoss⟧(model)", ", num_labels=3"), findings: [{ severity: "error", message: "num_labels is 3: raises ValueError" }] },
    { name: "by position, for a ranking", code: built("⟦LambdaLoss⟧(model=model)", ", 2"), findings: [{ severity: "error", message: "LambdaLoss wants a model with one output" }] },
    { name: "one class", code: built("⟦CrossEntropyLoss⟧(model)", ", num_labels=1"), findings: [{ severity: "warning", message: "chooses among" }] },
    { name: "grades", code: fitting(", num_labels=1", "5"), findings: [{ severity: "warning", message: "probabilities from 0 to 1" }] },
    { name: "a class too many", code: fitting(", num_labels=2", "2"), findings: [{ severity: "error", message: "0 to 1" }] },
    { name: "a similarity as a class", code: fitting(", num_labels=2", "0.9"), versions: { "sentence-transformers": "3.4.1" }, findings: [{ severity: "warning", message: "0.9 is cut to 0" }] },
    { name: "a similarity as a class since 4.0", code: fitting(", num_labels=2", "0.9"), versions: { "sentence-transformers": "5.1.0" }, findings: [{ severity: "error", message: "a float raises RuntimeError" }] },
    { name: "a float as a class, the version unknown", code: fitting(", num_labels=2", "float(r.label)"), findings: [{ severity: "warning", message: "from sentence-transformers 4.0 on" }] },
    { name: "text", code: fitting(", num_labels=2", '"yes"'), findings: [{ severity: "error", message: "text raises an exception" }] },
    { name: "grades in a column", code: training(", num_labels=1", "BinaryCrossEntropyLoss", "[0, 5]"), findings: [{ severity: "warning", message: "Scale the labels" }] },
    { name: "classes in a column", code: training(", num_labels=2", "CrossEntropyLoss", "[0, 1, 2]"), findings: [{ severity: "error", message: "0 to 1" }] },
  ],
});
