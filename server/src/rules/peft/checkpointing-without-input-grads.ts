import { addBeside } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { ABSENT, truthOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { isPlain, placeOfField } from "../transformers/trainers.js";
import { trainingsOf } from "../transformers/training.js";
import { leavesEmbeddings, setsTrainable, wrappingOf } from "./adaptedModels.js";

export default defineRule({
  id: "peft/checkpointing-without-input-grads",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  mentions: ["gradient_checkpointing"],
  messages: {
    raises: "With the embeddings frozen, checkpointing loses the gradients: train() raises RuntimeError (does not require grad). Set use_reentrant=False in gradient_checkpointing_kwargs.",
    unsure: "With the embeddings frozen, checkpointing loses the gradients: train() raises RuntimeError in transformers 4. Set use_reentrant=False in gradient_checkpointing_kwargs.",
  },
  docs: {
    summary: "Gradient checkpointing in a Trainer whose model was wrapped by get_peft_model.",
    why: `Reentrant checkpointing, the default of transformers 4, passes gradients through a block only where its inputs require them. Under an adapter the embeddings are frozen, so
they don't, and training ends with \`RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn\`. \`get_peft_model\` repairs this only for a model whose
checkpointing is on already; \`TrainingArguments(gradient_checkpointing=True)\` turns it on later. Transformers 5 checkpoints without re-entering, and TRL's trainers see to it themselves.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
args = TrainingArguments("out", gradient_checkpointing=True)
trainer = Trainer(model=model, args=args, train_dataset=dataset)
trainer.train()
`,
        good: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
args = TrainingArguments("out", gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False})
trainer = Trainer(model=model, args=args, train_dataset=dataset)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/peft/blob/v0.17.0/src/peft/peft_model.py", "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/modeling_utils.py"],
    silent: "Where the script makes the inputs require gradients, prepares the model for k-bit training, or turns the model's own checkpointing on; for TRL's trainers, and for models with code from the Hub.",
  },
  check(ctx) {
    const { script } = ctx;
    const isHandled = ["enable_input_require_grads", "gradient_checkpointing_enable", "register_forward_hook"].some((name) => script.scopes.attributes(name).length > 0);
    const isPrepared = script.callsTo("peft.prepare_model_for_kbit_training").length > 0 || script.callsTo("peft.prepare_model_for_int8_training").length > 0;
    if (isHandled || isPrepared || setsTrainable(script)) return;
    for (const { trainer, args, trains, reader, field, written } of trainingsOf(script)) {
      if (!isPlain(trainer) || args === "none" || trains.length === 0 || truthOf(field("gradient_checkpointing")) !== true) continue;
      const model = trainer.call.value("model", 0);
      const wrapping = wrappingOf(model);
      const base = wrapping?.value("model", 0);
      const config = wrapping?.value("peft_config", 1);
      if (base?.kind !== "instance" || !/^transformers\.\w+For(?:CausalLM|SequenceClassification|Seq2SeqLM)$/.test(base.object.className ?? "")) continue;
      // Code from the Hub may do in its own way what a model of the library leaves to the script.
      if (!isNothing(base.object.call?.value("trust_remote_code") ?? ABSENT)) continue;
      if (config?.kind !== "instance" || config.object.className !== "peft.LoraConfig" || !wrapping || !leavesEmbeddings(script, config.object, wrapping)) continue;
      // A function from elsewhere may make the inputs require gradients, whichever of the two it gets.
      const isGivenAway = [base, model].some((value) => value.kind === "instance" && script.eventsOf(value.object).some((event) => event.kind === "escaped"));
      if (!isNothing(written("gradient_checkpointing_kwargs")) || isGivenAway) continue;
      const at = placeOfField(script, args, "gradient_checkpointing", reader);
      const argument = args.call?.keywords.get("gradient_checkpointing");
      if (!at) continue;
      const knowsOption = ctx.versionsAt(at.start).holds({ transformers: ">=4.35" }) !== "never";
      const safety = isNothing(written("deepspeed")) ? ("safe" as const) : ("unsafe" as const);
      ctx.report({
        message: "raises",
        unsure: "unsure",
        at,
        when: { transformers: "<5" },
        raises: "RuntimeError",
        fixes: argument && knowsOption ? [{ title: "Checkpoint without re-entering", safety, edits: [addBeside(script, argument, "gradient_checkpointing_kwargs", '{"use_reentrant": False}')] }] : [],
      });
    }
  },
});
