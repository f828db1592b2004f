import { deleteStatement, statementOf } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { Field, Kind } from "../../syntax/kind.js";

export default defineRule({
  id: "peft/wrapped-twice",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  mentions: ["get_peft_model"],
  messages: {
    twice: "The model has an adapter already: a second get_peft_model wraps the wrapper, and its weights are saved under names that no plain model loads. Drop one.",
  },
  docs: {
    summary: "get_peft_model on a model that has its adapter.",
    why: `\`get_peft_model\` takes the bare model. Given a \`PeftModel\` it wraps that one: the parameters are then called \`base_model.model.base_model.model...\`, and an adapter that is
saved from it doesn't fit a freshly loaded model. From 0.15 on peft warns ("for a second time"); before, nothing did. To go on training a loaded adapter, pass \`is_trainable=True\` to
\`PeftModel.from_pretrained\`; for a second one, call \`model.add_adapter\`.`,
    examples: [
      {
        bad: `from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
model = PeftModel.from_pretrained(model, "first-adapter")
model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
`,
        good: `from peft import PeftModel
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("facebook/opt-125m")
model = PeftModel.from_pretrained(model, "first-adapter", is_trainable=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/peft/blob/v0.15.0/src/peft/mapping_func.py", "https://huggingface.co/docs/peft/package_reference/peft_model"],
    silent: "Where the model is wrapped on some ways only, and after `merge_and_unload` or `unload`.",
  },
  check({ script, report }) {
    const { tree } = script;
    for (const call of script.callsTo("peft.get_peft_model")) {
      const model = call.value("model", 0);
      if (model.kind !== "instance" || !/^peft\.(?:Auto)?PeftModel/.test(model.object.className ?? "")) continue;
      const statement = statementOf(tree, call.node);
      const assignment = tree.parent(call.node);
      const argument = call.argument("model", 0);
      const rebinds = tree.kind(assignment) === Kind.assignment && argument && tree.textOf(tree.child(assignment, Field.left)) === tree.textOf(argument.node);
      report({
        message: "twice",
        at: call.nameSpan,
        fixes: rebinds ? [{ title: "Drop the second `get_peft_model`", safety: "unsafe", edits: [deleteStatement(tree, statement)] }] : [],
      });
    }
  },
});
