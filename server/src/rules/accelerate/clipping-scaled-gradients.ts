import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import { acceleratorCalls, acceleratorOf, earlierInFunction, receiverText } from "./accelerators.js";

/** Parameters that torch's functions and the Accelerator's have in common. */
const SHARED: ReadonlySet<string> = new Set(["parameters", "max_norm", "norm_type", "clip_value"]);

export default defineRule({
  id: "accelerate/clipping-scaled-gradients",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  mentions: ["clip_grad_norm_", "clip_grad_value_"],
  messages: {
    fp16: "Under fp16 the gradients are still scaled here: {method} clips nearly all of them away. Call {accelerator}.{method}.",
    other: "torch's {method} sees scaled gradients under fp16, and shards under FSDP or DeepSpeed. Call {accelerator}.{method}.",
  },
  docs: {
    summary: "torch's gradient clipping in a loop that Accelerate runs.",
    why: `Under fp16 \`accelerator.backward\` leaves gradients that are multiplied by the scaler's factor (65536 at first). \`torch.nn.utils.clip_grad_norm_\` clips those: at \`max_norm=1.0\` next to
nothing is left of them once they are unscaled. \`accelerator.clip_grad_norm_\` unscales first, and under FSDP or DeepSpeed it computes the norm over all shards.`,
    examples: [
      {
        bad: `import torch
from accelerate import Accelerator

accelerator = Accelerator(mixed_precision="fp16")
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    accelerator.backward(model(**batch).loss)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
`,
        good: `from accelerate import Accelerator

accelerator = Accelerator(mixed_precision="fp16")
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    accelerator.backward(model(**batch).loss)
    accelerator.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py", "https://huggingface.co/docs/accelerate/concept_guides/gradient_synchronization"],
    silent: "Where the script unscales the gradients by itself (`accelerator.unscale_gradients()`). Only a hint where fp16 isn't asked for in the script.",
  },
  check({ script, report }) {
    if (script.scopes.attributes("unscale_gradients").length > 0 || script.scopes.attributes("unscale_").length > 0) return;
    const backwards = acceleratorCalls(script, "backward");
    for (const method of ["clip_grad_norm_", "clip_grad_value_"]) {
      for (const call of script.callsTo(`torch.nn.utils.${method}`)) {
        const backward = earlierInFunction(script, backwards, call.node);
        const accelerator = acceleratorOf(backward?.receiver);
        if (!backward || !accelerator) continue;
        const isFp16 = stringOf(accelerator.value("mixed_precision", 2)) === "fp16";
        const name = receiverText(script, backward);
        report({ message: isFp16 ? "fp16" : "other", severity: isFp16 ? "warning" : "hint", data: { method, accelerator: name }, at: script.tree.span(call.function), fixes: fixesOf(script, call, `${name}.${method}`) });
      }
    }
  },
});

function fixesOf(script: Script, call: Call, written: string): Fix[] {
  if (call.isOpen || call.positional.length > 3 || [...call.keywords.keys()].some((name) => !SHARED.has(name))) return [];
  return [{ title: `Call \`${written}\``, safety: "safe", edits: [replaceNode(script.tree, call.function, written)] }];
}
