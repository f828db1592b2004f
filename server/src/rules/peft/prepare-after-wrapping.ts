import { replaceNode, statementOf } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { Field, Kind } from "../../syntax/kind.js";
import { setsTrainable, wrappingOf } from "./adaptedModels.js";

export default defineRule({
  id: "peft/prepare-after-wrapping",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  mentions: ["prepare_model_for_kbit_training", "prepare_model_for_int8_training"],
  messages: {
    raises: "{function} freezes every weight, the adapter's too: train() raises RuntimeError (does not require grad). Call it before get_peft_model.",
    silent: "{function} freezes every weight, the adapter's too: silently nothing is trained. Call it before get_peft_model.",
  },
  docs: {
    summary: "A model that is prepared for k-bit training after it got its adapter.",
    why: `\`prepare_model_for_kbit_training\` sets \`requires_grad = False\` on all parameters. It is meant for the bare model; called on what \`get_peft_model\` returned, it
freezes the adapter's new weights as well. Training then ends with \`RuntimeError: element 0 of tensors does not require grad\`. With a quantised model it doesn't even
end: the inputs are made to require gradients, so the backward pass runs, and no weight changes.`,
    examples: [
      {
        bad: `from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
model = prepare_model_for_kbit_training(model)
`,
        good: `from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
model = prepare_model_for_kbit_training(model)
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
`,
      },
    ],
    references: ["https://github.com/huggingface/peft/blob/v0.17.0/src/peft/utils/other.py", "https://huggingface.co/docs/peft/developer_guides/quantization"],
    silent: "Where the script sets `requires_grad` by itself; for adapters that were loaded.",
  },
  check({ script, report }) {
    if (setsTrainable(script)) return;
    for (const call of [...script.callsTo("peft.prepare_model_for_kbit_training"), ...script.callsTo("peft.prepare_model_for_int8_training")]) {
      const wrapping = wrappingOf(call.value("model", 0));
      if (!wrapping) continue;
      const base = wrapping.value("model", 0);
      const load = base.kind === "instance" && base.object.className?.startsWith("transformers.") === true ? base.object.call : undefined;
      const isPlain = load !== undefined && !mayBeQuantized(load);
      report({
        message: isPlain ? "raises" : "silent",
        severity: isPlain ? "error" : "warning",
        data: { function: call.method },
        at: call.nameSpan,
        ...(isPlain ? { raises: "RuntimeError" } : {}),
        fixes: fixesOf(script, wrapping, call),
      });
    }
  },
});

function mayBeQuantized(call: Call): boolean {
  return call.isOpen || ["quantization_config", "load_in_8bit", "load_in_4bit"].some((name) => call.keywords.has(name)) || /bnb|4bit|8bit|gptq|awq|quant|int[48]/i.test(writtenName(call));
}

function writtenName(call: Call): string {
  const name = call.value("pretrained_model_name_or_path", 0);
  return name.kind === "literal" ? String(name.value) : "";
}

/** Swaps the two statements where they stand one after the other and both rebind the same name. */
function fixesOf(script: Script, wrapping: Call, preparing: Call): Fix[] {
  const { tree } = script;
  const [first, second] = [statementOf(tree, wrapping.node), statementOf(tree, preparing.node)];
  const adjacent = tree.nextSibling(first) === second;
  const rebinds = (call: Call): string | undefined => {
    const assignment = tree.parent(call.node);
    const name = tree.textOf(tree.child(assignment, Field.left));
    const argument = call.argument("model", 0);
    return tree.kind(assignment) === Kind.assignment && argument && tree.textOf(argument.node) === name ? name : undefined;
  };
  const name = rebinds(wrapping);
  if (!adjacent || name === undefined || name !== rebinds(preparing)) return [];
  const edits = [replaceNode(tree, first, tree.textOf(second)), replaceNode(tree, second, tree.textOf(first))];
  return [{ title: "Prepare the model before it gets its adapter", safety: "safe", edits }];
}
