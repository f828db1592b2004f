import { columnsOf } from "../../script/datasets.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Span } from "../../syntax/text.js";
import { INPUTS } from "./lossTable.js";
import { isIdentifier, labelName } from "./trainedColumns.js";
import { lossOf, objectivesOf, textsPerExample, type Loss } from "./trainingData.js";
import { givenTo, sentenceTrainersOf } from "./trainerCalls.js";

type Context = RuleContext<"raises" | "ignored">;

export default defineRule({
  id: "sentence-transformers/loss-input-count",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["Loss"],
  messages: {
    raises: "{loss} takes {wanted} per example and gets {given}: raises {exception} at the first step.",
    ignored: "{loss} takes {wanted} per example and gets {given}: the rest is silently ignored.",
  },
  docs: {
    summary: "Examples with more or fewer texts than their loss takes.",
    why: `Each loss compares a certain number of texts: \`TripletLoss\` three, \`ContrastiveLoss\` and \`SoftmaxLoss\` two, the batch triplet losses one with a class. With another number most of
them raise at the first step; \`CosineSimilarityLoss\`, \`CoSENTLoss\` and the batch triplet losses train on the first ones and leave the others out without a word.`,
    examples: [
      {
        bad: `from sentence_transformers import InputExample, SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
examples = [InputExample(texts=["a", "b"]), InputExample(texts=["c", "d"])]
model.fit([(DataLoader(examples), losses.TripletLoss(model))], warmup_steps=1, output_path="out")
`,
        good: `from sentence_transformers import InputExample, SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
examples = [InputExample(texts=["a", "b", "x"]), InputExample(texts=["c", "d", "y"])]
model.fit([(DataLoader(examples), losses.TripletLoss(model))], warmup_steps=1, output_path="out")
`,
      },
    ],
    references: ["https://sbert.net/docs/sentence_transformer/loss_overview.html"],
    silent: "For texts that aren't written out, for examples of different lengths, and for datasets whose columns aren't all known.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { fit, loss, examples } of objectivesOf(script)) {
      const count = textsPerExample(examples);
      const example = examples[0]?.argument("texts", 1);
      if (count !== undefined && example) tell(ctx, loss, count, "text", script.tree.span(example.entry), fit.nameSpan);
    }
    for (const trainer of sentenceTrainersOf(script)) {
      const loss = trainer.kind === "SentenceTransformer" ? lossOf(givenTo(trainer, "loss")) : undefined;
      const dataset = trainer.call.argument("train_dataset", 2);
      if (!loss || !dataset) continue;
      const columns = columnsOf(script, dataset.value);
      const inputs = [...columns.names].filter((name) => labelName(name) === undefined && !isIdentifier(name));
      // A column too many that isn't meant to be one is told by name: label-column-name, extra-columns.
      if (!columns.open && columns.hub === undefined && inputs.length > 0) tell(ctx, loss, inputs.length, "column", script.tree.span(dataset.entry), loss.call.nameSpan);
    }
  },
});

function tell(ctx: Context, { name, call }: Loss, count: number, unit: string, at: Span, used: Span): void {
  const inputs = INPUTS[name];
  if (!inputs || (count >= inputs.least && count <= inputs.most)) return;
  const exception = count < inputs.least ? inputs.tooFew : inputs.tooMany;
  const wanted = `${inputs.least === inputs.most ? "" : "at least "}${inputs.least} ${unit}${inputs.least === 1 ? "" : "s"}`;
  const related = [{ message: "the loss", range: call.nameSpan.start === at.start ? used : call.nameSpan }];
  if (exception !== undefined) ctx.report({ message: "raises", data: { loss: name, wanted, given: count, exception }, at, raises: exception, related });
  else ctx.report({ message: "ignored", severity: "warning", data: { loss: name, wanted, given: count }, at, related });
}
