import { importedName } from "../../analysis/importEdits.js";
import { mergedEdits } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { isNothing } from "../nothing.js";
import { callsOn, givenTo, isPlain, placeGiven, trainersOf } from "./trainers.js";

/** Models without a head: they give hidden states, whatever labels they get. */
const BASE =
  /^transformers\.(?:AutoModel|(?:Albert|Bart|Bert|BigBird|Camembert|Deberta|DebertaV2|DistilBert|Electra|Ernie|GPT2|GPTNeo|GPTNeoX|Llama|Longformer|MBart|MPNet|MT5|Mistral|ModernBert|OPT|Qwen2|Roberta|T5|ViT|XLMRoberta|XLNet)Model)$/;

export default defineRule({
  id: "transformers/base-model-in-trainer",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["AutoModel", "Model"],
  messages: {
    noLoss: "{model} has no head and gives no loss: train() raises ValueError at the first step. Load the model with a head, such as AutoModelForSequenceClassification.",
  },
  docs: {
    summary: "A model without a head in a Trainer.",
    why: `\`AutoModel\`, \`BertModel\` and the like return hidden states. The Trainer needs a loss, which the classes with a head for a task compute from the labels:
\`AutoModelForSequenceClassification\`, \`AutoModelForTokenClassification\`, \`AutoModelForCausalLM\` ... Without one the first training step raises
\`ValueError\` ("The model did not return a loss from the inputs"), or \`TypeError\` where the model doesn't take labels at all.`,
    examples: [
      {
        bad: `from transformers import AutoModel, Trainer, TrainingArguments

model = AutoModel.from_pretrained("bert-base-uncased")
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train)
trainer.train()
`,
        good: `from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=3)
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py", "https://huggingface.co/docs/transformers/model_doc/auto"],
    silent: `Where the loss comes from elsewhere: a Trainer class of the script, \`compute_loss_func\`, \`return_loss\` (contrastive models), a model with remote code; where
the Trainer only predicts.`,
  },
  check(ctx) {
    const { script } = ctx;
    // CLIP and its kin are loaded with AutoModel and give a loss when their batches say return_loss.
    if (script.text.includes("return_loss")) return;
    for (const trainer of trainersOf(script)) {
      const model = givenTo(trainer, "model");
      if (!isPlain(trainer) || model.kind !== "instance" || !BASE.test(model.object.className ?? "") || callsOn(script, trainer, "train").length === 0) continue;
      const { call } = model.object;
      if (!isNothing(givenTo(trainer, "compute_loss_func")) || !call || !isNothing(call.value("trust_remote_code"))) continue;
      const events = script.eventsOf(model.object);
      if (events.some((event) => event.kind === "escaped" || (event.kind === "written" && /^(forward|loss_function|__class__)$/.test(event.field ?? "")))) continue;
      ctx.report({
        message: "noLoss",
        data: { model: model.object.className?.split(".").at(-1) ?? "" },
        at: placeGiven(script, trainer, "model"),
        raises: "ValueError",
        related: [{ message: "loaded here", range: call.nameSpan }],
        fixes: fixesOf(script, call),
      });
    }
  },
});

const HEADS = ["AutoModelForSequenceClassification", "AutoModelForTokenClassification", "AutoModelForCausalLM"] as const;

function fixesOf(script: Script, call: Call): Fix[] {
  const { tree } = script;
  const callee = tree.textOf(call.function);
  if (call.name !== "transformers.AutoModel.from_pretrained" || !/^[\w.]*AutoModel\.from_pretrained$/.test(callee)) return [];
  const { start } = tree.span(call.function);
  const end = start + callee.length - ".from_pretrained".length;
  return HEADS.flatMap((head): Fix[] => {
    const imported = importedName(script, "transformers", head);
    return imported ? [{ title: `Load \`${head}\` (a new head, trained from scratch)`, safety: "unsafe", edits: mergedEdits([...imported.edits, { start, end, newText: imported.text }]) }] : [];
  });
}
