import rule from "../../../server/src/rules/trl/removed-import.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (trl: string) => ({ versions: { trl } });
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "there", code: "from trl import SFTTrainer, DPOConfig\n", ...at("1.9.0") },
    { name: "there, version unknown", code: "from trl import SFTTrainer\n" },
    { name: "new, version unknown", code: "from trl import GRPOTrainer\n" },
    { name: "PPO in 0.11", code: "from trl import AutoModelForCausalLMWithValueHead, PPOConfig, PPOTrainer\n", ...at("0.11.4") },
    { name: "ImportError is caught", code: "try:\n    from trl import DataCollatorForCompletionOnlyLM\nexcept ImportError:\n    DataCollatorForCompletionOnlyLM = None\n", ...at("1.9.0") },
    { name: "everything is caught", code: "try:\n    from trl import DataCollatorForCompletionOnlyLM\nexcept Exception:\n    pass\n", ...at("1.9.0") },
    { name: "the fall-back", code: "try:\n    from trl.experimental.ppo import PPOTrainer\nexcept ImportError:\n    from trl import PPOTrainer\n", ...at("1.9.0") },
    { name: "asked for", code: `import trl\nif hasattr(trl, "PPOTrainer"):\n    trl.PPOTrainer()\n`, ...at("1.9.0") },
    { name: "a submodule", code: "from trl import trainer\nimport trl.trainer.utils\ntrl.trainer.utils.pad(x)\n", ...at("1.9.0") },
    { name: "the version", code: "import trl\nprint(trl.__version__)\n" },
    { name: "an unknown module", code: "from trl.somewhere import Thing\n" },
    { name: "for type checkers only", code: "from typing import TYPE_CHECKING\nimport trl\nif TYPE_CHECKING:\n    from trl import PPOTrainer\n", ...at("1.9.0") },
    { name: "a local module of the name", code: "from .trl import PPOTrainer\nimport trl\n", ...at("1.9.0") },
  ],
  invalid: [
    { name: "gone", code: "from trl import ⟦DataCollatorForCompletionOnlyLM⟧, SFTTrainer\n", ...at("0.20.0"), findings: one("error", "from trl 0.20 on") },
    { name: "gone, version unknown", code: "from trl import ⟦DataCollatorForCompletionOnlyLM⟧\n", findings: one("warning", "from trl 0.20 on") },
    { name: "as an attribute", code: "import trl\nconfig = trl.⟦PPOConfig⟧()\n", ...at("1.9.0"), findings: one("error", "AttributeError") },
    { name: "under an alias", code: "from trl import ⟦PPOTrainer⟧ as P\nP()\n", ...at("1.9.0"), findings: one("error", "PPOTrainer") },
    { name: "not yet there", code: "from trl import ⟦GRPOTrainer⟧\n", ...at("0.12.0"), findings: one("error", "comes with trl 0.14") },
    {
      name: "never there",
      code: "from trl import ⟦AutoModelForSeq2SeqMWithValueHead⟧\nm = AutoModelForSeq2SeqMWithValueHead.from_pretrained(p)\n",
      ...at("0.11.4"),
      findings: one("error", "Did you mean AutoModelForSeq2SeqLMWithValueHead?"),
      fixed: "from trl import AutoModelForSeq2SeqLMWithValueHead\nm = AutoModelForSeq2SeqLMWithValueHead.from_pretrained(p)\n",
    },
    { name: "misspelled", code: "from trl import ⟦SFTTraner⟧\nSFTTraner(m)\n", ...at("1.9.0"), findings: one("error", "Did you mean SFTTrainer?"), fixed: "from trl import SFTTrainer\nSFTTrainer(m)\n" },
  ],
});
