import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { isTrue } from "./quantization.js";

export default defineRule({
  id: "accelerate/conflicting-quantization",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["load_in_4bit", "load_in_8bit"],
  messages: {
    both: "load_in_4bit and load_in_8bit are both on: raises ValueError when {callable} is called. Drop one.",
    config: "{argument} says again what quantization_config says: from_pretrained raises ValueError. Drop {argument}.",
    configUnsure: "{argument} beside quantization_config: from_pretrained raises ValueError from transformers 4.36 on, and TypeError from 5 on. Drop {argument}.",
  },
  docs: {
    summary: "Two ways to quantise one model.",
    why: `\`BitsAndBytesConfig\` takes one of \`load_in_4bit\` and \`load_in_8bit\`; with both it raises \`ValueError\`. \`from_pretrained\` takes a \`quantization_config\` or, in transformers 4, the old
keywords, and raises \`ValueError\` for both together.`,
    examples: [
      {
        bad: `from transformers import BitsAndBytesConfig

config = BitsAndBytesConfig(load_in_8bit=True, load_in_4bit=True)
`,
        good: `from transformers import BitsAndBytesConfig

config = BitsAndBytesConfig(load_in_4bit=True)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/utils/quantization_config.py", "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/modeling_utils.py"],
    silent: "Where one of the values comes from outside the script.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.BitsAndBytesConfig")) {
      const [eight, four] = [call.argument("load_in_8bit", 0), call.argument("load_in_4bit", 1)];
      if (!eight || !four || !isTrue(eight.value) || !isTrue(four.value)) continue;
      const later = eight.entry > four.entry ? eight : four;
      const fixes = [eight, four]
        .filter(({ via }) => via !== "positional")
        .map((argument) => ({ title: `Drop \`${argument.name ?? ""}\``, safety: "unsafe" as const, edits: [removeArgument(script, argument)] }));
      ctx.report({ message: "both", data: { callable: "BitsAndBytesConfig" }, at: script.tree.span(later.entry), raises: "ValueError", fixes });
    }
    for (const call of script.callsMatching(/^transformers\.\w+\.from_pretrained$/, /^from_pretrained$/)) {
      const config = call.keywords.get("quantization_config");
      if (config?.value.kind !== "instance" && config?.value.kind !== "record") continue;
      for (const name of ["load_in_4bit", "load_in_8bit"]) {
        const argument = call.keywords.get(name);
        if (!argument || !isTrue(argument.value)) continue;
        const fixes = [{ title: `Drop \`${name}\``, safety: "unsafe" as const, edits: [removeArgument(script, argument)] }];
        ctx.report({ message: "config", unsure: "configUnsure", data: { argument: name }, at: script.tree.span(argument.entry), when: { transformers: ">=4.36,<5" }, raises: "ValueError", fixes });
      }
    }
  },
});
