import { replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { always, givenTo, isPlain, placeOfField } from "./trainers.js";
import { trainingsOf } from "./training.js";

/** Others scale the gradients themselves, or keep a copy of the weights in full precision. */
const OTHER_ENGINES = /deepspeed|fsdp|peft|LoraConfig|quantization_config|load_in_[48]bit|adapters|requires_grad/i;

export default defineRule({
  id: "transformers/fp16-weights-with-fp16-training",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["fp16"],
  messages: {
    unscaled: "The weights are loaded in fp16, and fp16=True needs them in float32: on a GPU train() raises ValueError (Attempting to unscale FP16 gradients). Load them in float32, or use bf16.",
  },
  docs: {
    summary: "Weights in fp16 and fp16=True: the gradients can't be unscaled.",
    why: `\`fp16=True\` is mixed precision: the weights stay in float32, and what is computed with them is fp16, with the loss scaled so that small gradients survive. With the *weights* in fp16
(\`dtype=torch.float16\`, \`torch_dtype="float16"\`, \`.half()\`) the gradients are fp16 as well, and the first optimizer step on a GPU raises \`ValueError: Attempting to unscale FP16 gradients.\`

Load the weights in float32, or, on a GPU from Ampere on, use bf16 for both. Adapters (PEFT) on an fp16 base are fine: their own weights are float32.`,
    examples: [
      {
        bad: `import torch
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments

model = AutoModelForCausalLM.from_pretrained("gpt2", torch_dtype=torch.float16)
trainer = Trainer(model=model, args=TrainingArguments("out", fp16=True), train_dataset=train, data_collator=collate)
trainer.train()
`,
        versions: { transformers: "4.46.3" },
        good: `import torch
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments

model = AutoModelForCausalLM.from_pretrained("gpt2", torch_dtype=torch.float32)
trainer = Trainer(model=model, args=TrainingArguments("out", fp16=True), train_dataset=train, data_collator=collate)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/issues/23165", "https://github.com/pytorch/pytorch/blob/main/torch/amp/grad_scaler.py"],
    silent: "With PEFT, quantised weights, DeepSpeed or FSDP; where weights are frozen or cast; where the script never trains.",
  },
  check(ctx) {
    const { script } = ctx;
    if (OTHER_ENGINES.test(script.text)) return;
    for (const { trainer, args, trains, reader, written } of trainingsOf(script)) {
      const [train] = trains;
      const model = givenTo(trainer, "model");
      if (args === "none" || !train || !isPlain(trainer) || model.kind !== "instance" || !model.object.className?.startsWith("transformers.")) continue;
      const half = halfAt(script, model.object);
      const at = placeOfField(script, args, "fp16", reader);
      if (!half || !at || !always({ fp16: written("fp16") }, (way) => truthOf(way.fp16) === true) || !isNothing(written("use_cpu"))) continue;
      const argument = half.argument;
      ctx.report({
        message: "unscaled",
        at,
        related: [{ message: "loaded in fp16 here", range: half.at }],
        fixes: argument ? fixesOf(script, argument) : [],
      });
    }
  },
});

interface Half {
  readonly at: { readonly start: number; readonly end: number };
  readonly argument: Argument | undefined;
}

/** Where a model's weights are certainly made fp16, with nothing after that could change it. */
function halfAt(script: Script, model: ScriptObject): Half | undefined {
  const { call } = model;
  const casts = script.eventsOf(model).filter((event) => event.kind === "escaped" || (event.kind === "called" && /^(?:half|float|double|bfloat16|type|apply|to)$/.test(event.field ?? "")));
  const others = casts.filter((event) => !isMove(event.kind === "called" ? event.call?.positional[0]?.value : undefined, event.field, event.call?.keywords.has("dtype") === true));
  const [only] = others;
  const half = call?.method === "from_pretrained" ? (call.keywords.get("dtype") ?? call.keywords.get("torch_dtype")) : undefined;
  if (half && isHalf(half.value) && others.length === 0) return { at: script.tree.span(half.entry), argument: half };
  return only?.field === "half" && only.kind === "called" && others.length === 1 && script.flow.armsOf(only.node).length === 0 ? { at: script.tree.span(only.node), argument: undefined } : undefined;
}

/** `.to(device)` moves and casts nothing: its one argument is a string or a device. */
function isMove(target: Value | undefined, method: string | undefined, hasDtype: boolean): boolean {
  if (method !== "to" || hasDtype || !target) return false;
  return stringOf(target) !== undefined || (target.kind === "call" && target.call.name === "torch.device") || (target.kind === "oneOf" && target.alternatives.every(({ value }) => stringOf(value) !== undefined));
}

function isHalf(value: Value): boolean {
  return value.kind === "reference" ? value.name === "torch.float16" || value.name === "torch.half" : stringOf(value) === "float16";
}

function fixesOf(script: Script, argument: Argument): Fix[] {
  const text = script.tree.textOf(argument.node);
  const written = text.replace(/float16|half/, "float32");
  return written === text ? [] : [{ title: `Load the weights in float32 (\`${written}\`: twice the memory)`, safety: "unsafe", edits: [replaceValue(script, argument, written)] }];
}
