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
  ],
  invalid: [
    { name: "one", code: kto("⟦per_device_train_batch_size=1⟧"), ...V19, findings: [{ message: "raises ValueError when KTOTrainer", severity: "error" }] },
    { name: "one, version unknown", code: kto('⟦per_device_train_batch_size=1⟧, loss_type="kto"'), findings: [{ message: "from trl 0.12 on", severity: "warning" }] },
    { name: "beta 0", code: dpo("⟦beta=0⟧"), findings: [{ message: "learns nothing", severity: "warning" }] },
    { name: "no room", code: dpo("⟦max_prompt_length=1024⟧, max_length=1024"), ...V19, findings: [{ message: "nothing of its completion is left", severity: "warning" }] },
  ],
});
