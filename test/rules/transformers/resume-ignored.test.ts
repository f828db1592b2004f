import rule from "../../../server/src/rules/transformers/resume-ignored.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (value: string, train = "trainer.train()", after = ""): string => `from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("o", resume_from_checkpoint=${value})\ntrainer = Trainer(model=model, args=args, train_dataset=d)\n${train}\n${after}`;
const marked = (value: string, train = "trainer.train()"): string => script(value, train).replace(/resume_from_checkpoint=[^)]+/, "⟦$&⟧");
const one = [{ message: "training starts from scratch", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "handed on", code: script('"o/checkpoint-500"', "trainer.train(resume_from_checkpoint=args.resume_from_checkpoint)") },
    { name: "given to train", code: script('"o/checkpoint-500"', 'trainer.train("o/checkpoint-500")') },
    { name: "something given to train", code: script("True", "trainer.train(**options)") },
    { name: "None", code: script("None") },
    { name: "False", code: script("False") },
    { name: "from outside", code: script("cli.resume") },
    { name: "read elsewhere", code: script("True", "trainer.train()", "if args.resume_from_checkpoint:\n    load()\n") },
    { name: "never trained here", code: script("True", "run(trainer)") },
    { name: "own Trainer", code: script("True").replace("trainer = Trainer", "class T(Trainer):\n    def train(self): ...\ntrainer = T") },
    { name: "not there", code: 'from transformers import Trainer, TrainingArguments\nt = Trainer(model=m, args=TrainingArguments("o"), train_dataset=d)\nt.train()\nresume_from_checkpoint = True\n' },
  ],
  invalid: [
    { name: "a path", code: marked('"o/checkpoint-500"'), findings: one, unsafe: script('"o/checkpoint-500"', 'trainer.train(resume_from_checkpoint="o/checkpoint-500")') },
    { name: "True", code: marked("True"), findings: one, unsafe: script("True", "trainer.train(resume_from_checkpoint=True)") },
    { name: "in TRL", code: 'from trl import SFTConfig, SFTTrainer\nt = SFTTrainer(model="m", args=SFTConfig("o", ⟦resume_from_checkpoint=True⟧), train_dataset=d)\nt.train()\n', findings: one },
  ],
});
