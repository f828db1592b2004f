import { defineRule } from "../../analysis/rule.js";
import { END_OF_SCOPE } from "../../script/reaching.js";
import { Field } from "../../syntax/kind.js";
import { generationsOf } from "./generateCalls.js";
import { isNone } from "../nothing.js";

/** Options of generation that scripts are used to writing to the model's config. Ids of special tokens belong to both configs and are left out. */
const OPTIONS: ReadonlySet<string> = new Set(
  (
    "max_length min_length do_sample early_stopping num_beams num_beam_groups diversity_penalty temperature top_k top_p typical_p repetition_penalty " +
    "length_penalty no_repeat_ngram_size encoder_no_repeat_ngram_size bad_words_ids num_return_sequences"
  ).split(" "),
);

export default defineRule({
  id: "generation/parameter-on-model-config",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: [".config."],
  messages: {
    raises: "{target} is no longer for generation: from transformers 5 on generate() raises ValueError. Write {right}.",
    deprecated: "{target} still controls generation, but from transformers 5 on generate() raises ValueError. Write {right}.",
  },
  docs: {
    summary: "An option of generation written to model.config.",
    why: `Up to transformers 4 \`generate()\` took over options that a script had written to \`model.config\`, with a warning. From transformers 5 it raises
\`ValueError: You have modified the pretrained model configuration to control generation\`. The place for them is \`model.generation_config\`, in every version that has
one (4.27 and newer), or the call itself.`,
    examples: [
      {
        versions: { transformers: "5.18" },
        bad: `from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("t5-small")
model = AutoModelForSeq2SeqLM.from_pretrained("t5-small")
model.config.num_beams = 4
inputs = tokenizer("translate English to German: Hello", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
        good: `from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("t5-small")
model = AutoModelForSeq2SeqLM.from_pretrained("t5-small")
model.generation_config.num_beams = 4
inputs = tokenizer("translate English to German: Hello", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/generation/utils.py"],
    silent: "Where no `generate()` of the same model follows in the script, or it gets a `generation_config` of its own; on objects that aren't known to be models.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call, model } of generationsOf(script)) {
      // With a generation config of its own the call doesn't look at the model's.
      if (call.isOpen || call.argument("generation_config", 1)) continue;
      for (const event of script.eventsBefore(model, call.node === END_OF_SCOPE ? 0 : call.node)) {
        const option = event.field?.startsWith("config.") ? event.field.slice("config.".length) : "";
        if (event.kind !== "written" || event.isItem || !OPTIONS.has(option) || event.target === undefined) continue;
        const value = event.value === undefined ? undefined : script.evaluate(event.value, event.frame);
        if (value && isNone(value)) continue;
        const { tree } = script;
        const target = tree.textOf(event.target);
        const right = target.replace(/\bconfig\.(\w+)$/, "generation_config.$1");
        const inner = tree.child(event.target, Field.object);
        const holds = ctx.versionsAt(tree.start(event.target)).holds({ transformers: ">=5" });
        const data = { target, right };
        const at = tree.span(event.target);
        const fixes = [
          { title: `Write \`${right}\``, safety: "safe" as const, edits: [{ ...tree.span(tree.child(inner, Field.attribute)), newText: "generation_config" }] },
        ];
        if (holds === "never") ctx.report({ message: "deprecated", data, at, severity: "hint", tags: ["deprecated"], fixes });
        else ctx.report({ message: "raises", data, at, when: { transformers: ">=5" }, raises: "ValueError", fixes });
      }
    }
  },
});
