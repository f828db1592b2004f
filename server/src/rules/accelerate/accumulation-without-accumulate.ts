import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { acceleratorCalls, acceleratorOf, inSameFunction, receiverText } from "./accelerators.js";

/** What a script does that accumulates by itself. */
const OWN_WAYS = ["accumulate", "no_sync", "sync_gradients", "_set_sync_gradients", "trigger_sync_in_backward", "set_gradient_accumulation_steps"];

export default defineRule({
  id: "accelerate/accumulation-without-accumulate",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  mentions: ["gradient_accumulation_steps"],
  messages: {
    never: "Nothing is accumulated without `with {accelerator}.accumulate(model):`, and backward() divides by {steps} all the same: every batch steps with 1/{steps} of its gradient.",
  },
  docs: {
    summary: "gradient_accumulation_steps of an Accelerator whose loop doesn't accumulate.",
    why: `\`Accelerator(gradient_accumulation_steps=N)\` makes \`accelerator.backward\` divide every loss by N. That \`optimizer.step()\` waits for the N-th batch is the work of
\`with accelerator.accumulate(model):\`. Without it the optimizer steps after every batch, with a gradient that is N times too small; nothing says so. (DeepSpeed's engine accumulates by itself.)`,
    examples: [
      {
        bad: `from accelerate import Accelerator

accelerator = Accelerator(gradient_accumulation_steps=4)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    loss = model(**batch).loss
    accelerator.backward(loss)
    optimizer.step()
    optimizer.zero_grad()
`,
        good: `from accelerate import Accelerator

accelerator = Accelerator(gradient_accumulation_steps=4)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    with accelerator.accumulate(model):
        loss = model(**batch).loss
        accelerator.backward(loss)
        optimizer.step()
        optimizer.zero_grad()
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py", "https://huggingface.co/docs/accelerate/usage_guides/gradient_accumulation"],
    silent: "Where the script steps under a condition of its own, uses `no_sync`, or gives a DeepSpeed plugin; where the number comes from outside.",
  },
  check({ script, report }) {
    if (OWN_WAYS.some((name) => script.scopes.attributes(name).length > 0)) return;
    const reported = new Set<Call>();
    for (const backward of acceleratorCalls(script, "backward")) {
      const accelerator = acceleratorOf(backward.receiver);
      const steps = numberOf(accelerator?.value("gradient_accumulation_steps") ?? { kind: "absent" });
      if (!accelerator || accelerator.isOpen || steps === undefined || steps < 2 || reported.has(accelerator)) continue;
      if (["deepspeed_plugin", "gradient_accumulation_plugin", "deepspeed_plugins"].some((name) => accelerator.keywords.has(name)) || !stepsWith(script, backward)) continue;
      reported.add(accelerator);
      const argument = accelerator.keywords.get("gradient_accumulation_steps");
      if (!argument) continue;
      report({ message: "never", data: { accelerator: receiverText(script, backward), steps }, at: script.tree.span(argument.entry), related: [{ message: "the loop", range: backward.nameSpan }] });
    }
  },
});

/** Whether an optimizer certainly steps wherever this backward has run: no condition decides on the one and not on the other. */
function stepsWith(script: Script, backward: Call): boolean {
  const arms = script.flow.armsOf(backward.node);
  if (!arms.some((arm) => arm.kind === "loop")) return false;
  const steps = script.callsOfMethod("step").filter((call) => call.node > backward.node && inSameFunction(script, call.node, backward.node) && call.positional.length === 0);
  const optimizers = steps.filter((call) => /optim|^opt$/i.test(receiverText(script, call)));
  const isUnconditional = (call: Call): boolean => script.flow.armsOf(call.node).every((arm) => arms.some((other) => other.body === arm.body));
  return optimizers.length > 0 && optimizers.every(isUnconditional);
}
