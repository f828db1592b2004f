import rule from "../../../server/src/rules/trl/invalid-number.js";
import { ruleTest } from "../../support/ruleTest.js";

const kto = (written: string): string => `from trl import KTOConfig, KTOTrainer\nargs = KTOConfig("o", ${written})\ntrainer = KTOTrainer(model=m, args=args, train_dataset=d)\n`;
const dpo = (written: string): string => `from trl import DPOConfig, DPOTrainer\nargs = DPOConfig("o", ${written})\ntrainer = DPOTrainer(model=m, args=args, train_dataset=d)\n`;
const V19 = { versions: { trl: "0.19.1" } };

ruleTest(rule, {
  valid: [
    { name: "two", code: kto("per_device_train_batch_size=2"), ...V19 },
    { name: "the default", code: kto("beta=0.1"), ...V19 },
    { name: "a loss without pairs", code: kto('per_device_train_batch_size=1, loss_type="apo_zero_unpaired"'), ...V19 },
    { name: "one, before 0.12", code: kto("per_device_train_batch_size=1"), versions: { trl: "0.9.6" } },
    { name: "one for DPO", code: dpo("per_device_train_batch_size=1"), ...V19 },
    { name: "from outside", code: kto("per_device_train_batch_size=cli.batch"), ...V19 },
    { name: "beta", code: dpo("beta=0.1"), ...V19 },
    { name: "room for the completion", code: dpo("max_prompt_length=512, max_length=1024"), ...V19 },
    { name: "no limit", code: dpo("max_prompt_length=None, max_length=1024"), ...V19 },
    { name: "the end is kept, which is the completion", code: dpo("max_prompt_length=1024, max_length=1024"), ...V19 },
    { name: "the end is kept, version unknown", code: dpo("max_prompt_length=1024, max_length=1024") },
    { name: "what is kept comes from outside", code: dpo("max_prompt_length=1024, max_length=1024, truncation_mode=cli.mode"), versions: { trl: "0.12.2" } },
    { name: "no limit on the whole", code: dpo('max_prompt_length=1024, max_length=None, truncation_mode="keep_start"'), ...V19 },
    { name: "the option is gone", code: dpo('max_prompt_length=1024, max_length=1024, truncation_mode="keep_start"'), versions: { trl: "0.29.0" } },
    { name: "a beta from outside", code: dpo("beta=cli.beta"), ...V19 },
    { name: "arguments from outside", code: "from trl import KTOTrainer\nKTOTrainer(model=m, args=load(), train_dataset=d)\n", ...V19 },
    { name: "room for the completion, the start kept", code: dpo('max_prompt_length=512, max_length=1024, truncation_mode="keep_start"'), ...V19 },
    { name: "arguments of a class of one's own", code: `from dataclasses import dataclass\n${kto("per_device_train_batch_size=1").replace("args = KTOConfig(", '@dataclass\nclass Mine(KTOConfig):\n    loss_type: str = "apo_zero_unpaired"\nargs = Mine(')}`, ...V19 },
  ],
  invalid: [
    { name: "one", code: kto("⟦per_device_train_batch_size=1⟧"), ...V19, findings: [{ message: "raises ValueError when KTOTrainer", severity: "error" }] },
    { name: "one, version unknown", code: kto('⟦per_device_train_batch_size=1⟧, loss_type="kto"'), findings: [{ message: "from trl 0.12 on", severity: "warning" }] },
    { name: "beta 0", code: dpo("⟦beta=0⟧"), findings: [{ message: "learns nothing", severity: "warning" }] },
    { name: "no room", code: dpo('⟦max_prompt_length=1024⟧, max_length=1024, truncation_mode="keep_start"'), ...V19, findings: [{ message: "nothing of its completion is left", severity: "warning" }] },
    { name: "no room before 0.14", code: dpo("⟦max_prompt_length=512⟧, max_length=512"), versions: { trl: "0.13.0" }, findings: [{ message: "max_prompt_length=512 fills max_length=512", severity: "warning" }] },
    { name: "no room, version unknown", code: dpo('⟦max_prompt_length=512⟧, max_length=256, truncation_mode="keep_start"'), findings: [{ message: "(trl before 0.29)", severity: "warning" }] },
    { name: "in a dict that is unpacked", code: `options = {⟦"per_device_train_batch_size": 1⟧}\n${kto("**options")}`, ...V19, findings: [{ message: "a batch size of 1", severity: "error" }] },
  ],
});
