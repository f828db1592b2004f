import type { Fix } from "../../analysis/finding.js";
import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import { MODEL } from "../../knowledge/classes.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";

/** Maps by which accelerate spreads a model over what there is. */
const SPREADS = /^(?:auto|balanced|balanced_low_0|sequential)$/;

export default defineRule({
  id: "transformers/moved-dispatched-model",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["device_map"],
  messages: {
    moved: 'device_map="{map}" has placed this model: {written} moves all of it onto one device, and raises RuntimeError where a part is offloaded. Drop {written}.',
  },
  docs: {
    summary: "A model that device_map has placed, moved by .to() or .cuda().",
    why: `With \`device_map="auto"\` accelerate spreads a model over the GPUs, and over main memory and disk where they don't suffice. \`.to("cuda")\` or \`.cuda()\` afterwards undoes it: everything goes onto
one GPU (out of memory, if it was spread for a reason), and where a part is offloaded it raises \`RuntimeError: You can't move a model that has some modules offloaded to cpu or disk.\` With a
single GPU and enough memory nothing happens, so the mistake shows on another machine. Inputs go to \`model.device\`.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("gpt2", device_map="auto")
model.to("cuda")
`,
        good: `from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("gpt2", device_map="auto")
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/main/src/accelerate/big_modeling.py", "https://huggingface.co/docs/accelerate/usage_guides/big_modeling"],
    silent: "For a map of one device; where it moves to the CPU or casts to another dtype; for quantised models.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of [...script.callsOfMethod("to"), ...script.callsOfMethod("cuda")]) {
      const { receiver } = call;
      const loading = receiver?.kind === "instance" && MODEL.test(receiver.object.className ?? "") ? receiver.object.call : undefined;
      const map = loading?.method === "from_pretrained" ? stringOf(loading.value("device_map")) : undefined;
      if (!loading || map === undefined || !SPREADS.test(map) || !movesToGpu(call)) continue;
      if (["quantization_config", "load_in_8bit", "load_in_4bit"].some((name) => loading.value(name).kind !== "absent")) continue;
      const { tree } = script;
      ctx.report({
        message: "moved",
        data: { map, written: shownCode(tree.text.slice(tree.end(tree.child(call.function, Field.object)), tree.end(call.node))) },
        at: { start: tree.end(tree.child(call.function, Field.object)), end: tree.end(call.node) },
        related: [{ message: "placed here", range: loading.nameSpan }],
        fixes: fixesOf(script, call),
      });
    }
  },
});

function movesToGpu(call: Call): boolean {
  if (call.method === "cuda") return call.positional.length === 0 && call.keywords.size === 0;
  const target = call.argument("device", 0)?.value;
  return target !== undefined && !call.keywords.has("dtype") && call.positional.length <= 1 && isGpu(target);
}

function isGpu(value: Value): boolean {
  if (value.kind === "oneOf") return value.alternatives.some((each) => isGpu(each.value)) && value.alternatives.every((each) => stringOf(each.value) !== undefined || isGpu(each.value));
  const text = stringOf(value);
  if (text !== undefined) return text.startsWith("cuda");
  return value.kind === "instance" && value.object.className === "torch.device" ? false : value.kind === "call" && value.call.name === "torch.device" && isGpu(value.call.value("type", 0));
}

function fixesOf(script: Script, call: Call): Fix[] {
  const { tree } = script;
  const object = tree.child(call.function, Field.object);
  // A statement of its own goes as a whole; its line would be empty.
  if (tree.kind(tree.parent(call.node)) === Kind.expression_statement) return [];
  return [{ title: "Leave the model where accelerate has placed it", safety: "unsafe", edits: [{ start: tree.end(object), end: tree.end(call.node), newText: "" }] }];
}
