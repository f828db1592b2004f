import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { truthOf } from "../../script/values.js";
import { always } from "./trainers.js";

/** How a script says that it trains on the CPU; the second is the name in transformers 4. */
const ON_CPU = ["use_cpu", "no_cuda"] as const;

export default defineRule({
  id: "transformers/unsupported-precision",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["tf32"],
  messages: {
    cpu: "tf32 is a mode of GPUs, of no use with {flag}=True: raises ValueError when {class} is built on a machine without an Ampere or newer GPU. Drop tf32.",
  },
  docs: {
    summary: "tf32 for a training on the CPU.",
    why: `TensorFloat-32 is a mode of NVIDIA GPUs from Ampere on. \`TrainingArguments(tf32=True)\` raises \`ValueError\` ("--tf32 requires Ampere or a newer GPU arch") on a machine that has none, and
\`use_cpu=True\` says that none is to be used. With such a GPU in the machine it is accepted, because only the GPU is asked for, and does nothing for a training on the CPU. \`tf32=False\` is accepted everywhere, and so is \`bf16=True\` on the CPU.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", use_cpu=True, tf32=True)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", use_cpu=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/training_args.py", "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/utils/import_utils.py#L730"],
    silent: "Where one of the two comes from outside or is written later; for bf16 and fp16, which run on the CPU.",
  },
  check({ script, report }) {
    for (const call of script.callsTo("transformers.TrainingArguments")) {
      const tf32 = call.keywords.get("tf32");
      const flag = ON_CPU.map((name) => call.keywords.get(name)).find((argument) => argument !== undefined);
      if (!tf32 || !flag || !always({ tf32: tf32.value, flag: flag.value }, (way) => truthOf(way.tf32) === true && truthOf(way.flag) === true)) continue;
      report({
        message: "cpu",
        data: { flag: flag.name ?? "use_cpu", class: call.method },
        at: script.tree.span(tf32.entry),
        raises: "ValueError",
        related: [{ message: "trains on the CPU", range: script.tree.span(flag.entry) }],
        fixes: [{ title: "Drop `tf32`", safety: "unsafe", edits: [removeArgument(script, tf32)] }],
      });
    }
  },
});
