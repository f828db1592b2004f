import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { numberOf, stringOf, truthOf, type Value } from "../../script/values.js";
import { objectivesOf } from "./trainingData.js";

/** Here fit() groups by label with a sampler of its own, which asks for the column of labels in a way that only datasets 4 answers. */
const UNREAD = { "sentence-transformers": ">=3.4", datasets: "<4" };

const GROUPED = /^sentence_transformers\.(?:\w+\.)*SentenceLabelDataset$/;

export default defineRule({
  id: "sentence-transformers/invalid-sampler-batch",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["SentenceLabelDataset", "group_by_label", "GROUP_BY_LABEL"],
  messages: {
    shuffle: "A SentenceLabelDataset shuffles itself and can't be shuffled: DataLoader raises ValueError. Drop shuffle.",
    unread: "fit() can't read the labels of a SentenceLabelDataset: raises TypeError before the first step (from sentence-transformers 3.4 on, with datasets before 4). Upgrade datasets.",
    odd: "Batches grouped by label need an even size, and {size} is odd: raises ValueError when training starts.",
    small: "From sentence-transformers 5.3 on batches grouped by label need at least 4 examples: {size} raises ValueError when training starts.",
  },
  docs: {
    summary: "Batches grouped by label that their sampler refuses.",
    why: `\`SentenceLabelDataset\` is an iterable dataset that draws its own order: \`DataLoader(..., shuffle=True)\` raises \`ValueError\`. From 3.4 on \`fit()\` makes a dataset of it for its trainer, whose sampler can't read the labels before datasets 4: \`TypeError: Tried to query a column but the custom formatting
function returns too many columns\`. In the Trainer \`batch_sampler="group_by_label"\` wants an even batch
size, and from 5.3 on at least 4: two labels with two examples each.`,
    examples: [
      {
        bad: `from sentence_transformers.datasets import SentenceLabelDataset
from torch.utils.data import DataLoader

loader = DataLoader(SentenceLabelDataset(examples), batch_size=32, shuffle=True)
`,
        good: `from sentence_transformers.datasets import SentenceLabelDataset
from torch.utils.data import DataLoader

loader = DataLoader(SentenceLabelDataset(examples), batch_size=32)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/sampler.py"],
    silent: "For sizes from outside the script.",
  },
  check({ script, report, versionsAt }) {
    for (const { fit, loader } of objectivesOf(script)) {
      const dataset = loader.value("dataset", 0);
      if (fit.method !== "fit" || dataset.kind !== "instance" || !GROUPED.test(dataset.object.className ?? "") || !dataset.object.call) continue;
      if (versionsAt(fit.span.start).holds(UNREAD) === "always") report({ message: "unread", at: dataset.object.call.nameSpan, raises: "TypeError", related: [{ message: "trained on here", range: fit.nameSpan }] });
    }
    for (const call of script.callsTo("torch.utils.data.DataLoader")) {
      const dataset = call.value("dataset", 0);
      const shuffle = call.keywords.get("shuffle");
      if (dataset.kind !== "instance" || !GROUPED.test(dataset.object.className ?? "") || !shuffle || truthOf(shuffle.value) !== true) continue;
      const fixes = shuffle.via === "keyword" ? [{ title: "Drop `shuffle`", safety: "safe" as const, edits: [removeArgument(script, shuffle)] }] : [];
      report({ message: "shuffle", at: script.tree.span(shuffle.entry), raises: "ValueError", fixes });
    }
    for (const call of script.callsMatching(/^sentence_transformers\.(?:\w+\.)*\w+TrainingArguments$/, /TrainingArguments$/)) {
      const size = call.keywords.get("per_device_train_batch_size");
      const count = size && numberOf(size.value);
      if (!size || count === undefined || !isGrouped(call.value("batch_sampler"))) continue;
      const at = script.tree.span(size.entry);
      if (count % 2 === 1) report({ message: "odd", data: { size: count }, at, raises: "ValueError" });
      else if (count < 4) report({ message: "small", data: { size: count }, at, raises: "ValueError", when: { "sentence-transformers": ">=5.3" } });
    }
  },
});

function isGrouped(value: Value): boolean {
  return stringOf(value) === "group_by_label" || (value.kind === "reference" && /\bBatchSamplers\.GROUP_BY_LABEL$/.test(value.name));
}
