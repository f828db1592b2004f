import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { MODEL } from "../../knowledge/classes.js";
import { acceleratorCalls, acceleratorOf, receiverText } from "./accelerators.js";

export default defineRule({
  id: "accelerate/two-models-with-deepspeed",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["accelerate"],
  mentions: ["DeepSpeed"],
  messages: {
    together: "{accelerator}.prepare takes one model under DeepSpeed: raises AssertionError. Build an Accelerator and a DeepSpeedPlugin for each model.",
  },
  docs: {
    summary: "Two models in one prepare() of an Accelerator with DeepSpeed.",
    why: `DeepSpeed wraps a model, its optimizer and its scheduler in one engine, and an Accelerator has one. \`prepare\` with two models raises \`AssertionError: You can't use same Accelerator() instance with
multiple models when using DeepSpeed\`. From accelerate 1.0 on a dictionary of plugins has a configuration for each model, and each gets an Accelerator of its own.`,
    examples: [
      {
        bad: `from accelerate import Accelerator, DeepSpeedPlugin
from transformers import AutoModelForCausalLM

accelerator = Accelerator(deepspeed_plugin=DeepSpeedPlugin(zero_stage=2))
teacher = AutoModelForCausalLM.from_pretrained("gpt2-xl")
student = AutoModelForCausalLM.from_pretrained("gpt2")
teacher, student, optimizer = accelerator.prepare(teacher, student, optimizer)
`,
        good: `from accelerate import Accelerator, DeepSpeedPlugin
from transformers import AutoModelForCausalLM

plugins = {"student": DeepSpeedPlugin(zero_stage=2), "teacher": DeepSpeedPlugin(zero_stage=3)}
student_accelerator = Accelerator(deepspeed_plugins=plugins)
teacher_accelerator = Accelerator()
student = AutoModelForCausalLM.from_pretrained("gpt2")
student, optimizer = student_accelerator.prepare(student, optimizer)
teacher_accelerator.state.select_deepspeed_plugin("teacher")
teacher = teacher_accelerator.prepare(AutoModelForCausalLM.from_pretrained("gpt2-xl"))
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py", "https://huggingface.co/docs/accelerate/usage_guides/deepspeed_multiple_model"],
    silent: "Where the plugin comes from `accelerate launch` and not from the script, and for models that the script takes from elsewhere. From accelerate 1.0 on two calls of prepare only warn.",
  },
  check({ script, report }) {
    for (const prepare of acceleratorCalls(script, "prepare")) {
      if (!hasPlugin(acceleratorOf(prepare.receiver))) continue;
      const models = prepare.positional.filter(({ value }) => isModel(script, value));
      const [first, second] = models as [Argument?, Argument?];
      if (!first || !second) continue;
      report({
        message: "together",
        data: { accelerator: receiverText(script, prepare) },
        at: script.tree.span(second.entry),
        raises: "AssertionError",
        related: [{ message: "the other model", range: script.tree.span(first.entry) }],
      });
    }
  },
});

/** Whether an Accelerator certainly has a plugin of the script's own. */
function hasPlugin(accelerator: Call | undefined): boolean {
  const plugin = accelerator?.keywords.get("deepspeed_plugin") ?? accelerator?.keywords.get("deepspeed_plugins");
  return plugin?.value.kind === "instance" && plugin.value.object.className === "accelerate.DeepSpeedPlugin";
}

/** A model of the libraries, or of torch: `nn.Linear(...)`. */
function isModel(script: Script, value: Value): boolean {
  if (value.kind !== "instance") return false;
  const { className, localClass } = value.object;
  if (localClass) return script.libraryBases(localClass).some((base) => /^torch\.nn\.(?:modules\.\w+\.)?Module$/.test(base) || MODEL.test(base));
  return className !== undefined && (MODEL.test(className) || /^torch\.nn\.(?!Parameter|DataParallel|utils|functional)[A-Z]\w*$/.test(className));
}
