import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, type Value } from "../../script/values.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import type { Span } from "../../syntax/text.js";
import { common, kindOfLabel, labelsIn, numbersAmong } from "./labelKinds.js";
import { INPUTS, LABELS, type Labels } from "./lossTable.js";
import { argumentsOf } from "./trainerCalls.js";
import { columnEntry, isIdentifier, labelName, trainedColumnsOf, type TrainedColumns } from "./trainedColumns.js";
import { objectivesOf, type Loss, type Objective } from "./trainingData.js";

type Context = RuleContext<"refused" | "refusedBefore" | "missing" | "missingSince" | "outside" | "tooLarge">;

/** The labels of one training, with the place to tell about them. */
interface Given {
  readonly loss: Loss;
  readonly labels: readonly Value[];
  readonly at: Span;
  /** Where the loss is. */
  readonly used: Span;
  /** What is written, where it is a single label that can be edited. */
  readonly argument?: Argument;
  /** Examples per step, where that is known. */
  readonly batch: number | undefined;
}

export default defineRule({
  id: "sentence-transformers/loss-label-kind",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["sentence-transformers"],
  mentions: ["ContrastiveLoss", "CosineSimilarityLoss", "CoSENTLoss", "AnglELoss", "SoftmaxLoss", "TripletLoss", "MSELoss"],
  messages: {
    refused: "{loss} takes {wanted} as the label, not {given}: raises an exception at the first step.",
    refusedBefore: "Before sentence-transformers {version} {loss} takes {wanted} as the label, not {given}: raises RuntimeError at the first step. Write float(...).",
    missing: "{loss} needs {wanted} as the label, and there is none: raises an exception at the first step.",
    missingSince: "{loss} needs {wanted} as the label, and there is none: from sentence-transformers {version} on it raises at the first step, before it learns nothing from them.",
    outside: "{loss} takes {wanted} as the label. With {label} {effect}, silently.",
    tooLarge: "The label {label} is none of SoftmaxLoss's {count} classes (num_labels), 0 to {last}: raises IndexError at the first step; on a GPU a device-side assert.",
  },
  docs: {
    summary: "Labels of another kind than their loss takes.",
    why: `Losses differ in what a label is: 0 or 1 for \`ContrastiveLoss\`, a class number for \`SoftmaxLoss\` and the batch triplet losses, a similarity for \`CosineSimilarityLoss\`, the teacher's embedding for
\`MSELoss\`, the difference of two similarities for \`MarginMSELoss\`. Another kind mostly raises an exception at the first step, after the model and the data have been loaded: text with all of them, a float
or a bool with \`SoftmaxLoss\`, an int with \`MarginMSELoss\`, and an int with \`CosineSimilarityLoss\` before 3.0.

Numbers outside of the range raise nothing. \`CosineSimilarityLoss\` with the 0 to 5 of STS-B drives all cosines to 1, and \`OnlineContrastiveLoss\` skips every pair that isn't labelled exactly 0 or 1.`,
    examples: [
      {
        bad: `from sentence_transformers import InputExample, SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
examples = [InputExample(texts=[row.a, row.b], label=row.stars == 5) for row in rows]
model.fit([(DataLoader(examples, batch_size=16), losses.ContrastiveLoss(model))], warmup_steps=100, output_path="out")
`,
        good: `from sentence_transformers import InputExample, SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
examples = [InputExample(texts=[row.a, row.b], label=int(row.stars == 5)) for row in rows]
model.fit([(DataLoader(examples, batch_size=16), losses.ContrastiveLoss(model))], warmup_steps=100, output_path="out")
`,
      },
    ],
    references: ["https://sbert.net/docs/sentence_transformer/loss_overview.html", "https://github.com/UKPLab/sentence-transformers/tree/v5.1.0/sentence_transformers/losses"],
    silent: "For labels whose kind isn't certain, for examples with labels of several kinds, and for losses that take no label or any.",
  },
  check(ctx) {
    for (const given of [...fitLabels(ctx.script), ...trainerLabels(ctx.script)]) {
      const labels = LABELS[given.loss.name];
      if (labels) tell(ctx, given, labels);
    }
  },
});

/** What the examples of each `fit` are labelled with. */
function fitLabels(script: Script): Given[] {
  return objectivesOf(script).flatMap(({ fit, loss, loader, examples }: Objective): Given[] => {
    const [example] = examples;
    if (!example) return [];
    const size = loader.value("batch_size", 1);
    const used = loss.call.nameSpan;
    const argument = example.argument("label", 2);
    const batch = size.kind === "absent" ? 1 : numberOf(size);
    if (argument) return [{ loss, labels: examples.map((each) => each.value("label", 2)), at: script.tree.span(argument.entry), used, argument, batch }];
    const isMissing = examples.every((each) => each.value("label", 2).kind === "absent");
    return isMissing && !isLabelledLater(script, fit.node) ? [{ loss, labels: [], at: example.nameSpan, used, batch }] : [];
  });
}

