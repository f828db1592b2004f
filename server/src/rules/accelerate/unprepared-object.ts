import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { acceleratorCalls, inSameFunction, receiverText } from "./accelerators.js";

export default defineRule({
  id: "accelerate/unprepared-object",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  mentions: ["prepare"],
  messages: {
    optimizer: "{name} is never passed to {accelerator}.prepare: it steps without Accelerate's scaling, accumulation and sharding. Prepare it with the model.",
    loader: "{name} is never passed to {accelerator}.prepare: every process trains on all of its batches, and they stay on the CPU. Prepare it with the model.",
  },
  docs: {
    summary: "An optimizer or a training DataLoader that the Accelerator never prepares.",
    why: `\`accelerator.prepare\` is what makes a loop distributed. A \`DataLoader\` that doesn't pass through it gives every process the same batches, so that two GPUs do the same work twice. An optimizer
that doesn't steps on gradients that fp16 has scaled, ignores \`accumulate\`, and holds parameters that FSDP has replaced.`,
    examples: [
      {
        bad: `import torch
from accelerate import Accelerator
from torch.utils.data import DataLoader

accelerator = Accelerator()
optimizer = torch.optim.AdamW(model.parameters())
loader = DataLoader(dataset, batch_size=8)
model, optimizer = accelerator.prepare(model, optimizer)
for batch in loader:
    accelerator.backward(model(**batch).loss)
    optimizer.step()
`,
        good: `import torch
from accelerate import Accelerator
from torch.utils.data import DataLoader

accelerator = Accelerator()
optimizer = torch.optim.AdamW(model.parameters())
loader = DataLoader(dataset, batch_size=8)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    accelerator.backward(model(**batch).loss)
    optimizer.step()
`,
      },
    ],
    references: ["https://huggingface.co/docs/accelerate/basic_tutorials/migration", "https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py"],
    silent: "For a loader with a sampler of its own; where anything unknown is passed to `prepare`; for models, which may be there for reading only.",
  },
  check({ script, report }) {
    const { tree } = script;
    for (const backward of acceleratorCalls(script, "backward")) {
      const prepares = acceleratorCalls(script, "prepare");
      if (!prepares.some((call) => inSameFunction(script, call.node, backward.node)) || prepares.some((call) => call.isOpen)) continue;
      const accelerator = receiverText(script, backward);
      const loop = loopAround(script, backward.node);
      if (loop === NO_NODE) continue;
      const iterated = iteratedIn(script, tree.child(loop, Field.right));
      const loader = objectOf(script.evaluate(iterated));
      const hasOwnSampler = loader?.call === undefined || loader.call.isOpen || ["sampler", "batch_sampler"].some((name) => loader.call?.keywords.has(name));
      if (loader?.className === "torch.utils.data.DataLoader" && !hasOwnSampler && isUnprepared(script, loader)) {
        report({ message: "loader", data: { name: tree.textOf(iterated), accelerator }, at: tree.span(iterated) });
      }
      for (const step of script.callsOfMethod("step").filter((call) => call.node > backward.node && tree.contains(loop, call.node))) {
        const optimizer = objectOf(step.receiver);
        if (!/^torch\.optim\.[A-Z]\w*$/.test(optimizer?.className ?? "") || !optimizer || !isUnprepared(script, optimizer)) continue;
        report({ message: "optimizer", data: { name: receiverText(script, step), accelerator }, at: tree.span(tree.child(step.function, Field.object)) });
      }
    }
  },
});

const objectOf = (value: Value | undefined): ScriptObject | undefined => (value?.kind === "instance" ? value.object : undefined);

/** Whether an object certainly goes to no `prepare`, and to no code that can't be seen. */
function isUnprepared(script: Script, object: ScriptObject): boolean {
  const goesToPrepare = (call: Call | undefined): boolean => call?.method.startsWith("prepare") === true || call?.method.startsWith("register") === true;
  return !script.eventsOf(object).some((event) => event.kind === "escaped" || (event.kind === "passed" && goesToPrepare(event.call)));
}

/** The innermost `for` around a place. */
function loopAround(script: Script, node: Node): Node {
  return script.tree.closest(node, Kind.for_statement);
}

/** What a loop goes over: the loader behind `enumerate` and `tqdm`. */
function iteratedIn(script: Script, expression: Node): Node {
  const { tree } = script;
  if (tree.kind(expression) !== Kind.call) return expression;
  const call = script.callAt(expression);
  const isTransparent = /^(?:builtins\.enumerate|tqdm(?:\.\w+)*)$/.test(call.name ?? "");
  const inner = call.positional[0]?.node;
  return isTransparent && inner !== undefined ? iteratedIn(script, inner) : expression;
}
