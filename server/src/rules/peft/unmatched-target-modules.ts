import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { familyOfCheckpoint, familyOfClass, type ModelFamily } from "../../knowledge/moduleNames.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Sequence, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { adaptedModels } from "./adaptedModels.js";

const CONFIGS = /^peft\.(?:Lora|AdaLora|Loha|Lokr|LoHa|LoKr|IA3|OFT|BOFT|VeRA|Vera)Config$/;

export default defineRule({
  id: "peft/unmatched-target-modules",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  mentions: ["target_modules"],
  messages: {
    none: "{family} has no module named {names}: raises ValueError (target modules not found) when the adapter is added. It has {known}.",
    some: "{family} has no module named {names}, which silently gets no adapter. It has {known}.",
  },
  docs: {
    summary: "target_modules that the model doesn't have.",
    why: `peft puts its adapters on modules by name, and the names differ from family to family: \`q_proj\` and \`v_proj\` in Llama, \`c_attn\` in GPT-2, \`query_key_value\` in BLOOM
and Falcon, \`query\` and \`value\` in BERT, \`q\` and \`v\` in T5. Where none of the names exists, \`get_peft_model\` raises \`ValueError: Target modules ... not found in the
base model\`. Where only some exist, the others are left out without a word, and the adapter is smaller than planned.`,
    examples: [
      {
        bad: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("gpt2")
config = LoraConfig(task_type="CAUSAL_LM", target_modules=["q_proj", "v_proj"])
model = get_peft_model(model, config)
`,
        good: `from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("gpt2")
config = LoraConfig(task_type="CAUSAL_LM", target_modules=["c_attn"])
model = get_peft_model(model, config)
`,
      },
    ],
    references: ["https://huggingface.co/docs/peft/developer_guides/custom_models", "https://github.com/huggingface/peft/blob/main/src/peft/utils/constants.py"],
    silent: 'For models whose family isn\'t known, for patterns and "all-linear", and where a name has dots.',
  },
  check({ script, report }) {
    const reported = new Set<Node>();
    for (const { model, config } of adaptedModels(script)) {
      const family = familyOf(model);
      const targets = config.kind === "instance" && CONFIGS.test(config.object.className ?? "") ? config.object.call?.value("target_modules") : undefined;
      if (!family || targets?.kind !== "sequence" || targets.open || targets.items.length === 0 || reported.has(targets.origin)) continue;
      const names = targets.items.map(stringOf);
      if (!names.every((name): name is string => name !== undefined && /^\w+$/.test(name))) continue;
      const missing = names.filter((name) => !family.modules.has(name));
      if (missing.length === 0) continue;
      reported.add(targets.origin);
      const none = missing.length === names.length;
      report({
        message: none ? "none" : "some",
        severity: none ? "error" : "warning",
        data: { family: family.name, names: missing.slice(0, 4).join(", "), known: [...family.modules].slice(0, 4).join(", ") },
        at: script.tree.span(targets.origin),
        ...(none ? { raises: "ValueError" } : {}),
        fixes: none ? fixesOf(script, targets, family) : [],
      });
    }
  },
});

function familyOf(model: Value): ModelFamily | undefined {
  const written = stringOf(model);
  if (written !== undefined) return familyOfCheckpoint(written);
  if (model.kind !== "instance") return undefined;
  const { call, className = "" } = model.object;
  const byClass = familyOfClass(className);
  if (byClass) return byClass;
  if (call?.method !== "from_pretrained" || !className.startsWith("transformers.Auto")) return undefined;
  const repository = stringOf(call.value("pretrained_model_name_or_path", 0));
  return repository === undefined ? undefined : familyOfCheckpoint(repository);
}

function fixesOf(script: Script, targets: Sequence, family: ModelFamily): Fix[] {
  const list = `[${family.targets.map((name) => `"${name}"`).join(", ")}]`;
  return [{ title: `Target \`${family.targets.join("`, `")}\``, safety: "safe", edits: [replaceNode(script.tree, targets.origin, list)] }];
}
