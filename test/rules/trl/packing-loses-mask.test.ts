import rule from "../../../server/src/rules/trl/packing-loses-mask.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (written: string): string => `from trl import SFTConfig, SFTTrainer\nargs = SFTConfig("o", ${written})\ntrainer = SFTTrainer("gpt2", args=args, train_dataset=d)\n`;
const V = { versions: { trl: "0.18.2" } };

ruleTest(rule, {
  valid: [
    { name: "repaired", code: script("packing=True, completion_only_loss=True"), versions: { trl: "0.20.0" } },
    { name: "before", code: script("packing=True, completion_only_loss=True"), versions: { trl: "0.16.1" } },
    { name: "version unknown", code: script("packing=True, completion_only_loss=True") },
    { name: "no packing", code: script("packing=False, completion_only_loss=True"), ...V },
    { name: "no mask", code: script("packing=True"), ...V },
    { name: "from outside", code: script("packing=cli.packing, completion_only_loss=True"), ...V },
    { name: "arguments from outside", code: "from trl import SFTTrainer\nSFTTrainer('gpt2', args=load(), train_dataset=d)\n", ...V },
    { name: "unpacked again before the trainer", code: script("packing=True, completion_only_loss=True").replace("trainer =", "args.packing = False\ntrainer ="), ...V },
  ],
  invalid: [
    { name: "the completion's", code: script("⟦packing=True⟧, completion_only_loss=True"), ...V, findings: [{ message: "completion_only_loss=True has no effect", severity: "warning" }], unsafe: script("packing=False, completion_only_loss=True") },
    { name: "the assistant's", code: script("⟦packing=True⟧, assistant_only_loss=True"), versions: { trl: "0.19.1" }, findings: [{ message: "assistant_only_loss=True", severity: "warning" }] },
    { name: "written later", code: script("completion_only_loss=True").replace("trainer =", "⟦args.packing = True⟧\ntrainer ="), ...V, findings: [{ message: "completion_only_loss=True", severity: "warning" }] },
  ],
});
