import rule from "../../../server/src/rules/peft/invalid-choice.js";
import { ruleTest } from "../../support/ruleTest.js";

const V = { versions: { peft: "0.17.0" } };
const lora = (written: string): string => `from peft import LoraConfig, TaskType\nconfig = LoraConfig(r=8, ${written})\n`;

ruleTest(rule, {
  valid: [
    { name: "allowed", code: lora(`task_type="CAUSAL_LM"`), ...V },
    { name: "a member", code: lora("task_type=TaskType.SEQ_CLS"), ...V },
    { name: "None", code: lora("task_type=None"), ...V },
    { name: "from the command line", code: lora("task_type=cli.task"), ...V },
    { name: "a class of the script's own", code: `import peft\nclass LoraConfig:\n    def __init__(self, **k): ...\nLoraConfig(task_type="X")\n`, ...V },
  ],
  invalid: [
    { name: "misspelled", code: lora(`task_type=⟦"CAUSAL"⟧`), ...V, findings: [{ message: `Did you mean "CAUSAL_LM"?`, severity: "error" }], fixed: lora(`task_type="CAUSAL_LM"`) },
    { name: "in small letters, before 0.14", code: lora(`task_type=⟦'causal_lm'⟧`), versions: { peft: "0.10.0" }, findings: [{ message: "silently", severity: "warning" }], fixed: lora(`task_type='CAUSAL_LM'`) },
    { name: "version unknown", code: lora(`task_type=⟦"SEQ2SEQ"⟧`), findings: [{ message: "SEQ_2_SEQ_LM", severity: "warning" }], fixed: lora(`task_type="SEQ_2_SEQ_LM"`) },
  ],
});
