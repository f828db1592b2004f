import { defineRule } from "../../analysis/rule.js";
import { checkpoint } from "../../knowledge/checkpoints.js";
import type { Call } from "../../script/calls.js";
import { numberOf, stringOf } from "../../script/values.js";

export default defineRule({
  id: "generation/pipeline-batch-without-pad-token",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["batch_size"],
  messages: {
    missing: "The tokenizer of {checkpoint} has no pad token: batches of {size} raise ValueError at the first list of texts. Set pipe.tokenizer.pad_token_id first.",
  },
  docs: {
    summary: "A pipeline that is to work in batches with a tokenizer that has no pad token.",
    why: `\`batch_size\` above 1 pads the texts of a batch to one length. The tokenizers of GPT-2, Pythia, Llama 2 and others have no pad token: the first list of texts raises \`ValueError\` ("Pipeline
with tokenizer without pad_token cannot do batching"). A single text still works. \`pipe.tokenizer.pad_token_id = pipe.tokenizer.eos_token_id\` gives it one; a causal model also wants
\`pipe.tokenizer.padding_side = "left"\`.`,
    examples: [
      {
        bad: `from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2", batch_size=8)
results = pipe(texts)
`,
        good: `from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2", batch_size=8)
pipe.tokenizer.pad_token_id = pipe.tokenizer.eos_token_id
pipe.tokenizer.padding_side = "left"
results = pipe(texts)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/pipelines/base.py"],
    silent: "On checkpoints that aren't known to have no pad token; where the script speaks of a pad token anywhere.",
  },
  check(ctx) {
    const { script } = ctx;
    if (/pad_token/.test(script.text)) return;
    for (const call of script.callsTo("transformers.pipeline")) {
      const size = call.keywords.get("batch_size");
      const [count, name] = [size && numberOf(size.value), checkpointOf(call)];
      if (!size || count === undefined || count <= 1 || name === undefined || checkpoint(name)?.pad !== null) continue;
      ctx.report({ message: "missing", data: { checkpoint: name, size: count }, at: script.tree.span(size.entry), raises: "ValueError" });
    }
  },
});

/** The checkpoint whose tokenizer a pipeline takes: the one that is named, or loaded by the script. */
function checkpointOf(call: Call): string | undefined {
  const given = call.value("tokenizer");
  const source = given.kind === "absent" ? call.value("model", 1) : given;
  const name = stringOf(source);
  if (name !== undefined) return name;
  const loading = source.kind === "instance" && given.kind !== "absent" ? source.object.call : undefined;
  return loading?.method === "from_pretrained" ? stringOf(loading.value("pretrained_model_name_or_path", 0)) : undefined;
}
