import rule from "../../../server/src/rules/sentence-transformers/invalid-sampler-batch.js";
import { ruleTest } from "../../support/ruleTest.js";

const loading = (more: string): string => `from sentence_transformers.datasets import SentenceLabelDataset\nfrom torch.utils.data import DataLoader\nDataLoader(SentenceLabelDataset(examples), batch_size=32${more})\n`;
const grouped = (size: string, sampler = '"group_by_label"'): string => `from sentence_transformers import SentenceTransformerTrainingArguments\nSentenceTransformerTrainingArguments("o", batch_sampler=${sampler}, ${size})\n`;

ruleTest(rule, {
  valid: [
    { name: "not shuffled", code: loading("") },
    { name: "expressly not", code: loading(", shuffle=False") },
    { name: "another dataset", code: `import sentence_transformers\nfrom torch.utils.data import DataLoader\nDataLoader(examples, shuffle=True)\n` },
    { name: "even", code: grouped("per_device_train_batch_size=16") },
    { name: "from outside", code: grouped("per_device_train_batch_size=n") },
    { name: "another sampler", code: grouped("per_device_train_batch_size=15", '"no_duplicates"') },
    { name: "two, before 5.3", versions: { "sentence-transformers": "5.1.0" }, code: grouped("per_device_train_batch_size=2") },
  ],
  invalid: [
    { name: "shuffled", code: loading(", ⟦shuffle=True⟧"), findings: [{ severity: "error", message: "can't be shuffled" }], fixed: loading("") },
    { name: "odd", code: grouped("⟦per_device_train_batch_size=15⟧"), findings: [{ severity: "error", message: "15 is odd" }] },
    { name: "two", versions: { "sentence-transformers": "5.4.0" }, code: grouped("⟦per_device_train_batch_size=2⟧"), findings: [{ severity: "error", message: "at least 4" }] },
    { name: "two, the version unknown", code: grouped("⟦per_device_train_batch_size=2⟧"), findings: [{ severity: "warning", message: "From sentence-transformers 5.3" }] },
  ],
});
