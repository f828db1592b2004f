import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import type { Argument, Call } from "../../script/calls.js";
import type { FunctionInfo } from "../../script/functions.js";
import type { Script } from "../../script/script.js";
import { numberOf, type Value } from "../../script/values.js";
import { Field } from "../../syntax/kind.js";
import { givenTo, metricsFunction, trainersOf, type Trainer } from "./trainers.js";

/** Anything by which a script may keep -100 out of its labels, or take it out. */
const REPLACES = /-\s*100|ignore_index|label_pad_token_id|pad_token_id|np\.where|numpy\.where|masked_fill|\bpad\b/;

export default defineRule({
  id: "transformers/labels-decoded-with-ignore-index",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["batch_decode"],
  messages: {
    padded: "The labels that {collator} pads hold -100, which is no token: batch_decode raises OverflowError at the first evaluation. Replace -100 with the pad token's id first.",
    perhaps: "Labels usually hold -100 where they are padded, which is no token: batch_decode then raises OverflowError. Replace -100 with the pad token's id first.",
  },
  docs: {
    summary: "Labels decoded in compute_metrics with the -100 that marks their padding.",
    why: `Labels are padded with -100, so that the loss leaves the padding out: by \`DataCollatorForSeq2Seq\`, and by the Trainer itself where it puts batches of different lengths together.
-100 is no token. \`tokenizer.batch_decode(labels)\` raises \`OverflowError: out of range integral type conversion attempted\`, at the first evaluation, after the training up to there has
been paid for.`,
    examples: [
      {
        bad: `import numpy as np
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, DataCollatorForSeq2Seq, Seq2SeqTrainer, Seq2SeqTrainingArguments

tokenizer = AutoTokenizer.from_pretrained("t5-small")
model = AutoModelForSeq2SeqLM.from_pretrained("t5-small")


def compute_metrics(p):
    predictions, labels = p
    texts = tokenizer.batch_decode(predictions, skip_special_tokens=True)
    references = tokenizer.batch_decode(labels, skip_special_tokens=True)
    return {"exact": np.mean([text == reference for text, reference in zip(texts, references)])}


args = Seq2SeqTrainingArguments("out", predict_with_generate=True)
trainer = Seq2SeqTrainer(model=model, args=args, data_collator=DataCollatorForSeq2Seq(tokenizer, model=model), eval_dataset=test, compute_metrics=compute_metrics)
`,
        good: `import numpy as np
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, DataCollatorForSeq2Seq, Seq2SeqTrainer, Seq2SeqTrainingArguments

tokenizer = AutoTokenizer.from_pretrained("t5-small")
model = AutoModelForSeq2SeqLM.from_pretrained("t5-small")


def compute_metrics(p):
    predictions, labels = p
    texts = tokenizer.batch_decode(np.where(predictions != -100, predictions, tokenizer.pad_token_id), skip_special_tokens=True)
    references = tokenizer.batch_decode(np.where(labels != -100, labels, tokenizer.pad_token_id), skip_special_tokens=True)
    return {"exact": np.mean([text == reference for text, reference in zip(texts, references)])}


args = Seq2SeqTrainingArguments("out", predict_with_generate=True)
trainer = Seq2SeqTrainer(model=model, args=args, data_collator=DataCollatorForSeq2Seq(tokenizer, model=model), eval_dataset=test, compute_metrics=compute_metrics)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/data/data_collator.py", "https://huggingface.co/docs/transformers/tasks/translation"],
    silent: "Where the function, or anything in the script, may replace -100 or pad the labels with something else.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    for (const trainer of trainersOf(script)) {
      const callable = metricsFunction(script, trainer);
      if (!callable || REPLACES.test(script.text)) continue;
      for (const call of script.callsOfMethod("batch_decode")) {
        const argument = call.argument("sequences", 0);
        if (!argument || !tree.contains(callable.function.node, call.node) || !isTokenizer(call.receiver) || !isLabels(script, argument, callable.function)) continue;
        const collator = padsLabels(givenTo(trainer, "data_collator"));
        ctx.report({
          message: collator === undefined ? "perhaps" : "padded",
          data: { collator: collator ?? "" },
          at: tree.span(argument.entry),
          related: [{ message: "computes the metrics of this", range: placeOf(trainer) }],
          fixes: fixesOf(script, call, argument),
        });
      }
    }
  },
});

function placeOf({ call }: Trainer): { readonly start: number; readonly end: number } {
  return call.nameSpan;
}

function isTokenizer(value: Value | undefined): boolean {
  return value?.kind === "instance" && TOKENIZER.test(value.object.className ?? "");
}

/** The second part of the EvalPrediction: `p.label_ids`, `p[1]`, or the second name of `predictions, labels = p`. */
function isLabels(script: Script, { node, value }: Argument, info: FunctionInfo): boolean {
  if (value.kind === "attribute") return value.name === "label_ids" && isParameter(value.object, info);
  if (value.kind === "item") return numberOf(value.key) === 1 && isParameter(value.object, info);
  const name = script.tree.textOf(node);
  const bindings = script.scopes.resolve(name, script.scopes.scopeOf(node))?.bindings.get(name) ?? [];
  const [only] = bindings;
  if (only?.source.kind !== "assigned" || bindings.length > 1 || only.source.path.join() !== "1") return false;
  return isParameter(script.evaluate(only.source.expression), info);
}

function isParameter(value: Value, info: FunctionInfo): boolean {
  return value.kind === "parameter" && value.function === info;
}

function padsLabels(collator: Value): string | undefined {
  const name = collator.kind === "instance" ? collator.object.className : undefined;
  return name === "transformers.DataCollatorForSeq2Seq" ? "DataCollatorForSeq2Seq" : undefined;
}

/** `np.where(labels != -100, labels, tokenizer.pad_token_id)`, where the script has numpy as np. */
function fixesOf(script: Script, call: Call, argument: Argument): Fix[] {
  const { tree } = script;
  const labels = tree.textOf(argument.node);
  const tokenizer = tree.textOf(tree.child(call.function, Field.object));
  if (!/^import numpy as np\r?$/m.test(script.text) || !/^[\w.]+$/.test(labels) || !/^[\w.]+$/.test(tokenizer) || argument.via !== "positional") return [];
  return [{ title: "Replace -100 with the pad token's id", safety: "safe", edits: [replaceNode(tree, argument.node, `np.where(${labels} != -100, ${labels}, ${tokenizer}.pad_token_id)`)] }];
}
