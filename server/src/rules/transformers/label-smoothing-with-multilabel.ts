import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { modelOf } from "./models.js";
import { always, argumentsOf, callsOn, givenTo, placeGiven, placeOfField, trainersOf, type Trainer } from "./trainers.js";

const MULTI_LABEL = "multi_label_classification";

/** From here on the Trainer notices, warns and goes on without smoothing. */
const DISABLED = { transformers: ">=4.56" };

export default defineRule({
  id: "transformers/label-smoothing-with-multilabel",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers"],
  mentions: ["label_smoothing_factor"],
  messages: {
    disabled: "Labels aren't smoothed for multi-label classification: the Trainer warns and sets label_smoothing_factor aside. Drop it.",
    raises: "label_smoothing_factor takes one class per row, and this model is for multi-label classification: raises RuntimeError at the first step of training. Drop it.",
    unknown: "label_smoothing_factor with multi-label classification: raises RuntimeError at the first step before transformers 4.56, from then on it is set aside with a warning. Drop it.",
  },
  docs: {
    summary: "Label smoothing for a model with several labels per row.",
    why: `The Trainer smooths labels that are the number of one class. Those of multi-label classification are a row of zeros and ones: before transformers 4.56 training ends at its first step
with \`RuntimeError: gather(): Expected dtype int64 for index\`; from 4.56 on the Trainer says in a warning that smoothing is disabled, and trains without it.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=6, problem_type="multi_label_classification")
args = TrainingArguments("out", label_smoothing_factor=0.1)
trainer = Trainer(model=model, args=args, train_dataset=train)
`,
        good: `from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=6, problem_type="multi_label_classification")
args = TrainingArguments("out")
trainer = Trainer(model=model, args=args, train_dataset=train)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.56.0/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/v4.46.3/src/transformers/trainer_pt_utils.py"],
    silent: "Where the problem type is left to the library, which goes by the labels; where the script has a loss of its own.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      const args = argumentsOf(trainer);
      const { node } = trainer.call;
      if (!args || args === "none" || hasOwnLoss(script, trainer)) continue;
      // The Trainer makes its smoother when it is built.
      const factor = script.objects.fieldAt(args, "label_smoothing_factor", node);
      if (!always({ factor }, (way) => (numberOf(way.factor) ?? 0) > 0)) continue;
      const model = modelOf(givenTo(trainer, "model"));
      if (!model || !always({ problem: problemType(script, model, node) }, (way) => stringOf(way.problem) === MULTI_LABEL)) continue;
      const isNew = ctx.versionsAt(trainer.call.span.start).holds(DISABLED);
      const trains = callsOn(script, trainer, "train").length > 0;
      const argument = args.call?.keywords.get("label_smoothing_factor");
      ctx.report({
        message: isNew === "always" ? "disabled" : isNew === "never" ? "raises" : "unknown",
        severity: isNew === "never" && trains ? "error" : "warning",
        at: placeOfField(script, args, "label_smoothing_factor", node) ?? trainer.call.nameSpan,
        ...(isNew === "always" ? {} : { raises: "RuntimeError" }),
        related: [{ message: "the model is given here", range: placeGiven(script, trainer, "model") }],
        fixes: argument ? [{ title: "Drop `label_smoothing_factor`", safety: "unsafe", edits: [removeArgument(script, argument)] }] : [],
      });
    }
  },
});

/** Whether the loss comes from the script, so that nobody asks the smoother. TRL's trainers have losses of their own. */
function hasOwnLoss(script: Script, trainer: Trainer): boolean {
  const { className, ownClass } = trainer;
  if (!className.startsWith("transformers.") || givenTo(trainer, "compute_loss_func").kind !== "absent") return true;
  return ownClass !== undefined && ["compute_loss", "training_step"].some((method) => script.methodOf(ownClass, method) !== undefined);
}

/** The problem type in a model's configuration: set on it, given when it is loaded, or in the configuration that it is made with. */
function problemType(script: Script, model: ScriptObject, reader: Node): Value {
  const { call } = model;
  const written = script.objects.fieldAt(model, "config.problem_type", reader);
  if (written.kind !== "absent" || !call) return written;
  const given = call.value("problem_type");
  if (given.kind !== "absent") return given;
  const isLoaded = call.method === "from_pretrained";
  const config = call.value("config", isLoaded ? -1 : 0);
  return config.kind === "instance" ? script.objects.fieldAt(config.object, "problem_type", call.node) : given;
}
