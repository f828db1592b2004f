import type { Fix } from "../../analysis/finding.js";
import { shownCode } from "../../analysis/message.js";
import { defineRule } from "../../analysis/rule.js";
import type { EnvironmentWrite, Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Kind } from "../../syntax/kind.js";
import { lineTerminatorOf } from "../../syntax/text.js";

export default defineRule({
  id: "python/late-environment-variable",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "peft", "accelerate", "datasets", "sentence-transformers", "simpletransformers", "torch", "wandb"],
  mentions: ["CUDA_VISIBLE_DEVICES", "WANDB_PROJECT"],
  messages: {
    cuda: "CUDA has been started by {first} above, so {name} comes too late and is ignored: the script runs on the GPUs it had. Set it above the imports.",
    afterTorch: "{name} only counts until something starts CUDA, and torch is imported already. Set it above the imports.",
    wandb: "The training above has started its run already, under the project that was set then: {name} comes too late and is ignored. Set it before train().",
  },
  docs: {
    summary: "An environment variable that is set after it has been read.",
    why: `Some environment variables are read once:

- \`CUDA_VISIBLE_DEVICES\` when CUDA starts, which any \`torch.cuda\` call or \`.to("cuda")\` does. Later it is ignored, and the script runs on GPUs it was meant to
  leave alone. Importing torch alone doesn't start CUDA, but another import may: that is a hint;
- \`WANDB_PROJECT\` when training starts.

\`TOKENIZERS_PARALLELISM\` isn't one of them: tokenizers look at it with every batch (measured with 0.15, 0.20 and 0.23), so that it may be set at any time.`,
    examples: [
      {
        bad: `import os

import torch
from transformers import AutoModel

model = AutoModel.from_pretrained("gpt2").to("cuda")
os.environ["CUDA_VISIBLE_DEVICES"] = "1"
`,
        good: `import os

os.environ["CUDA_VISIBLE_DEVICES"] = "1"

import torch
from transformers import AutoModel

model = AutoModel.from_pretrained("gpt2").to("cuda")
`,
      },
    ],
    references: ["https://docs.pytorch.org/docs/stable/notes/cuda.html", "https://docs.wandb.ai/guides/track/environment-variables"],
    silent: "Where the variable is set in another function than what reads it, and for child processes that the script starts.",
  },
  check({ script, report }) {
    // What a child process gets may be set at any time.
    if (/\b(?:subprocess|multiprocessing|Popen|mp\.spawn)\b/.test(script.text)) return;
    for (const write of script.environmentWrites()) {
      const { name, node } = write;
      const at = script.tree.span(node);
      const fixes = fixesOf(script, write);
      if (name === "CUDA_VISIBLE_DEVICES") {
        const first = firstCudaUse(script, node);
        if (first !== NO_NODE) report({ message: "cuda", data: { name, first: shownCode(script.tree.textOf(first)) }, at, related: [{ message: "starts CUDA", range: script.tree.span(first) }], fixes });
        else if (importsTorchBefore(script, node)) report({ message: "afterTorch", data: { name }, at, severity: "hint", fixes });
      } else if (name === "WANDB_PROJECT") {
        const trained = script.callsTo("transformers.Trainer.train").find((call) => script.precedes(call.node, node));
        if (trained && !script.callsTo("transformers.Trainer.train").some((call) => call.node > node)) {
          report({ message: "wandb", data: { name }, at, related: [{ message: "trains", range: trained.span }] });
        }
      }
    }
  },
});

/** The first thing before a place that certainly starts CUDA there: `torch.cuda.x()`, `.to("cuda")`, `.cuda()`. */
function firstCudaUse(script: Script, node: Node): Node {
  const starts = [
    ...script.callsMatching(/^torch\.cuda\.(?:is_available|device_count|current_device|get_device_name|get_device_properties|set_device|empty_cache|memory_allocated|mem_get_info|init|synchronize)$/, /./),
    ...script.callsOfMethod("to").filter((call) => call.positional.some(({ value }) => stringOf(value)?.startsWith("cuda"))),
    ...script.callsOfMethod("cuda").filter((call) => call.receiver?.kind === "instance"),
  ];
  // Asking whether there is a GPU doesn't start CUDA everywhere; counting and moving do.
  const certain = starts.filter((call) => !/is_available|device_count/.test(call.name ?? "") && script.precedes(call.node, node));
  return Math.min(...certain.map((call) => call.node), Number.MAX_SAFE_INTEGER) === Number.MAX_SAFE_INTEGER ? NO_NODE : Math.min(...certain.map((call) => call.node));
}

function importsTorchBefore(script: Script, node: Node): boolean {
  const { tree } = script;
  return (script.scopes.module.bindings.get("torch") ?? []).some(({ source, node: name }) => source.kind === "imported" && name < node && tree.closest(name, Kind.import_statement) !== NO_NODE && script.precedes(name, node));
}

/** A plain line at the top level with a constant moves below `import os`, as long as that stands above everything else that matters. */
function fixesOf(script: Script, { value, node }: EnvironmentWrite): Fix[] {
  const { tree, text } = script;
  const statement = tree.kind(tree.parent(node)) === Kind.expression_statement ? tree.parent(node) : node;
  const imported = script.scopes.module.bindings.get("os")?.find(({ source }) => source.kind === "imported" && source.name === "os");
  if (tree.parent(statement) !== 0 || stringOf(value) === undefined || !imported || (value.kind === "literal" && tree.kind(value.origin) !== Kind.string)) return [];
  const importStatement = tree.closest(imported.node, Kind.import_statement);
  const firstOther = script.scopes.aliasing.find(({ source, node: name }) => source.kind === "imported" && name < imported.node && /^(?:torch|transformers|trl|peft|accelerate|sentence_transformers|simpletransformers)\b/.test(source.name));
  if (importStatement === NO_NODE || firstOther || importStatement > statement) return [];
  const end = tree.end(importStatement);
  const lineEnd = tree.end(statement);
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(lineEnd));
  const start = tree.start(statement);
  if (!rest || (start > 0 && !/[\r\n\uFEFF]/.test(text.charAt(start - 1)))) return [];
  const edits = [
    { start: end, end, newText: `${lineTerminatorOf(text)}${tree.textOf(statement)}` },
    { start, end: lineEnd + rest[0].length, newText: "" },
  ];
  return [{ title: "Move it below `import os`, above the other imports", safety: "safe", edits }];
}
