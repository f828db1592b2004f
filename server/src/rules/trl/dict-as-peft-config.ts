import { importedName } from "../../analysis/importEdits.js";
import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { trlTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "trl/dict-as-peft-config",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["peft_config"],
  messages: {
    dict: "peft_config is a dict, and has to be a config of peft: raises an error when {trainer} is built. Write LoraConfig(**...).",
  },
  docs: {
    summary: "A dict where a TRL trainer wants peft's config object.",
    why: `\`peft_config\` takes a \`LoraConfig\` or its like. With a dict the trainer raises: from 1.4 on \`TypeError\`, before that peft fails over it (\`AttributeError\`), and \`SFTTrainer\` up to 0.19 raises
\`ValueError\`.`,
    examples: [
      {
        bad: `from peft import LoraConfig
from trl import SFTTrainer

trainer = SFTTrainer("gpt2", train_dataset=dataset, peft_config={"r": 8, "task_type": "CAUSAL_LM"})
`,
        good: `from peft import LoraConfig
from trl import SFTTrainer

trainer = SFTTrainer("gpt2", train_dataset=dataset, peft_config=LoraConfig(**{"r": 8, "task_type": "CAUSAL_LM"}))
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v1.4.0/trl/trainer/sft_trainer.py"],
    silent: "Where unsloth patches the trainers.",
  },
  check({ script, report }) {
    for (const { call, method } of trlTrainersOf(script, ["SFT", "DPO", "GRPO", "KTO", "Reward"])) {
      const argument = call.keywords.get("peft_config");
      if (argument?.value.kind === "record") report({ message: "dict", data: { trainer: `${method}Trainer` }, at: script.tree.span(argument.entry), raises: ["TypeError", "AttributeError", "ValueError"], fixes: fixesOf(script, argument) });
    }
  },
});

function fixesOf(script: Script, argument: Argument): Fix[] {
  const imported = importedName(script, "peft", "LoraConfig");
  const isTyped = argument.value.kind === "record" && argument.value.entries.has("peft_type");
  if (!imported || isTyped || argument.via !== "keyword") return [];
  const edits = mergedEdits([...imported.edits, replaceNode(script.tree, argument.node, `${imported.text}(**${script.tree.textOf(argument.node)})`)]);
  return [{ title: "Make it a `LoraConfig`", safety: "safe", edits }];
}
