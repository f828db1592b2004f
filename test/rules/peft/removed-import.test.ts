import rule from "../../../server/src/rules/peft/removed-import.js";
import { ruleTest } from "../../support/ruleTest.js";

const V = { versions: { peft: "0.17.0" } };
const CODE = "from peft import ⟦prepare_model_for_int8_training⟧\nm = prepare_model_for_int8_training(m)\n";
const FIXED = "from peft import prepare_model_for_kbit_training\nm = prepare_model_for_kbit_training(m)\n";

ruleTest(rule, {
  valid: [
    { name: "in 0.9", code: CODE.replace(/[⟦⟧]/g, ""), versions: { peft: "0.9.0" } },
    { name: "the successor", code: FIXED, ...V },
    { name: "caught", code: "try:\n    from peft import prepare_model_for_int8_training\nexcept ImportError:\n    pass\n", ...V },
    { name: "current names", code: "from peft import LoraConfig, PeftModel, TaskType, get_peft_model\nimport peft\npeft.utils.other\n", ...V },
  ],
  invalid: [
    { name: "called with what the other one doesn't take: no fix", code: "from peft import ⟦prepare_model_for_int8_training⟧\nm = prepare_model_for_int8_training(m, output_embedding_layer_name='proj_out')\n", ...V, findings: [{ message: "Use prepare_model_for_kbit_training", severity: "error" }] },
    { name: "gone", code: CODE, ...V, findings: [{ message: "from peft 0.10 on", severity: "error" }], fixed: FIXED },
    { name: "version unknown", code: CODE, findings: [{ message: "0.10", severity: "warning" }], unsafe: FIXED },
  ],
});
