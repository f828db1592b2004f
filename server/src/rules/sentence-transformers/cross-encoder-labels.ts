import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { numberOf, type Value } from "../../script/values.js";
import type { Span } from "../../syntax/text.js";
import { fitsOf } from "./fitCalls.js";
import { common, kindOfLabel, labelsIn, numbersAmong } from "./labelKinds.js";
import { columnEntry, trainedColumnsOf } from "./trainedColumns.js";
import { examplesIn, LOADER } from "./trainingData.js";

const MODEL = /^sentence_transformers\.(?:\w+\.)*CrossEncoder$/;
const LOSS = /^sentence_transformers\.cross_encoder\.(?:\w+\.)*(\w+Loss)$/;

/** Losses that want one score for each pair, and say so. */
const ONE_OUTPUT: ReadonlySet<string> = new Set(
  "BinaryCrossEntropyLoss MultipleNegativesRankingLoss CachedMultipleNegativesRankingLoss MSELoss MarginMSELoss LambdaLoss ListNetLoss ListMLELoss PListMLELoss RankNetLoss ADRMSELoss".split(" "),
);

/** From then on `fit` runs on the trainer. */
const SINCE_TRAINER = { "sentence-transformers": ">=4.0" };

type Context = RuleContext<"outputs" | "oneClass" | "tooLarge" | "cut" | "floats" | "floatsUnsure" | "outside" | "text">;

export default defineRule({
  id: "sentence-transformers/cross-encoder-labels",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["sentence-transformers"],
  mentions: ["CrossEncoder"],
  messages: {
    outputs: "{loss} wants a model with one output, and num_labels is {count}: raises ValueError when the loss is built. Use CrossEntropyLoss for classes, else num_labels=1.",
    oneClass: "CrossEntropyLoss chooses among num_labels classes, and that is 1: label 1 raises IndexError at the first step, and with 0 alone nothing is learned. Use BinaryCrossEntropyLoss.",
    tooLarge: "The label {label} is none of the model's {count} classes (num_labels), 0 to {last}: raises IndexError at the first step; on a GPU a device-side assert.",
    cut: "With num_labels={count} labels are class numbers: {label} is cut to {whole}, silently. For similarities use num_labels=1.",
    floats: "With num_labels={count} labels are class numbers: a float raises RuntimeError at the first step. For similarities use num_labels=1, for classes ints.",
    floatsUnsure: "With num_labels={count} labels are class numbers: from sentence-transformers 4.0 on a float raises RuntimeError at the first step, before it is cut. Use ints, or num_labels=1.",
    outside: "With num_labels=1 labels are probabilities from 0 to 1: {label} pushes the score to infinity instead of to a value, silently. Scale the labels.",
    text: "Labels have to be numbers: text raises {exception} at the first step.",
  },
  docs: {
    summary: "A cross-encoder whose number of outputs fits neither its loss nor its labels.",
    why: `A \`CrossEncoder\` with \`num_labels=1\` gives a score, one with more gives classes. Each loss wants one of the two: all but \`CrossEntropyLoss\` raise \`ValueError\` for a model with more outputs.
\`fit()\` chooses its loss by \`num_labels\`: with 1 it is binary cross-entropy, whose labels are probabilities from 0 to 1, so that grades from 0 to 5 are trained towards infinity; with more it is cross-entropy over class
numbers, which cut a similarity of 0.9 to class 0 before 4.0, and raises \`RuntimeError\` for a float since. A class number that is too large raises \`IndexError\`.`,
    examples: [
      {
        bad: `from sentence_transformers.cross_encoder import CrossEncoder, losses

model = CrossEncoder("distilroberta-base", num_labels=3)
loss = losses.BinaryCrossEntropyLoss(model)
`,
        good: `from sentence_transformers.cross_encoder import CrossEncoder, losses

model = CrossEncoder("distilroberta-base", num_labels=3)
loss = losses.CrossEntropyLoss(model)
`,
      },
    ],
    references: ["https://sbert.net/docs/cross_encoder/loss_overview.html", "https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/cross_encoder/losses/BinaryCrossEntropyLoss.py"],
    silent: "Where num_labels isn't written (the checkpoint may bring its own), for labels that aren't written out, and for a loss_fct of the script's own.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsMatching(LOSS, /Loss$/)) tellLoss(ctx, call);
    for (const fit of fitsOf(script)) tellFit(ctx, fit);
    for (const { trainer, dataset, names } of trainedColumnsOf(script)) {
      if (trainer.kind !== "CrossEncoder") continue;
      const loss = trainer.call.value("loss", 4);
      const count = outputsOf(trainer.call.value("model", 0));
      const name = loss.kind === "instance" ? LOSS.exec(loss.object.className ?? "")?.[1] : undefined;
      const label = names.find((each) => /^(?:label|score)s?$/.test(each));
      const entry = label === undefined ? undefined : columnEntry(script, dataset.value, label);
      if (!entry || (name !== "BinaryCrossEntropyLoss" && name !== "CrossEntropyLoss") || count === undefined) continue;
      // A mismatch of loss and model is told at the loss.
      if ((name === "CrossEntropyLoss") === count > 1) tellLabels(ctx, labelsIn(script, entry.value), count, script.tree.span(entry.key), trainer.call.nameSpan);
    }
  },
});

