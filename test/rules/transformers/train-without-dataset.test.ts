import rule from "../../../server/src/rules/transformers/train-without-dataset.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (given: string, after: string, before = ""): string => `from transformers import Trainer, TrainingArguments\n${before}trainer = Trainer(model=m, args=TrainingArguments("o")${given})\n${after}\n`;
const one = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "given", code: script(", train_dataset=d", "trainer.train()") },
    { name: "evaluated with what it was given", code: script(", eval_dataset=d", "trainer.evaluate()") },
    { name: "given to evaluate", code: script("", "trainer.evaluate(d)") },
    { name: "given to evaluate by name", code: script("", "trainer.evaluate(eval_dataset=d)") },
    { name: "put on it later", code: script("", "trainer.train_dataset = d\ntrainer.train()") },
    { name: "from outside", code: script(", train_dataset=cli.data", "trainer.train()") },
    { name: "on one way only", code: script(", train_dataset=d if cli.train else None", "trainer.train()") },
    { name: "an unknown splat", code: script(", **more", "trainer.train()") },
    { name: "by position", code: script("", "trainer.train()").replace('Trainer(model=m, args=TrainingArguments("o")', "Trainer(m, a, c, d") },
    { name: "only predicts", code: script("", "trainer.predict(d)") },
    { name: "own loader", code: script("", "trainer.train()", "class T(Trainer):\n    def get_train_dataloader(self): ...\n").replace("trainer = Trainer", "trainer = T") },
    { name: "another library's", code: "import transformers\nfrom mine import Trainer\nt = Trainer(model=m)\nt.train()\n" },
    { name: "caught", code: script("", "try:\n    trainer.train()\nexcept ValueError:\n    pass") },
    { name: "handed to code that may set it", code: script("", "prepare(trainer)\ntrainer.train()", "from mine import prepare\n") },
  ],
  invalid: [
    { name: "train", code: script("", "trainer.⟦train⟧()"), findings: one("trainer.train() raises ValueError") },
    { name: "None", code: script(", train_dataset=None", "trainer.⟦train⟧()"), findings: one("no train_dataset") },
    { name: "only an evaluation set", code: script(", eval_dataset=d", "trainer.⟦train⟧()"), findings: one("no train_dataset") },
    { name: "evaluate", code: script(", train_dataset=d", "trainer.train()\ntrainer.⟦evaluate⟧()"), findings: one("no eval_dataset") },
    { name: "a Trainer of the script that only computes the loss", code: script("", "trainer.⟦train⟧()", "class T(Trainer):\n    def compute_loss(self, m, i, **k): ...\n").replace("trainer = Trainer", "trainer = T"), findings: one("T gets no train_dataset") },
  ],
});
