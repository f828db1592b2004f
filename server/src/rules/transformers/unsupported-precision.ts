import { removeArgument } from "../../analysis/edits.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Fix } from "../../analysis/finding.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { truthOf } from "../../script/values.js";
import { beyondGpus, ON_CPU, type BeyondGpus } from "./gpuPrecision.js";
import { always } from "./trainers.js";

type Message = "cpu" | "halfOnCpu" | "halfOnCpuInOld" | BeyondGpus["message"];

export default defineRule<Message>({
  id: "transformers/unsupported-precision",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["tf32", "bf16", "use_cpu", "no_cuda"],
  messages: {
    cpu: "tf32 is a mode of GPUs, of no use with {flag}=True: raises ValueError when {class} is built on a machine without an Ampere or newer GPU. Drop tf32.",
    halfOnCpu: "{half} doesn't go with {flag}=True in this version of transformers: raises ValueError when {class} is built. Drop {half}.",
    halfOnCpuInOld: "{half} doesn't go with {flag}=True before transformers 4.41: raises ValueError when {class} is built. Drop {half}.",
    tf32: "tf32 is a mode of Ampere and newer GPUs: raises ValueError when {class} is built on this machine, with its {gpus}. Drop tf32.",
    emulated: "{brain} is only emulated on this machine's {gpus}, older than Ampere: it runs, but slowly. {remedy}.",
    refused: "{brain} needs an Ampere or newer GPU in these versions: raises ValueError when {class} is built on this machine, with its {gpus}. {remedy}.",
    emulatedOrRefused: "{brain} is only emulated on this machine's {gpus}, older than Ampere, and raises ValueError before transformers 4.35 or torch 2.3. {remedy}.",
  },
  docs: {
    summary: "tf32 or fp16 for a training on the CPU; tf32 or bf16 where this machine's GPU has neither.",
    why: `TensorFloat-32 is a mode of NVIDIA GPUs from Ampere on. \`TrainingArguments(tf32=True)\` raises \`ValueError\` ("--tf32 requires Ampere or a newer GPU arch") on a machine that has none, and
\`use_cpu=True\` says that none is to be used. With such a GPU in the machine it is accepted, because only the GPU is asked for, and does nothing for a training on the CPU. \`tf32=False\` is accepted everywhere, and so is
\`bf16=True\` on the CPU. \`fp16=True\` on the CPU raises \`ValueError\` before transformers 4.41, and trains from then on (with torch 2.3 or newer).

GPUs before Ampere (T4, V100, P100, RTX 20) have no bf16 either. \`bf16=True\` raises \`ValueError\` there before transformers 4.35, and with torch before 2.3; from then on \`torch.cuda.is_bf16_supported()\` is content with emulation: it runs, but
without the speed. \`fp16=True\` is what the tensor cores of V100 and T4 are made for.

Which GPUs there are is read from the files of the NVIDIA driver (\`/proc/driver/nvidia/gpus\`, on Linux); nothing is started for it. What follows from them is only ever information: a script that is written on one machine may well train on another, as from the
login node of a cluster.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", use_cpu=True, tf32=True)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", use_cpu=True)
`,
      },
      {
        versions: { transformers: "4.40.2" },
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", use_cpu=True, fp16=True)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", use_cpu=True, bf16=True)
`,
      },
    ],
    references: [
      "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/training_args.py",
      "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/utils/import_utils.py#L730",
      "https://github.com/huggingface/transformers/blob/v4.36.2/src/transformers/training_args.py#L1490",
      "https://github.com/pytorch/pytorch/blob/v2.7.1/torch/cuda/__init__.py#L177",
    ],
    silent:
      "Where an argument comes from outside or is written later. Of the GPU: where the machine has none that is known, or one from Ampere on beside the others, and where the script asks for the hardware itself (`torch.cuda.is_bf16_supported()`, `get_device_capability()`).",
  },
  check(context) {
    const { script, report } = context;
    for (const call of script.callsTo("transformers.TrainingArguments")) {
      if (checkOnCpu(context, call)) continue;
      for (const { argument, name, ...fault } of beyondGpus(context, call)) {
        // The script may train elsewhere.
        report({ ...fault, severity: "information", at: script.tree.span(argument.entry), raises: "ValueError", fixes: [dropping(script, argument, name)] });
      }
    }
  },
});

/** @returns whether the call says that it trains on the CPU, with what is a finding there. */
function checkOnCpu({ script, report, versionsAtNode }: RuleContext<Message>, call: Call): boolean {
  const flag = ON_CPU.map((name) => call.keywords.get(name)).find((argument) => argument !== undefined);
  if (!flag) return false;
  const isOnCpuWith = (argument: Argument): boolean =>
    always({ argument: argument.value, flag: flag.value }, (way) => truthOf(way.argument) === true && truthOf(way.flag) === true);
  const related = [{ message: "trains on the CPU", range: script.tree.span(flag.entry) }];
  const data = { flag: flag.name ?? "use_cpu", class: call.method };
  const tf32 = call.keywords.get("tf32");
  if (tf32 && isOnCpuWith(tf32)) {
    report({ message: "cpu", data, at: script.tree.span(tf32.entry), raises: "ValueError", related, fixes: [dropping(script, tf32, "tf32")] });
    return true;
  }
  for (const half of ["fp16", "fp16_full_eval"]) {
    const argument = call.keywords.get(half);
    if (!argument || !isOnCpuWith(argument)) continue;
    const when = { transformers: "<4.41" };
    // Of no harm in what most people have today: worth a word where the version isn't known, and not more.
    const isCertain = versionsAtNode(call.node).holds(when) === "always";
    report({
      message: "halfOnCpu",
      unsure: "halfOnCpuInOld",
      severity: isCertain ? "error" : "information",
      when,
      data: { ...data, half },
      at: script.tree.span(argument.entry),
      raises: "ValueError",
      related,
      fixes: [dropping(script, argument, half)],
    });
  }
  return truthOf(flag.value) === true;
}

function dropping(script: Script, argument: Argument, name: string): Fix {
  return { title: `Drop \`${name}\``, safety: "unsafe", edits: [removeArgument(script, argument)] };
}
