import rule from "../../../server/src/rules/transformers/wrong-argument-type.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string): string => `from transformers import EarlyStoppingCallback, Trainer, TrainingArguments\ntrainer = Trainer(${args})\n`;
const one = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "objects", code: script('model=m, args=TrainingArguments("o"), callbacks=[EarlyStoppingCallback()]') },
    { name: "the class in a list", code: script("model=m, callbacks=[EarlyStoppingCallback]") },
    { name: "None", code: script("model=None, args=None, callbacks=None, model_init=f") },
    { name: "from outside", code: script("model=cli.model, args=args, callbacks=callbacks") },
    { name: "one of two", code: script('model="gpt2" if cli.name else m') },
    { name: "a list made elsewhere", code: script("model=m, callbacks=make_callbacks()") },
    { name: "TRL takes a name", code: 'from trl import SFTTrainer\nt = SFTTrainer(model="gpt2", train_dataset=d)\n' },
    { name: "own Trainer", code: "from transformers import Trainer\nclass T(Trainer):\n    def train(self): ...\nT(model='gpt2')\n" },
    { name: "another library's", code: 'import transformers\nfrom mine import Trainer\nTrainer(model="gpt2")\n' },
  ],
  invalid: [
    { name: "a name for a model", code: script('⟦model="gpt2"⟧, train_dataset=d'), findings: one('model is the string "gpt2"') },
    { name: "a name by position", code: script('⟦"gpt2"⟧'), findings: one("has to be a loaded model") },
    { name: "a constant", code: script("⟦model=NAME⟧").replace("trainer", 'NAME = "gpt2"\ntrainer'), findings: one("gpt2") },
    { name: "a folder for arguments", code: script('model=m, ⟦args="out"⟧'), findings: one('TrainingArguments("out")') },
    { name: "a single callback", code: script("model=m, ⟦callbacks=EarlyStoppingCallback(3)⟧"), findings: one("a single EarlyStoppingCallback"), fixed: script("model=m, callbacks=[EarlyStoppingCallback(3)]") },
    { name: "a class", code: script("model=m, ⟦callbacks=EarlyStoppingCallback⟧"), findings: one("the class EarlyStoppingCallback"), fixed: script("model=m, callbacks=[EarlyStoppingCallback]") },
    { name: "a tuple", code: script("model=m, ⟦callbacks=(EarlyStoppingCallback(),)⟧"), findings: one("a tuple") },
  ],
});
