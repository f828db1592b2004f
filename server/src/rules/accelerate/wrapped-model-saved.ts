import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { MODEL } from "../../knowledge/classes.js";
import { Field } from "../../syntax/kind.js";
import { beforePrepare, receiverText } from "./accelerators.js";

/** The engine of DeepSpeed and the wrapper of FSDP hand on what the model has, `save_pretrained` too. */
const FORWARDING = /deepspeed|fsdp|FullySharded/i;

export default defineRule({
  id: "accelerate/wrapped-model-saved",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  mentions: ["save_pretrained", "push_to_hub"],
  messages: {
    wrapped: "{model} is what prepare() returned: in several processes it is a DistributedDataParallel, and {method} raises AttributeError. Call {accelerator}.unwrap_model({model}) first.",
  },
  docs: {
    summary: "save_pretrained on a model that Accelerate has wrapped.",
    why: `\`accelerator.prepare\` wraps the model for distributed training, and \`DistributedDataParallel\` has neither \`save_pretrained\` nor \`push_to_hub\`: the script runs to its end on one GPU and dies at
saving on two, after the training. \`accelerator.unwrap_model(model)\` gives the model back. Under ZeRO-3 and FSDP pass \`state_dict=accelerator.get_state_dict(model)\` as well.`,
    examples: [
      {
        bad: `from accelerate import Accelerator
from transformers import AutoModelForCausalLM

accelerator = Accelerator()
model = AutoModelForCausalLM.from_pretrained("gpt2")
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
model.save_pretrained("out")
`,
        good: `from accelerate import Accelerator
from transformers import AutoModelForCausalLM

accelerator = Accelerator()
model = AutoModelForCausalLM.from_pretrained("gpt2")
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
accelerator.unwrap_model(model).save_pretrained("out")
`,
      },
    ],
    references: ["https://huggingface.co/docs/accelerate/package_reference/accelerator#accelerate.Accelerator.unwrap_model", "https://huggingface.co/docs/accelerate/usage_guides/checkpoint"],
    silent: "Where the model was unwrapped under its own name; for models that the script doesn't load; where DeepSpeed or FSDP is mentioned, whose wrappers hand save_pretrained on.",
  },
  check({ script, report }) {
    const { tree } = script;
    if (FORWARDING.test(script.text)) return;
    for (const call of [...script.callsOfMethod("save_pretrained"), ...script.callsOfMethod("push_to_hub")]) {
      const { receiver } = call;
      const model = receiver && beforePrepare(receiver);
      if (model?.kind !== "instance" || !MODEL.test(model.object.className ?? "")) continue;
      const prepare = receiver?.kind === "item" && receiver.object.kind === "call" ? receiver.object.call : receiver?.kind === "call" ? receiver.call : undefined;
      if (!prepare) continue;
      const [written, accelerator] = [tree.textOf(tree.child(call.function, Field.object)), receiverText(script, prepare)];
      report({
        message: "wrapped",
        data: { model: written, method: call.method, accelerator },
        at: tree.span(call.function),
        raises: "AttributeError",
        fixes: [{ title: "Unwrap the model", safety: "unsafe", edits: [replaceNode(tree, tree.child(call.function, Field.object), `${accelerator}.unwrap_model(${written})`)] }],
      });
    }
  },
});
