import type { Fix } from "../../analysis/finding.js";
import { deleteStatement, statementOf } from "../../analysis/edits.js";
import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";
import { quantizationOf } from "./quantization.js";

const DTYPE = /^torch\.(?:float(?:16|32|64)?|half|bfloat16|double|int8|u?int(?:8|16|32|64))$/;

export default defineRule({
  id: "accelerate/moved-quantized-model",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["load_in_4bit", "load_in_8bit"],
  messages: {
    cast: "A model in {bits} bits can't be cast: {written} raises ValueError. Drop it, and choose the dtype in from_pretrained.",
    moved: "A model in 8 bits can't be moved: {written} raises ValueError. Drop it; from_pretrained has put it on the GPU.",
    movedUnsure: "A model in 8 bits can't be moved in transformers 4: {written} raises ValueError. Drop it; from_pretrained has put it on the GPU.",
    moved4: "bitsandbytes before 0.43.2 can't move a model in 4 bits: {written} raises ValueError. Drop it; from_pretrained has put it on the GPU.",
  },
  docs: {
    summary: "A quantised model that is cast or moved.",
    why: `\`.half()\`, \`.float()\` and \`.to(dtype)\` raise \`ValueError\` for every model that bitsandbytes has quantised. \`.to(device)\` and \`.cuda()\` do for 8 bits in transformers 4; for 4 bits only with
bitsandbytes before 0.43.2. \`from_pretrained\` has put the model where \`device_map\` says, and in the dtype that it was asked for.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, BitsAndBytesConfig

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", quantization_config=BitsAndBytesConfig(load_in_4bit=True))
model.half()
`,
        good: `from transformers import AutoModelForCausalLM, BitsAndBytesConfig

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", quantization_config=BitsAndBytesConfig(load_in_4bit=True))
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/modeling_utils.py", "https://github.com/huggingface/transformers/blob/v4.36.2/src/transformers/modeling_utils.py"],
    silent: "For a model that is wrapped (`get_peft_model`), and where the precision is chosen outside the script.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of ["half", "float", "to", "cuda"].flatMap((method) => script.callsOfMethod(method))) {
      const { receiver } = call;
      const quantization = receiver?.kind === "instance" ? quantizationOf(receiver.object) : undefined;
      if (!quantization) continue;
      const { bits } = quantization;
      const common = { data: { bits, written: shownCode(script.tree.text.slice(call.nameSpan.start - 1, call.span.end)) }, at: { start: call.nameSpan.start, end: call.span.end }, raises: "ValueError", fixes: fixesOf(script, call) };
      const isCast = call.method === "half" || call.method === "float" || (call.method === "to" && (call.keywords.has("dtype") || call.positional.some(({ value }) => isDtype(value))));
      if (isCast) ctx.report({ message: "cast", ...common });
      else if (bits === 8) ctx.report({ message: "moved", unsure: "movedUnsure", ...common, when: { transformers: "<5" } });
      else if (ctx.versionsAt(call.span.start).holds({ bitsandbytes: "<0.43.2" }) === "always") ctx.report({ message: "moved4", ...common });
    }
  },
});

function isDtype(value: Value): boolean {
  return value.kind === "reference" && DTYPE.test(value.name);
}

/** Drops the call: the statement where it is all there is, else `.half()` alone. */
function fixesOf(script: Script, call: Call): Fix[] {
  const { tree } = script;
  const receiver = tree.child(call.function, Field.object);
  const statement = statementOf(tree, call.node);
  const parent = tree.parent(call.node);
  const isAlone = tree.kind(parent) === Kind.expression_statement || (tree.kind(parent) === Kind.assignment && tree.textOf(tree.child(parent, Field.left)) === tree.textOf(receiver));
  const isPlainName = tree.kind(receiver) === Kind.identifier;
  const edit = isAlone && isPlainName ? deleteStatement(tree, statement) : { start: tree.end(receiver), end: call.span.end, newText: "" };
  return [{ title: "Drop the call", safety: "unsafe", edits: [edit] }];
}
