import { addArgument, replaceValue } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { nameOf, type Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { adaptedModels, setsTrainable } from "./adaptedModels.js";
import { isNothing } from "../nothing.js";

const CONFIGS = /^peft\.(?:Lora|AdaLora|LoHa|LoKr|IA3|OFT|BOFT|Vera)Config$/;
const CLASSIFIER = /^transformers\.\w+For(Sequence|Token)Classification$/;

export default defineRule({
  id: "peft/wrong-task-type",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  mentions: ["SequenceClassification", "TokenClassification"],
  messages: {
    frozen: "{model} has a new head, and {written} leaves it frozen and unsaved: its random weights stay. Use task_type=\"{right}\".",
    generation: "{written} is for generation, and {model} is a classifier: raises AttributeError in get_peft_model. Use task_type=\"{right}\".",
    unsure: '{written} is for generation: {model} keeps a random head, or raises AttributeError (from transformers 4.52 on). Use task_type="{right}".',
  },
  docs: {
    summary: "A task type under which a classifier's head is never trained.",
    why: `peft freezes the whole model. With \`task_type="SEQ_CLS"\` or \`"TOKEN_CLS"\` it keeps the modules \`classifier\` and \`score\` trainable and saves them with the adapter. Under
another type, or none, the head stays as \`from_pretrained\` made it: random for a fresh classifier. Training runs, the adapter learns against a random head, and what is saved lacks it.
\`"CAUSAL_LM"\` and \`"SEQ_2_SEQ_LM"\` moreover ask the model how it generates: from transformers 4.52 on a classifier has no answer, and \`get_peft_model\` raises \`AttributeError\`.`,
    examples: [
      {
        bad: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForSequenceClassification

model = AutoModelForSequenceClassification.from_pretrained("roberta-base", num_labels=3)
model = get_peft_model(model, LoraConfig(r=8, target_modules=["query", "value"]))
`,
        good: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForSequenceClassification

model = AutoModelForSequenceClassification.from_pretrained("roberta-base", num_labels=3)
model = get_peft_model(model, LoraConfig(r=8, target_modules=["query", "value"], task_type="SEQ_CLS"))
`,
      },
    ],
    references: ["https://github.com/huggingface/peft/blob/v0.17.0/src/peft/peft_model.py", "https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/reward_trainer.py"],
    silent: "Where `modules_to_save` or the script's own `requires_grad` trains the head; for models that aren't seen.",
  },
  check(ctx) {
    const { script } = ctx;
    if (setsTrainable(script)) return;
    const reported = new Set<Node>();
    for (const { model, config, call: adapting } of adaptedModels(script)) {
      const task = model.kind === "instance" && !model.object.localClass ? CLASSIFIER.exec(model.object.className ?? "") : undefined;
      const call = config.kind === "instance" && CONFIGS.test(config.object.className ?? "") ? config.object.call : undefined;
      if (!task || !call || call.isOpen || call.positional.length > 0 || reported.has(call.node) || config.kind !== "instance") continue;
      const field = (name: string): Value => script.objects.fieldAt(config.object, name, adapting.node, adapting.frame);
      const type = taskOf(field("task_type"));
      if (!isNothing(field("modules_to_save"))) continue;
      if (type === undefined || type === "SEQ_CLS" || type === "TOKEN_CLS") continue;
      reported.add(call.node);
      const generates = type === "CAUSAL_LM" || type === "SEQ_2_SEQ_LM";
      const raises = generates ? ctx.versionsAt(call.span.start).holds({ transformers: ">=4.52" }) : "never";
      const argument = call.argument("task_type");
      const right = task[1] === "Sequence" ? "SEQ_CLS" : "TOKEN_CLS";
      ctx.report({
        message: raises === "always" ? "generation" : raises === "never" ? "frozen" : "unsure",
        severity: raises === "always" ? "error" : "warning",
        data: { model: (model.kind === "instance" ? model.object.className : "")?.replace("transformers.", "") ?? "", written: argument ? `task_type=${script.tree.textOf(argument.node)}` : "no task_type", right },
        at: argument ? script.tree.span(argument.entry) : call.nameSpan,
        ...(raises === "always" ? { raises: "AttributeError" } : {}),
        fixes: fixesOf(script, call, right),
      });
    }
  },
});


/** The task as peft reads it: "" for none. */
function taskOf(value: Value): string | undefined {
  if (isNothing(value)) return "";
  return stringOf(value) ?? (value.kind === "reference" ? /^peft\.(?:utils\.)?(?:peft_types\.)?TaskType\.(\w+)$/.exec(nameOf(value) ?? "")?.[1] : undefined);
}

function fixesOf(script: Script, call: Call, right: string): Fix[] {
  const argument = call.argument("task_type");
  const edit = argument ? replaceValue(script, argument, `"${right}"`) : addArgument(script, call, "task_type", `"${right}"`);
  return edit ? [{ title: `Use \`task_type="${right}"\``, safety: "unsafe", edits: [edit] }] : [];
}
