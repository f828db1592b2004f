import { addArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { adaptedModels, leavesEmbeddings, setsTrainable } from "./adaptedModels.js";

export default defineRule({
  id: "peft/new-tokens-untrained",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  mentions: ["resize_token_embeddings"],
  messages: {
    untrained: "LoRA freezes the embeddings: the rows of the new tokens ({tokens}) stay as they were made. Name them in modules_to_save or trainable_token_indices.",
  },
  docs: {
    summary: "New tokens whose embeddings an adapter never trains.",
    why: `\`resize_token_embeddings\` appends rows for the new tokens. \`LoraConfig\` then freezes the embeddings with everything else, so the rows keep the values that they were made with: the
model can neither read nor write the new tokens by what it learns. \`modules_to_save=["embed_tokens", "lm_head"]\` trains and saves both layers whole; \`trainable_token_indices\` (peft 0.15
and newer) trains only the new rows. A padding token needs none of this.`,
    examples: [
      {
        bad: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("facebook/opt-125m")
model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
tokenizer.add_tokens(["<think>", "</think>"])
model.resize_token_embeddings(len(tokenizer))
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
`,
        good: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("facebook/opt-125m")
model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
tokenizer.add_tokens(["<think>", "</think>"])
model.resize_token_embeddings(len(tokenizer))
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", modules_to_save=["embed_tokens", "lm_head"]))
`,
      },
    ],
    references: ["https://huggingface.co/docs/peft/developer_guides/troubleshooting", "https://huggingface.co/docs/peft/developer_guides/lora"],
    silent: "Where only a padding token is added; where the config targets the embeddings, or the script sets `requires_grad` by itself.",
  },
  check({ script, report }) {
    if (setsTrainable(script) || script.scopes.attributes("get_input_embeddings").length > 0) return;
    const tokens = tokensAdded(script);
    if (tokens.length === 0) return;
    const reported = new Set<Node>();
    for (const { model, config, call: adapting } of adaptedModels(script)) {
      const lora = config.kind === "instance" && config.object.className === "peft.LoraConfig" ? config.object : undefined;
      const call = lora?.call;
      if (model.kind !== "instance" || !lora || !call || reported.has(call.node) || !leavesEmbeddings(script, lora, adapting)) continue;
      const events = script.eventsOf(model.object);
      if (!events.some((event) => event.kind === "called" && event.field === "resize_token_embeddings") || events.some((event) => event.kind === "escaped")) continue;
      reported.add(call.node);
      const edit = addArgument(script, call, "modules_to_save", '["embed_tokens", "lm_head"]');
      report({
        message: "untrained",
        data: { tokens: tokens.slice(0, 3).join(", ") },
        at: call.nameSpan,
        fixes: edit ? [{ title: "Train and save the embeddings (their names differ between models)", safety: "unsafe", edits: [edit] }] : [],
      });
    }
  },
});

/** Tokens other than padding that the script certainly adds to a tokenizer. */
function tokensAdded(script: Script): string[] {
  const isTokenizer = (call: Call): boolean => call.receiver?.kind === "instance" && TOKENIZER.test(call.receiver.object.className ?? "");
  const listed = script.callsOfMethod("add_tokens").filter(isTokenizer).flatMap((call) => textsOf(call.value("new_tokens", 0)));
  const special = script.callsOfMethod("add_special_tokens").filter(isTokenizer).flatMap((call) => {
    const given = call.value("special_tokens_dict", 0);
    const extra = given.kind === "record" ? given.entries.get("additional_special_tokens")?.value : undefined;
    return extra ? textsOf(extra) : [];
  });
  return [...listed, ...special].filter((token) => !/pad/i.test(token));
}

function textsOf(value: Value): string[] {
  const single = stringOf(value);
  if (single !== undefined) return [single];
  return value.kind === "sequence" ? value.items.flatMap((item) => stringOf(item) ?? []) : [];
}
