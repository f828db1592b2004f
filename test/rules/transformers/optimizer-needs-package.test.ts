import rule from "../../../server/src/rules/transformers/optimizer-needs-package.js";
import { ruleTest } from "../../support/ruleTest.js";

const ABSENT = { versions: { transformers: "4.57.6", bitsandbytes: "none" } };
const script = (args: string, trainer = "", end = "trainer.train()\n"): string => `from transformers import Trainer, TrainingArguments
args = TrainingArguments("out", ${args})
trainer = Trainer(model, args, train_dataset=a${trainer})
${end}`;
const found = [{ message: 'bitsandbytes, which is not installed here: raises ValueError when train() is called', severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "nothing is known of bitsandbytes", code: script('optim="adamw_8bit"'), versions: { transformers: "4.57.6" } },
    { name: "installed", code: script('optim="adamw_8bit"'), versions: { transformers: "4.57.6", bitsandbytes: "0.45.0" } },
    { name: "an optimizer of torch", code: script('optim="adamw_torch"'), ...ABSENT },
    { name: "8 bits by torchao", code: script('optim="adamw_torch_8bit"'), ...ABSENT },
    { name: "GaLore has a package of its own", code: script('optim="galore_adamw_8bit"'), ...ABSENT },
    { name: "the default", code: script("seed=1"), ...ABSENT },
    { name: "from the command line", code: script("optim=cli.optim"), ...ABSENT },
    { name: "chosen by a flag", code: script('optim="adamw_8bit" if cli.small else "adamw_torch"'), ...ABSENT },
    { name: "built and not trained", code: script('optim="adamw_8bit"', "", "trainer.evaluate()\n"), ...ABSENT },
    { name: "an optimizer of one's own", code: script('optim="adamw_8bit"', ", optimizers=(mine, None)"), ...ABSENT },
    { name: "a Trainer of one's own", code: `${script('optim="adamw_8bit"').replace("trainer = Trainer(", "class Mine(Trainer):\n    def create_optimizer(self):\n        return o\ntrainer = Mine(")}`, ...ABSENT },
    { name: "unpacked into the Trainer", code: script('optim="adamw_8bit"', ", **more"), ...ABSENT },
    { name: "written over", code: script('optim="adamw_8bit"').replace("trainer =", 'args.optim = "adamw_torch"\ntrainer ='), ...ABSENT },
    { name: "new enough for transformers 5", code: script('optim="adamw_8bit"'), versions: { transformers: "5.18.0", bitsandbytes: "0.46.1" } },
    { name: "old, in transformers 4", code: script('optim="paged_adamw_8bit"'), versions: { transformers: "4.57.6", bitsandbytes: "0.42.0" } },
    { name: "new enough for AdEMAMix", code: script('optim="ademamix"'), versions: { transformers: "4.57.6", bitsandbytes: "0.44.0" } },
    { name: "perhaps new enough", code: script('optim="adamw_8bit"'), versions: { transformers: "5.18.0", bitsandbytes: ">=0.43" } },
    { name: "perhaps transformers 4", code: script('optim="adamw_8bit"'), versions: { transformers: ">=4.57", bitsandbytes: "0.45.5" } },
    { name: "old, and transformers isn't known", code: script('optim="adamw_8bit"'), versions: { bitsandbytes: "0.43.3" } },
    { name: "old, and an optimizer of torch", code: script('optim="adamw_torch"'), versions: { transformers: "5.18.0", bitsandbytes: "0.43.3" } },
    { name: "old, and not trained", code: script('optim="ademamix"', "", "trainer.evaluate()\n"), versions: { transformers: "4.57.6", bitsandbytes: "0.43.3" } },
  ],
  invalid: [
    { name: "8 bits", code: script('⟦optim="adamw_8bit"⟧'), ...ABSENT, findings: found, unsafe: script('optim="adamw_torch"') },
    { name: "paged", code: script('⟦optim="paged_adamw_32bit"⟧'), ...ABSENT, findings: found },
    { name: "AdEMAMix", code: script('⟦optim="ademamix"⟧'), ...ABSENT, findings: found },
    { name: "transformers 5", code: script('⟦optim="lion_8bit"⟧'), versions: { transformers: "5.18.0", bitsandbytes: "none" }, findings: [{ message: "raises ImportError", severity: "error" }] },
    { name: "a constant", code: `OPTIM = "rmsprop_bnb"\n${script("⟦optim=OPTIM⟧")}`, ...ABSENT, findings: found },
    {
      name: "too old for transformers 5",
      code: script('⟦optim="adamw_8bit"⟧'),
      versions: { transformers: "5.18.0", bitsandbytes: "0.45.5" },
      findings: [{ message: "which transformers 5 wants from 0.46.1 on, and here it is 0.45.5: raises ImportError when train() is called", severity: "error" }],
      unsafe: script('optim="adamw_torch"'),
    },
    { name: "a range that is too old", code: script('⟦optim="paged_ademamix_8bit"⟧'), versions: { transformers: ">=5,<6", bitsandbytes: "<0.45" }, findings: [{ message: "here it is <0.45: raises ImportError", severity: "error" }] },
    { name: "too old for AdEMAMix", code: script('⟦optim="ademamix_8bit"⟧'), versions: { transformers: "4.57.6", bitsandbytes: "0.43.3" }, findings: [{ message: "which AdEMAMix wants from 0.44 on, and here it is 0.43.3: raises ValueError", severity: "error" }] },
  ],
});
