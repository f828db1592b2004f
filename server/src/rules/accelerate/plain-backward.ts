import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import { numberOf, stringOf } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";
import { acceleratorCalls, acceleratorOf, earlierInFunction, receiverText } from "./accelerators.js";

export default defineRule({
  id: "accelerate/plain-backward",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  mentions: ["backward"],
  messages: {
    plain: "{written} goes past Accelerate: no scaling of fp16 gradients, no division by accumulation steps, no DeepSpeed. Call {accelerator}.backward({loss}).",
    fp16: "{written} goes past Accelerate, whose fp16 needs scaled gradients. Call {accelerator}.backward({loss}).",
    accumulating: "{written} goes past Accelerate: the loss isn't divided by the {steps} accumulation steps. Call {accelerator}.backward({loss}).",
  },
  docs: {
    summary: "loss.backward() in a loop that Accelerate has prepared.",
    why: `\`accelerator.backward(loss)\` divides the loss by the accumulation steps, scales it under fp16, and hands it to DeepSpeed's engine where there is one. \`loss.backward()\` does none of it, and
nothing says so: gradients underflow, accumulated batches weigh too much, and DeepSpeed's optimizer never sees them. On one process in full precision both are the same, until somebody answers
\`accelerate config\` differently.`,
    examples: [
      {
        bad: `from accelerate import Accelerator

accelerator = Accelerator()
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    loss = model(**batch).loss
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
`,
        good: `from accelerate import Accelerator

accelerator = Accelerator()
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    loss = model(**batch).loss
    accelerator.backward(loss)
    optimizer.step()
    optimizer.zero_grad()
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py", "https://huggingface.co/docs/accelerate/basic_tutorials/migration"],
    silent: "Where the script calls `accelerator.backward` anywhere, or scales by itself (`scaler.scale(loss).backward()`).",
  },
  check({ script, report }) {
    const { tree } = script;
    const calls = script.callsOfMethod("backward");
    // With the loss as an argument it is the Accelerator's, or DeepSpeed's engine's.
    if (calls.some((call) => call.positional.length > 0 || call.isOpen)) return;
    const prepares = acceleratorCalls(script, "prepare").filter((call) => call.positional.length >= 2);
    for (const call of calls) {
      const receiver = tree.child(call.function, Field.object);
      const prepare = earlierInFunction(script, prepares, call.node);
      const accelerator = acceleratorOf(prepare?.receiver);
      const isScaled = tree.kind(receiver) === Kind.call && /(?:^|\.)scale$/.test(tree.textOf(tree.child(receiver, Field.function)));
      if (!prepare || !accelerator || isScaled) continue;
      const isPlainName = tree.kind(receiver) === Kind.identifier || tree.kind(receiver) === Kind.attribute;
      const [loss, name] = [tree.textOf(receiver), receiverText(script, prepare)];
      const steps = numberOf(accelerator.value("gradient_accumulation_steps")) ?? 1;
      const rest = [...call.keywords.values()].map(({ entry }) => `, ${tree.textOf(entry)}`).join("");
      report({
        message: steps > 1 ? "accumulating" : stringOf(accelerator.value("mixed_precision")) === "fp16" ? "fp16" : "plain",
        data: { written: `${shownCode(loss, 30)}.backward()`, accelerator: name, loss: shownCode(loss, 30), steps },
        at: call.span,
        fixes: [{ title: `Call \`${name}.backward\``, safety: isPlainName ? "safe" : "unsafe", edits: [{ ...call.span, newText: `${name}.backward(${loss}${rest})` }] }],
      });
    }
  },
});