function tellLoss({ script, report }: Context, call: Call): void {
  const name = LOSS.exec(call.name ?? "")?.[1] ?? "";
  const model = call.value("model", 0);
  const count = outputsOf(model);
  const made = model.kind === "instance" ? model.object.call?.argument("num_labels", 1) : undefined;
  if (count === undefined || !made) return;
  const related = [{ message: "the model's outputs", range: script.tree.span(made.entry) }];
  if (ONE_OUTPUT.has(name) && count !== 1) report({ message: "outputs", data: { loss: name, count }, at: call.nameSpan, raises: "ValueError", related });
  if (name === "CrossEntropyLoss" && count === 1) report({ message: "oneClass", severity: "warning", at: call.nameSpan, related });
}

/** What `fit` makes of the labels, unless it is told its loss. */
function tellFit(ctx: Context, fit: Call): void {
  const { script } = ctx;
  if (fit.method !== "fit" || !fit.receiver || fit.value("loss_fct", 3).kind !== "absent") return;
  const count = outputsOf(fit.receiver);
  const loader = fit.value("train_dataloader", 0);
  if (count === undefined || loader.kind !== "instance" || !LOADER.test(loader.object.className ?? "") || !loader.object.call) return;
  const examples = examplesIn(script, loader.object.call.value("dataset", 0));
  const argument = examples[0]?.argument("label", 2);
  if (argument) tellLabels(ctx, examples.map((example) => example.value("label", 2)), count, script.tree.span(argument.entry), fit.nameSpan);
}

function tellLabels({ report, versionsAt }: Context, labels: readonly Value[], count: number, at: Span, used: Span): void {
  const related = [{ message: "the training", range: used }];
  const kind = common(labels.map(kindOfLabel));
  const numbers = numbersAmong(labels);
  const isNew = versionsAt(at.start).holds(SINCE_TRAINER);
  if (kind === "str") return report({ message: "text", data: { exception: isNew === "always" ? "TypeError" : isNew === "never" ? "ValueError" : "an exception" }, at, raises: ["TypeError", "ValueError"], related });
  if (count === 1) {
    const outside = numbers.find((label) => label < 0 || label > 1);
    if (outside !== undefined) report({ message: "outside", severity: "warning", data: { label: outside }, at, related });
    return;
  }
  const large = numbers.find((label) => Math.trunc(label) >= count);
  if (large !== undefined) return report({ message: "tooLarge", data: { label: large, count, last: count - 1 }, at, raises: "IndexError", related });
  const broken = numbers.find((label) => !Number.isInteger(label));
  if (isNew === "never") {
    if (broken !== undefined) report({ message: "cut", severity: "warning", data: { label: broken, count, whole: Math.trunc(broken) }, at, related });
  } else if (kind === "float") report({ message: "floats", unsure: "floatsUnsure", data: { count }, at, when: SINCE_TRAINER, raises: "RuntimeError", related });
}

/** The `num_labels` that a cross-encoder is certainly made with. */
function outputsOf(model: Value): number | undefined {
  if (model.kind !== "instance" || model.object.localClass || !MODEL.test(model.object.className ?? "")) return undefined;
  return numberOf(model.object.call?.value("num_labels", 1) ?? model);
}