/** `example.label = ...` somewhere: labels that the constructors don't have. */
function isLabelledLater(script: Script, fit: number): boolean {
  return script.scopes.attributes("label").some((attribute) => attribute < fit && script.tree.field(attribute) === Field.left);
}

/** What a trainer's dataset is labelled with, as far as that is written in the script. */
function trainerLabels(script: Script): Given[] {
  return trainedColumnsOf(script).flatMap((trained: TrainedColumns): Given[] => {
    const { loss, dataset, names } = trained;
    if (!loss) return [];
    const used = loss.call.nameSpan;
    const batch = batchOf(script, trained);
    const label = names.find((name) => labelName(name) === "label");
    if (label === undefined) {
      // What looks like a label is label-column-name's, and a wrong number of inputs loss-input-count's.
      const inputs = names.filter((name) => !isIdentifier(name)).length;
      const expected = INPUTS[loss.name];
      const isPlain = names.every((name) => labelName(name) === undefined) && (!expected || (inputs >= expected.least && inputs <= expected.most));
      return isPlain ? [{ loss, labels: [], at: script.tree.span(dataset.entry), used, batch }] : [];
    }
    const entry = columnEntry(script, dataset.value, label);
    const labels = entry ? labelsIn(script, entry.value) : [];
    return entry && labels.length > 0 ? [{ loss, labels, at: script.tree.span(entry.key), used, batch }] : [];
  });
}

function batchOf(script: Script, { trainer }: TrainedColumns): number | undefined {
  const args = argumentsOf(trainer);
  if (!args) return 8;
  const size = script.objects.fieldAt(args, "per_device_train_batch_size", trainer.call.node);
  return size.kind === "absent" ? 8 : numberOf(size);
}

function tell(ctx: Context, given: Given, { wanted, refused, missingSince, outside }: Labels): void {
  const { loss, labels, at, used, argument, batch } = given;
  const related = [{ message: "the loss", range: used }];
  const data = { loss: loss.name, wanted };
  if (labels.length === 0) {
    const raises = ["AttributeError", "RuntimeError", "TypeError"];
    if (missingSince === "0") ctx.report({ message: "missing", data, at, raises, related });
    else ctx.report({ message: "missing", unsure: "missingSince", data: { ...data, version: missingSince }, at, when: { "sentence-transformers": `>=${missingSince}` }, raises, related });
    return;
  }
  const kind = common(labels.map(kindOfLabel));
  const refusal = kind && refused[kind];
  // A number for each example is broadcast against a single embedding.
  const isBroadcast = loss.name === "MSELoss" && kind !== "str" && (batch === undefined || batch === 1);
  if (kind && refusal && !isBroadcast) {
    const naming = { ...data, given: kind === "str" ? "text" : `${kind === "int" ? "an" : "a"} ${kind}` };
    if (refusal.before === undefined) ctx.report({ message: "refused", data: naming, at, raises: ["RuntimeError", "ValueError"], related });
    else ctx.report({ message: "refusedBefore", data: { ...naming, version: refusal.before }, at, when: { "sentence-transformers": `<${refusal.before}` }, raises: "RuntimeError", related, fixes: fixesOf(ctx.script, argument) });
    return;
  }
  const numbers = numbersAmong(labels);
  const stray = outside && numbers.find(outside.test);
  if (outside && stray !== undefined) ctx.report({ message: "outside", severity: "warning", data: { ...data, label: stray, effect: outside.effect }, at, related });
  const count = loss.name === "SoftmaxLoss" ? numberOf(loss.call.value("num_labels", 2)) : undefined;
  const large = count === undefined ? undefined : numbers.find((label) => label >= count || label < 0);
  if (count !== undefined && large !== undefined && large !== -100) ctx.report({ message: "tooLarge", data: { label: large, count, last: count - 1 }, at, raises: "IndexError", related });
}

/** The label as a float: `1` as `1.0`, `int(x)` as `float(x)`, the rest wrapped. */
function fixesOf(script: Script, argument: Argument | undefined): Fix[] {
  if (!argument || argument.via === "unpacked" || argument.node === NO_NODE) return [];
  const { tree } = script;
  const text = tree.textOf(argument.node);
  const isCast = argument.value.kind === "call" && argument.value.call.name === "builtins.int" && tree.kind(argument.node) === Kind.call;
  const newText = isCast && argument.value.kind === "call" ? `float${text.slice(tree.textOf(argument.value.call.function).length)}` : /^\d+$/.test(text) ? `${text}.0` : `float(${text})`;
  return [{ title: `Write \`${newText}\``, safety: "safe", edits: [replaceNode(tree, argument.node, newText)] }];
}
