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
  ],
  invalid: [
    { name: "8 bits", code: script('⟦optim="adamw_8bit"⟧'), ...ABSENT, findings: found, unsafe: script('optim="adamw_torch"') },
    { name: "paged", code: script('⟦optim="paged_adamw_32bit"⟧'), ...ABSENT, findings: found },
    { name: "AdEMAMix", code: script('⟦optim="ademamix"⟧'), ...ABSENT, findings: found },
    { name: "transformers 5", code: script('⟦optim="lion_8bit"⟧'), versions: { transformers: "5.18.0", bitsandbytes: "none" }, findings: [{ message: "raises ImportError", severity: "error" }] },
    { name: "a constant", code: `OPTIM = "rmsprop_bnb"\n${script("⟦optim=OPTIM⟧")}`, ...ABSENT, findings: found },
  ],
});
