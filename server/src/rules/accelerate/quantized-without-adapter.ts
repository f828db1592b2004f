import { defineRule } from "../../analysis/rule.js";
import { isNothing } from "../nothing.js";
import { placeGiven, trainersOf } from "../transformers/trainers.js";
import { isPatchedByUnsloth } from "../unsloth.js";
import { quantizationOf } from "./quantization.js";

export default defineRule({
  id: "accelerate/quantized-without-adapter",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["load_in_4bit", "load_in_8bit"],
  messages: {
    raises: "The model is loaded in {bits} bits, whose weights can't be trained: {trainer} raises ValueError. Attach an adapter: get_peft_model(model, LoraConfig(...)).",
    unsure: "The model is loaded in {bits} bits, whose weights can't be trained: {trainer} raises ValueError (from transformers 4.36 on). Attach an adapter: get_peft_model(model, LoraConfig(...)).",
  },
  docs: {
    summary: "A quantised model that goes to a Trainer without an adapter.",
    why: `Weights in 4 or 8 bits take no gradients, so a \`Trainer\` refuses a model that has nothing else: \`ValueError: You cannot perform fine-tuning on purely quantized models. Please attach
trainable adapters on top of the quantized model\`. It refuses when it is built, so even one that should only evaluate. QLoRA trains the adapter on top: \`prepare_model_for_kbit_training\`, then
\`get_peft_model\`, or \`peft_config=\` for TRL's trainers.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import AutoModelForCausalLM, BitsAndBytesConfig, Trainer, TrainingArguments

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", quantization_config=BitsAndBytesConfig(load_in_4bit=True))
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=dataset)
`,
        good: `from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, Trainer, TrainingArguments

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", quantization_config=BitsAndBytesConfig(load_in_4bit=True))
model = prepare_model_for_kbit_training(model)
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/trainer.py", "https://github.com/huggingface/transformers/blob/v4.36.2/src/transformers/trainer.py"],
    silent: "Where the model may get an adapter in code that isn't seen; where its precision is chosen outside; for a Trainer of the script's own class.",
  },
  check(ctx) {
    const { script } = ctx;
    if (isPatchedByUnsloth(script)) return;
    for (const trainer of trainersOf(script)) {
      const model = trainer.call.value("model", 0);
      if (trainer.ownClass || !/^(?:transformers|trl)\./.test(trainer.className) || model.kind !== "instance" || !isNothing(trainer.call.value("peft_config"))) continue;
      const quantization = quantizationOf(model.object);
      if (!quantization) continue;
      const mayBeAdapted = script
        .eventsOf(model.object)
        .some(({ kind, field = "" }) => kind === "escaped" || (kind === "called" && /adapter|dequantize/.test(field)) || (kind === "passed" && /^peft\.(?!prepare_)/.test(field)));
      if (mayBeAdapted) continue;
      ctx.report({
        message: "raises",
        unsure: "unsure",
        data: { bits: quantization.bits, trainer: trainer.call.method },
        at: placeGiven(script, trainer, "model"),
        when: { transformers: ">=4.36" },
        raises: "ValueError",
        related: [{ message: "quantised here", range: script.tree.span(quantization.argument.entry) }],
      });
    }
  },
});
