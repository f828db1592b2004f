import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import { hasNoLength } from "../../script/datasets.js";
import type { Script } from "../../script/script.js";
import { stringOf, type RecordValue, type Value } from "../../script/values.js";
import { sentenceTrainersOf } from "./trainerCalls.js";

const DATASET_CALL = /^datasets\.Dataset\.from_\w+$/;
const DICT = /^datasets\.(?:DatasetDict|IterableDatasetDict)$/;

type Context = RuleContext<"plain" | "missing" | "iterable">;

export default defineRule({
  id: "sentence-transformers/loss-dict-mismatch",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["sentence-transformers"],
  mentions: ["Trainer"],
  messages: {
    plain: "loss is a dict, one loss for each dataset, but {parameter} is a single dataset: raises ValueError when the trainer is built. Pass the one loss, or a dict of datasets.",
    missing: "{parameter} has {names}, for which the dict of losses has no loss: raises ValueError when the trainer is built.",
    iterable: "The trainers take no dict of streamed datasets: raises ValueError when training starts. Interleave them with datasets.interleave_datasets.",
  },
  docs: {
    summary: "A dict of losses that doesn't fit the datasets, or a dict of streamed datasets.",
    why: `With a dict of datasets the trainers of sentence-transformers take either one loss for all of them, or a dict with a loss for each, by the same names. A dict of losses with a single dataset, or without a loss for one
of the datasets, raises \`ValueError\` when the trainer is built; losses for datasets that aren't there do no harm. A dict of datasets that have no length (streamed ones) raises \`ValueError\` when training starts.`,
    examples: [
      {
        bad: `from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
train = {"nli": Dataset.from_dict({"a": a, "b": b}), "qa": Dataset.from_dict({"a": q, "b": p})}
trainer = SentenceTransformerTrainer(model=model, train_dataset=train, loss={"nli": losses.MultipleNegativesRankingLoss(model)})
`,
        good: `from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
train = {"nli": Dataset.from_dict({"a": a, "b": b}), "qa": Dataset.from_dict({"a": q, "b": p})}
trainer = SentenceTransformerTrainer(model=model, train_dataset=train, loss=losses.MultipleNegativesRankingLoss(model))
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/trainer.py", "https://sbert.net/docs/sentence_transformer/training_overview.html#multi-dataset-training"],
    silent: "For dicts that may have other keys, and for datasets that may be dicts.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call } of sentenceTrainersOf(script)) {
      const loss = call.argument("loss", 4);
      for (const [parameter, position] of [["train_dataset", 2], ["eval_dataset", 3]] as const) {
        const dataset = call.argument(parameter, position);
        if (!dataset) continue;
        const given = script.objects.asSeenFrom(dataset.value, call.node, call.frame);
        if (parameter === "train_dataset") tellIterable(ctx, dataset, given);
        const losses = loss && script.objects.asSeenFrom(loss.value, call.node, call.frame);
        if (loss && losses?.kind === "record") tellMismatch(ctx, parameter, dataset, given, losses, loss);
      }
    }
  },
});

function tellMismatch({ script, report }: Context, parameter: string, dataset: Argument, given: Value, losses: RecordValue, loss: Argument): void {
  const related = [{ message: "the losses", range: script.tree.span(loss.entry) }];
  const at = script.tree.span(dataset.entry);
  if (isSingle(script, given)) return report({ message: "plain", data: { parameter }, at, raises: "ValueError", related });
  const datasets = splitsOf(given);
  if (!datasets || losses.open) return;
  const missing = [...datasets.entries.keys()].filter((name) => !losses.entries.has(name));
  if (missing.length > 0) report({ message: "missing", data: { parameter, names: missing.map((name) => `"${name}"`).join(" and ") }, at, raises: "ValueError", related });
}

function tellIterable({ script, report }: Context, dataset: Argument, given: Value): void {
  const datasets = splitsOf(given);
  const streamed = datasets && [...datasets.entries.values()].find(({ value }) => hasNoLength(script, value));
  if (streamed) report({ message: "iterable", at: script.tree.span(dataset.entry), raises: "ValueError", related: [{ message: "has no length", range: script.tree.span(streamed.entry) }] });
}

/** The names of the datasets in a dict, whether it is wrapped or not. */
function splitsOf(value: Value): RecordValue | undefined {
  if (value.kind === "record") return value;
  const call = value.kind === "call" ? value.call : value.kind === "instance" && DICT.test(value.object.className ?? "") ? value.object.call : undefined;
  const inner = call && (value.kind === "instance" || DICT.test(call.name ?? "")) ? call.positional[0]?.value : undefined;
  return inner?.kind === "record" ? inner : undefined;
}

/** A dataset that is certainly one and no dict: made of columns, loaded by its split, or picked from a dict. */
function isSingle(script: Script, value: Value): boolean {
  if (value.kind !== "call") return false;
  const { call } = value;
  if (DATASET_CALL.test(call.name ?? "")) return true;
  if (call.name === "datasets.load_dataset") return stringOf(call.value("split")) !== undefined;
  return /^(?:shuffle|select|select_columns|remove_columns|rename_column|map|filter)$/.test(call.method) && call.receiver !== undefined && isSingle(script, call.receiver);
}
