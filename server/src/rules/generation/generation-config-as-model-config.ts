import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { Field, Kind } from "../../syntax/kind.js";
import { isGenerationConfig, modelOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/generation-config-as-model-config",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["GenerationConfig"],
  messages: {
    replaced: "{target} is the model's architecture, and this is a GenerationConfig: generate() raises AttributeError. Assign it to {right}.",
  },
  docs: {
    summary: "A GenerationConfig assigned to model.config.",
    why: `\`model.config\` describes the architecture. With a \`GenerationConfig\` in its place the next \`generate()\` raises \`AttributeError\`
(\`'GenerationConfig' object has no attribute ...\`), and saving the model would lose what it needs to be loaded. The place for it is
\`model.generation_config\`, or the \`generation_config=\` of one call.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, GenerationConfig

model = AutoModelForCausalLM.from_pretrained("gpt2")
model.config = GenerationConfig(max_new_tokens=50)
`,
        good: `from transformers import AutoModelForCausalLM, GenerationConfig

model = AutoModelForCausalLM.from_pretrained("gpt2")
model.generation_config = GenerationConfig(max_new_tokens=50)
`,
      },
    ],
    references: ["https://huggingface.co/docs/transformers/main_classes/text_generation#transformers.GenerationConfig"],
    silent: "On objects that aren't known to be models: a script's own class may well keep its generation config as `config`.",
  },
  check({ script, report }) {
    const { tree } = script;
    for (const attribute of script.scopes.attributes("config")) {
      const statement = tree.parent(attribute);
      if (tree.kind(statement) !== Kind.assignment || tree.field(attribute) !== Field.left) continue;
      const value = script.evaluate(tree.child(statement, Field.right));
      const object = tree.child(attribute, Field.object);
      if (!isGenerationConfig(value) || !modelOf(script.evaluate(object))) continue;
      const right = `${tree.textOf(object)}.generation_config`;
      report({
        message: "replaced",
        data: { target: tree.textOf(attribute), right },
        at: tree.span(attribute),
        raises: "AttributeError",
        fixes: [{ title: `Assign it to \`${right}\``, safety: "safe", edits: [replaceNode(tree, tree.child(attribute, Field.attribute), "generation_config")] }],
      });
    }
  },
});
