import { addBeside, removeArgument, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, truthOf, type Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { isCausal, isSeq2Seq } from "../transformers/models.js";
import { defaultsOf, generationsOf, optionOf, type Generation, type GenerationOption } from "./generateCalls.js";

type Mode = "sampling" | "beams" | "dict";

interface Row {
  readonly option: string;
  readonly mode: Mode;
  /** Whether a value asks for something that only this mode can do. */
  readonly asks: (value: Value) => boolean;
}

const isNumber = (test: (number: number) => boolean) => (value: Value): boolean => {
  const number = numberOf(value);
  return number !== undefined && test(number);
};
const isTrue = (value: Value): boolean => truthOf(value) === true;

/** What each decoding mode reads (GenerationConfig.validate). A temperature or a cut near 0 says greedy as well, so nothing is lost. */
const ROWS: readonly Row[] = [
  { option: "temperature", mode: "sampling", asks: isNumber((number) => number > 0.01 && number !== 1) },
  { option: "top_p", mode: "sampling", asks: isNumber((number) => number > 0.01 && number < 1) },
  { option: "top_k", mode: "sampling", asks: isNumber((number) => number > 1 && number !== 50) },
  { option: "min_p", mode: "sampling", asks: isNumber((number) => number > 0) },
  { option: "typical_p", mode: "sampling", asks: isNumber((number) => number > 0 && number < 1) },
  { option: "length_penalty", mode: "beams", asks: isNumber((number) => number !== 1) },
  { option: "early_stopping", mode: "beams", asks: isTrue },
  { option: "output_scores", mode: "dict", asks: isTrue },
  { option: "output_logits", mode: "dict", asks: isTrue },
  { option: "output_attentions", mode: "dict", asks: isTrue },
  { option: "output_hidden_states", mode: "dict", asks: isTrue },
];

export default defineRule({
  id: "generation/ignored-flag",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["temperature", "top_p", "top_k", "min_p", "typical_p", "length_penalty", "early_stopping", "output_scores", "output_logits", "output_attentions", "output_hidden_states"],
  messages: {
    sampling: "Only sampling reads {options}, and this decodes greedily: every run gives the same text. Set do_sample=True, or drop {options}.",
    samplingUnlessCheckpoint: "Only sampling reads {options}, and without do_sample=True that is up to the checkpoint's own generation config. Set do_sample.",
    beams: "Only beam search reads {options}, and num_beams is 1: {options} has no effect. Set num_beams above 1, or drop {options}.",
    beamsUnlessCheckpoint: "Only beam search reads {options}, and without num_beams that is up to the checkpoint's own generation config. Set num_beams.",
    dict: "generate() returns a plain tensor here, without what {options} asks for. Set return_dict_in_generate=True too.",
  },
  docs: {
    summary: "An option of generate() that has no effect in this decoding mode.",
    why: `\`temperature\`, \`top_p\`, \`top_k\` and their like only count while sampling, which \`do_sample=True\` switches on. \`length_penalty\` and \`early_stopping\` only count with beams.
\`output_scores\` and its like only come back with \`return_dict_in_generate=True\`. \`generate()\` takes them all the same and at most logs that they "may be ignored": the text is greedy and
the same in every run, and the scores aren't there.

Many chat models switch sampling on in their own generation config. Where the script says nothing of \`do_sample\` and the checkpoint isn't known, this is only information.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, temperature=0.7, top_p=0.9)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
inputs = tokenizer("Once upon a time", return_tensors="pt")
output = model.generate(**inputs, max_new_tokens=20, do_sample=True, temperature=0.7, top_p=0.9)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/generation/configuration_utils.py"],
    silent: "Where the mode comes from outside the script; on values that mean greedy decoding anyway (`temperature=0`); on models with a generate() of their own, such as Whisper.",
  },
  check(ctx) {
    const { script } = ctx;
    const told = new Set<Node>();
    for (const generation of generationsOf(script)) {
      if (!isCausal(generation.model) && !isSeq2Seq(generation.model) && !generation.model.className?.startsWith("peft.")) continue;
      for (const mode of ["sampling", "beams", "dict"] as const) {
        const state = stateOf(script, generation, mode);
        if (!state || state === "on") continue;
        const given = ROWS.filter((row) => row.mode === mode).flatMap((row) => {
          const option = optionOf(script, generation, row.option);
          return option.entry !== NO_NODE && row.asks(option.value) ? [{ row, option }] : [];
        });
        const lost = optionOf(script, generation, "penalty_alpha").value.kind === "absent" ? given : given.filter(({ row }) => row.option !== "top_k");
        const [first] = lost;
        if (!first || told.has(first.option.entry)) continue;
        told.add(first.option.entry);
        const options = lost.map(({ row, option }) => (mode === "dict" ? row.option : `${row.option}=${script.tree.textOf(option.node)}`));
        ctx.report({
          message: state === "off" || mode === "dict" ? mode : mode === "sampling" ? "samplingUnlessCheckpoint" : "beamsUnlessCheckpoint",
          severity: state === "off" ? "warning" : "information",
          data: { options: options.length > 2 ? `${options.slice(0, 2).join(", ")} ...` : options.join(" and ") },
          at: script.tree.span(first.option.entry),
          fixes: fixesOf(script, generation, mode, first.option, lost.map(({ option }) => option)),
        });
      }
    }
  },
});

/** Whether a mode is on, certainly off, or off unless the checkpoint's own generation config says otherwise; undefined where that isn't known. */
function stateOf(script: Script, generation: Generation, mode: Mode): "on" | "off" | "unless the checkpoint" | undefined {
  const { value } = optionOf(script, generation, mode === "sampling" ? "do_sample" : mode === "beams" ? "num_beams" : "return_dict_in_generate");
  if (value.kind === "absent") {
    if (mode === "dict") return "off";
    const defaults = defaultsOf(generation.model);
    if (!defaults) return "unless the checkpoint";
    return (mode === "sampling" ? defaults.samples : defaults.beams > 1) ? "on" : "off";
  }
  const isOn = mode === "beams" ? (numberOf(value) === undefined ? undefined : (numberOf(value) ?? 1) > 1) : truthOf(value);
  return isOn === undefined ? undefined : isOn ? "on" : "off";
}

function fixesOf(script: Script, generation: Generation, mode: Mode, first: GenerationOption, lost: readonly GenerationOption[]): Fix[] {
  const written = [...generation.call.keywords.values(), ...(generation.config?.call?.keywords.values() ?? [])];
  const argumentOf = (entry: Node): Argument | undefined => written.find((each) => each.entry === entry);
  const argument = argumentOf(first.entry);
  const switched = optionOf(script, generation, mode === "sampling" ? "do_sample" : "return_dict_in_generate");
  const fixes: Fix[] = [];
  if (mode !== "beams" && argument) {
    const name = mode === "sampling" ? "do_sample" : "return_dict_in_generate";
    const title = mode === "sampling" ? "Set `do_sample=True`, so that it samples" : "Set `return_dict_in_generate=True` (the result is then an object)";
    if (switched.entry === NO_NODE) fixes.push({ title, safety: "unsafe", edits: [addBeside(script, argument, name, "True")] });
    else if (switched.value.kind === "literal" && switched.node === switched.value.origin) fixes.push({ title, safety: "unsafe", edits: [replaceNode(script.tree, switched.node, "True")] });
  }
  if (argument && lost.length === 1) fixes.push({ title: "Drop it", safety: "unsafe", edits: [removeArgument(script, argument)] });
  return fixes;
}
