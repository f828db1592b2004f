import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";

/** Functions whose upper bound is exclusive; `random.randint` of the standard library includes it. */
const FUNCTIONS = ["numpy.random.randint", "torch.randint"] as const;

export default defineRule({
  id: "python/constant-randint",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "datasets", "trl", "peft", "accelerate", "sentence-transformers", "simpletransformers", "torch"],
  mentions: ["randint"],
  messages: {
    constant: "The upper bound of {function} is exclusive: the result is always {low}. For {low} and {next} write {high} as the upper bound.",
  },
  docs: {
    summary: "np.random.randint(0, 1, ...), which is always 0.",
    why: `The upper bound of numpy's and torch's \`randint\` is exclusive, so \`randint(0, 1, n)\` gives nothing but zeros. As labels of a sample they make every model look
perfect, or a loss that never falls. (\`random.randint\` of the standard library does include its upper bound.)`,
    examples: [
      {
        bad: `import numpy as np
from datasets import Dataset

train_dataset = Dataset.from_dict({
    "input_ids": np.random.randint(100, 30000, (512, 512)),
    "labels": np.random.randint(0, 1, 512),
})
`,
        good: `import numpy as np
from datasets import Dataset

train_dataset = Dataset.from_dict({
    "input_ids": np.random.randint(100, 30000, (512, 512)),
    "labels": np.random.randint(0, 2, 512),
})
`,
      },
    ],
    references: ["https://numpy.org/doc/stable/reference/random/generated/numpy.random.randint.html", "https://docs.pytorch.org/docs/stable/generated/torch.randint.html"],
    silent: "For bounds from outside the script, and for generators with an `endpoint`.",
  },
  check({ script, report }) {
    for (const name of FUNCTIONS) {
      for (const call of script.callsTo(name)) {
        const bounds = boundsOf(call, name);
        if (!bounds || bounds.high - bounds.low !== 1) continue;
        const next = bounds.high;
        report({
          message: "constant",
          data: { function: script.tree.textOf(call.function), low: bounds.low, high: next + 1, next },
          at: script.tree.span(bounds.argument.entry),
          fixes: fixesOf(script, call, bounds.argument, next + 1),
        });
      }
    }
  },
});

function boundsOf(call: Call, name: (typeof FUNCTIONS)[number]): { readonly low: number; readonly high: number; readonly argument: Argument } | undefined {
  if (call.isOpen) return undefined;
  // torch.randint(high, size) and torch.randint(low, high, size); numpy.random.randint(high) and numpy.random.randint(low, high, size).
  const second = call.argument("high", 1);
  const high = second && numberOf(second.value);
  if (second && high !== undefined) {
    const low = numberOf(call.value("low", 0));
    return low === undefined ? undefined : { low, high, argument: second };
  }
  const only = name === "torch.randint" ? call.argument("high", 0) : call.argument("low", 0);
  const isOnly = name === "torch.randint" ? second?.value.kind === "sequence" || call.keywords.has("size") : second === undefined;
  const bound = only && numberOf(only.value);
  return only && bound !== undefined && isOnly ? { low: 0, high: bound, argument: only } : undefined;
}

/** Labels are certainly meant to have two values; elsewhere a zero may be meant. */
function fixesOf(script: Script, call: Call, argument: Argument, high: number): Fix[] {
  const { tree } = script;
  if (argument.value.kind !== "literal" || argument.node !== argument.value.origin) return [];
  const pair = tree.parent(call.node);
  const key = tree.kind(pair) === Kind.pair ? tree.textOf(tree.child(pair, Field.key)) : tree.kind(pair) === Kind.keyword_argument ? tree.textOf(tree.child(pair, Field.name)) : "";
  const isLabels = /^["']?labels?["']?$/.test(key);
  return [{ title: `Make the upper bound ${high}`, safety: isLabels ? "safe" : "unsafe", edits: [replaceNode(tree, argument.node, String(high))] }];
}
