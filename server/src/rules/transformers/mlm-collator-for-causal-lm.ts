import { addArgument, replaceValue } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { checkpoint } from "../../knowledge/checkpoints.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { isCausal, modelOf } from "./models.js";
import { givenTo, trainersOf } from "./trainers.js";

export default defineRule({
  id: "transformers/mlm-collator-for-causal-lm",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl"],
  mentions: ["DataCollatorForLanguageModeling"],
  messages: {
    raises: "DataCollatorForLanguageModeling masks words by default, and this tokenizer has no mask token: raises ValueError when the collator is built. For a causal model pass mlm=False.",
    wrong: "DataCollatorForLanguageModeling masks words by default: a causal model is trained on the wrong labels, and a tokenizer without a mask token raises ValueError. Pass mlm=False.",
  },
  docs: {
    summary: "DataCollatorForLanguageModeling without mlm=False for a causal language model.",
    why: `The collator prepares masked language modelling unless it is told otherwise: it replaces words by a mask token and sets all other labels to -100. A causal
model (GPT, Llama, Mistral ...) has to predict every next word. Its tokenizer usually has no mask token, and then the collator raises \`ValueError\`; where it has
one, the model is trained on the wrong objective without a word.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer, DataCollatorForLanguageModeling, Trainer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token = tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained("gpt2")
trainer = Trainer(model=model, train_dataset=train, data_collator=DataCollatorForLanguageModeling(tokenizer))
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer, DataCollatorForLanguageModeling, Trainer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.add_special_tokens({"pad_token": "<pad>"})
model = AutoModelForCausalLM.from_pretrained("gpt2")
model.resize_token_embeddings(len(tokenizer))
trainer = Trainer(model=model, train_dataset=train, data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False))
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/data/data_collator.py"],
    silent: "Where the collator and a causal model don't certainly meet in one Trainer; where `mlm` isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trainersOf(script)) {
      const collator = givenTo(trainer, "data_collator");
      const model = modelOf(givenTo(trainer, "model"));
      if (!model || !isCausal(model) || collator.kind !== "instance" || collator.object.className !== "transformers.DataCollatorForLanguageModeling") continue;
      const { call } = collator.object;
      const mlm = call?.value("mlm", 1);
      if (!call || !mlm || (mlm.kind !== "absent" && truthOf(mlm) !== true) || script.eventsOf(collator.object).some((event) => event.kind === "written" && event.field === "mlm")) continue;
      const written = call.argument("mlm", 1);
      const edit = written ? replaceValue(script, written, written.via === "positional" ? "mlm=False" : "False") : addArgument(script, call, "mlm", "False");
      const raises = isMaskless(script, call.value("tokenizer", 0));
      ctx.report({
        message: raises ? "raises" : "wrong",
        severity: raises ? "error" : "warning",
        at: written ? script.tree.span(written.entry) : call.nameSpan,
        ...(raises ? { raises: "ValueError" } : {}),
        related: [{ message: "the causal model", range: (model.call ?? call).nameSpan }],
        fixes: edit ? [{ title: "Pass `mlm=False`", safety: "safe", edits: [edit] }] : [],
      });
    }
  },
});

/** Whether a tokenizer comes from a checkpoint that has no mask token, and the script gives it none. */
function isMaskless(script: Script, tokenizer: Value): boolean {
  if (tokenizer.kind !== "instance") return false;
  const { call } = tokenizer.object;
  const repository = call?.method === "from_pretrained" ? stringOf(call.value("pretrained_model_name_or_path", 0)) : undefined;
  if (repository === undefined || call?.isOpen === true || call?.keywords.has("mask_token") === true || checkpoint(repository)?.mask !== null) return false;
  return !mayGetMask(script, tokenizer.object);
}

function mayGetMask(script: Script, tokenizer: ScriptObject): boolean {
  return script.eventsOf(tokenizer).some((event) => {
    if (event.kind === "written") return event.field?.startsWith("mask_token") === true;
    if (event.kind !== "called" || event.field !== "add_special_tokens") return event.kind === "escaped";
    const given = event.call?.value("special_tokens_dict", 0);
    return given?.kind !== "record" || given.open || given.entries.has("mask_token");
  });
}
