import { defineRule } from "../../analysis/rule.js";
import { choiceMessages, reportChoices, type ChoiceRow } from "../accepted/choices.js";

/** peft/utils/peft_types.py (TaskType), checked in peft/config.py from 0.14 on; `bias` in peft/tuners/lora/model.py. */
const ROWS: readonly ChoiceRow[] = [
  {
    callable: /^peft\.\w+Config$/,
    names: ["task_type"],
    values: ["SEQ_CLS", "SEQ_2_SEQ_LM", "CAUSAL_LM", "TOKEN_CLS", "QUESTION_ANS", "FEATURE_EXTRACTION"],
    raises: { exception: "ValueError", when: "the config is built (from peft 0.14 on; before, it silently means no task)", since: ">=0.14" },
    meant: { CAUSAL: "CAUSAL_LM", CLM: "CAUSAL_LM", SEQ2SEQ: "SEQ_2_SEQ_LM", SEQ_2_SEQ: "SEQ_2_SEQ_LM", SEQ2SEQ_LM: "SEQ_2_SEQ_LM", SEQUENCE_CLASSIFICATION: "SEQ_CLS" },
  },
];

export default defineRule({
  id: "peft/invalid-choice",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["peft"],
  mentions: ["task_type"],
  messages: choiceMessages,
  docs: {
    summary: "A task type that peft doesn't know.",
    why: `\`task_type\` is looked up letter by letter: \`"CAUSAL"\` or \`"causal_lm"\` raises \`ValueError\` from 0.14 on. Before, it silently made a plain \`PeftModel\` without what the task needs
(\`generate\` for prompt methods, a trainable classification head).`,
    examples: [
      {
        versions: { peft: "0.17.0" },
        bad: `from peft import LoraConfig

config = LoraConfig(r=8, task_type="CAUSAL")
`,
        good: `from peft import LoraConfig

config = LoraConfig(r=8, task_type="CAUSAL_LM")
`,
      },
    ],
    references: ["https://github.com/huggingface/peft/blob/main/src/peft/utils/peft_types.py", "https://github.com/huggingface/peft/pull/2210"],
    silent: "For values from the command line or from a configuration; for members of `TaskType`.",
  },
  check(ctx) {
    reportChoices(ctx, "peft", ROWS);
  },
});
