import rule from "../../../server/src/rules/sentence-transformers/invalid-sampler-batch.js";
import { ruleTest } from "../../support/ruleTest.js";

const loading = (more: string): string => `from sentence_transformers.datasets import SentenceLabelDataset\nfrom torch.utils.data import DataLoader\nDataLoader(SentenceLabelDataset(examples), batch_size=32${more})\n`;
const grouped = (size: string, sampler = '"group_by_label"'): string => `from sentence_transformers import SentenceTransformerTrainingArguments\nSentenceTransformerTrainingArguments("o", batch_sampler=${sampler}, ${size})\n`;

const fitting = (method = "fit", data = "SentenceLabelDataset(examples)"): string =>
  `from sentence_transformers import SentenceTransformer, losses\nfrom sentence_transformers.datasets import SentenceLabelDataset\nfrom torch.utils.data import DataLoader\nm = SentenceTransformer("x")\nloader = DataLoader(${data}, batch_size=32)\nm.${method}([(loader, losses.BatchAllTripletLoss(m))], warmup_steps=1, output_path="o")\n`;
const versions = { "sentence-transformers": "5.1.0", datasets: "3.6.0" };

ruleTest(rule, {
  valid: [
    { name: "fit with datasets 4", code: fitting(), versions: { ...versions, datasets: "4.4.1" } },
    { name: "fit with datasets unknown", code: fitting(), versions: { "sentence-transformers": "5.1.0" } },
    { name: "fit of old times", code: fitting(), versions: { ...versions, "sentence-transformers": "2.7.0" } },
    { name: "old_fit", code: fitting("old_fit"), versions },
    { name: "fit on plain examples", code: fitting("fit", "examples"), versions },
    { name: "not shuffled", code: loading("") },
    { name: "expressly not", code: loading(", shuffle=False") },
    { name: "another dataset", code: `import sentence_transformers\nfrom torch.utils.data import DataLoader\nDataLoader(examples, shuffle=True)\n` },
    { name: "even", code: grouped("per_device_train_batch_size=16") },
    { name: "from outside", code: grouped("per_device_train_batch_size=n") },
    { name: "another sampler", code: grouped("per_device_train_batch_size=15", '"no_duplicates"') },
    { name: "two, before 5.3", versions: { "sentence-transformers": "5.1.0" }, code: grouped("per_device_train_batch_size=2") },
  ],
  invalid: [
    { name: "fit, which can't read the labels", code: fitting("fit", "⟦SentenceLabelDataset⟧(examples)"), versions, findings: [{ severity: "error", message: "raises TypeError before the first step" }] },
    { name: "shuffled", code: loading(", ⟦shuffle=True⟧"), findings: [{ severity: "error", message: "can't be shuffled" }], fixed: loading("") },
    { name: "odd", code: grouped("⟦per_device_train_batch_size=15⟧"), findings: [{ severity: "error", message: "15 is odd" }] },
    { name: "two", versions: { "sentence-transformers": "5.4.0" }, code: grouped("⟦per_device_train_batch_size=2⟧"), findings: [{ severity: "error", message: "at least 4" }] },
    { name: "two, the version unknown", code: grouped("⟦per_device_train_batch_size=2⟧"), findings: [{ severity: "warning", message: "From sentence-transformers 5.3" }] },
  ],
});
