import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { everyAlternative } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";
import { generationsOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/dict-as-generation-config",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["generate"],
  messages: {
    dict: "generation_config is a dict, and has to be a GenerationConfig: generate() raises AttributeError. Unpack the dict into the call with **, or write GenerationConfig(**...).",
  },
  docs: {
    summary: "A dict where generate() needs a GenerationConfig.",
    why: `\`generate()\` reads attributes of its \`generation_config\`, so a dict raises \`AttributeError: 'dict' object has no attribute ...\` after the model has been loaded.
The second positional argument is the \`generation_config\` too. A dict of options is unpacked into the call: \`model.generate(**inputs, **options)\`.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
options = {"max_new_tokens": 20, "do_sample": True}
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, generation_config=options)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
options = {"max_new_tokens": 20, "do_sample": True}
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, **options)
`,
      },
    ],
    references: ["https://huggingface.co/docs/transformers/main_classes/text_generation#transformers.GenerationMixin.generate"],
    silent: "On objects that aren't known to be models.",
  },
  check({ script, report }) {
    for (const { call } of generationsOf(script)) {
      const argument = call.argument("generation_config", 1);
      if (!argument || !everyAlternative(argument.value, (each) => each.kind === "record")) continue;
      report({ message: "dict", at: script.tree.span(argument.entry), raises: "AttributeError", fixes: fixesOf(script, call, argument) });
    }
  },
});

/** `generation_config={...}` becomes `**{...}`; one that is written elsewhere, or given twice, is left to the author. */
function fixesOf(script: Script, call: Call, argument: Argument): Fix[] {
  const { tree } = script;
  const isLastPositional = argument.via === "positional" && argument.position === call.positional.length - 1;
  if (argument.value.kind !== "record" || argument.value.open || (argument.via !== "keyword" && !isLastPositional)) return [];
  const kind = tree.kind(argument.node);
  if (kind !== Kind.dictionary && kind !== Kind.identifier) return [];
  if ([...argument.value.entries.keys()].some((name) => call.keywords.has(name))) return [];
  return [{ title: "Unpack the dict into the call", safety: "safe", edits: [replaceNode(tree, argument.entry, `**${tree.textOf(argument.node)}`)] }];
}
