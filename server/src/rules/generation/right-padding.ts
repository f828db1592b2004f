import { addArgument, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { TOKENIZER } from "../../knowledge/classes.js";
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { isCausal } from "../transformers/models.js";
import { trainersOf } from "../transformers/trainers.js";
import { mayPad, tokenizerCallOf } from "./encodings.js";
import { generationsOf, type Generation } from "./generateCalls.js";

/** Checkpoints whose tokenizer_config.json says nothing of the side, so that it is the right one (seen on the Hub). */
const RIGHT = /^(?:(?:openai-community\/)?gpt2(?:-medium|-large|-xl)?|(?:distilbert\/)?distilgpt2|EleutherAI\/(?:pythia-[\w.-]+|gpt-neo-[\w.]+|gpt-j-6b)|facebook\/opt-[\w.]+)$/i;

export default defineRule({
  id: "generation/right-padding",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["padding"],
  messages: {
    right: "These prompts are padded on the right: a causal model continues the shorter ones from their padding, and the text is worse. Set padding_side=\"left\" on the tokenizer.",
    unlessConfigured: `Prompts of a causal model are padded on the right unless the checkpoint's tokenizer_config.json says left: shorter ones get worse text. Set padding_side="left" on the tokenizer.`,
  },
  docs: {
    summary: "A batch of prompts for a causal model that is padded on the right.",
    why: `A causal model writes on after the last token. In a batch that is padded on the right, which is a tokenizer's default, the shorter prompts end with padding, and what is generated
comes after it: the results are worse than for each prompt alone, or nonsense. \`generate()\` only logs a warning. Padding on the left (\`padding_side="left"\`) is right for generation;
training wants the right side.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token = tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer(["Hello", "The capital of France is"], padding=True, return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2", padding_side="left")
tokenizer.pad_token = tokenizer.eos_token
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer(["Hello", "The capital of France is"], padding=True, return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20)
`,
      },
    ],
    references: ["https://huggingface.co/docs/transformers/llm_tutorial", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/generation/utils.py"],
    silent: "For a single prompt, and where the number of prompts isn't known; for encoder-decoder models; where the side is set anywhere to something that isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    const told = new Set<Node>();
    for (const generation of generationsOf(script)) {
      if (!isCausal(generation.model)) continue;
      for (const tokenizing of encodingsOf(script, generation)) {
        const tokenizer = tokenizing.callee.kind === "instance" ? tokenizing.callee.object : undefined;
        if (!tokenizer || !TOKENIZER.test(tokenizer.className ?? "") || !mayPad(tokenizing) || !isBatch(tokenizing) || told.has(tokenizing.node)) continue;
        const side = sideOf(script, tokenizer, tokenizing);
        if (side !== "right" && side !== "not set") continue;
        told.add(tokenizing.node);
        const name = stringOf(tokenizer.call?.value("pretrained_model_name_or_path", 0) ?? { kind: "absent" });
        const isCertain = side === "right" || (name !== undefined && RIGHT.test(name));
        const padding = tokenizing.keywords.get("padding");
        ctx.report({
          message: isCertain ? "right" : "unlessConfigured",
          severity: isCertain ? "warning" : "information",
          at: padding ? script.tree.span(padding.entry) : tokenizing.nameSpan,
          related: [{ message: "generates from it", range: generation.call.nameSpan }],
          fixes: fixesOf(script, tokenizer),
        });
      }
    }
  },
});

/** The tokenizer calls whose results a generate call gets: `**inputs`, `inputs["input_ids"]`, `inputs.input_ids`. */
function encodingsOf(script: Script, { call }: Generation): Call[] {
  const { tree } = script;
  const splats = tree.children(tree.child(call.node, Field.arguments)).filter((node) => tree.kind(node) === Kind.dictionary_splat);
  const ids = call.argument("input_ids") ?? call.argument("inputs", 0);
  const values = [...splats.map((node) => script.evaluate(tree.firstChild(node), call.frame)), ...(ids ? [ids.value] : [])];
  return values.flatMap((value) => tokenizerCallOf(script, wholeOf(value), call.node) ?? []);
}

function wholeOf(value: Value): Value {
  if (value.kind === "item" && stringOf(value.key) === "input_ids") return value.object;
  return value.kind === "attribute" && value.name === "input_ids" ? value.object : value;
}

/** Whether more than one text is certainly tokenised. */
function isBatch(tokenizing: Call): boolean {
  const texts = tokenizing.value("text", 0);
  return texts.kind === "sequence" && texts.items.length > 1;
}

/** The side on which a tokenizer pads, by what the script says of it. */
function sideOf(script: Script, tokenizer: ScriptObject, tokenizing: Call): "left" | "right" | "not set" | undefined {
  const inCall = tokenizing.value("padding_side");
  if (inCall.kind !== "absent") return known(inCall);
  const { call } = tokenizer;
  if (!call || call.isOpen || !call.method.startsWith("from_")) return undefined;
  const value = script.objects.fieldAt(tokenizer, "padding_side", tokenizing.node);
  return value.kind === "absent" ? "not set" : known(value);
}

function known(value: Value): "left" | "right" | undefined {
  const side = stringOf(value);
  return side === "left" || side === "right" ? side : undefined;
}

function fixesOf(script: Script, tokenizer: ScriptObject): Fix[] {
  const { call } = tokenizer;
  if (!call || script.eventsOf(tokenizer).some((event) => event.kind === "written" && event.field === "padding_side")) return [];
  const written = call.keywords.get("padding_side");
  const edit = written ? replaceValue(script, written, '"left"') : addArgument(script, call, "padding_side", '"left"');
  const trains = trainersOf(script).length > 0 || /\.(?:train|backward)\(/.test(script.text);
  return edit ? [{ title: 'Load the tokenizer with `padding_side="left"`', safety: trains ? "unsafe" : "safe", edits: [edit] }] : [];
}
