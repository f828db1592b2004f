import rule from "../../../server/src/rules/trl/old-ppo-api.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from trl import PPOConfig, PPOTrainer\n`;
const OLD = { trl: "0.11.4" };
const NEW = { trl: "0.15.2" };

ruleTest(rule, {
  valid: [
    { name: "the old API in an old version", code: `${HEAD}t = PPOTrainer(PPOConfig(), m, None, tokenizer, dataset=d)\nt.generate(q)\nt.step(q, r, s)\n`, versions: OLD },
    { name: "train", code: `${HEAD}t = PPOTrainer(args=PPOConfig("o"), model=m, train_dataset=d)\nt.train()\n`, versions: NEW },
    { name: "an optimizer's step", code: `${HEAD}optimizer.step()\n`, versions: NEW },
    { name: "a model's generate", code: `${HEAD}t = PPOTrainer(args=PPOConfig("o"), model=m)\nm.generate(q)\n`, versions: NEW },
    { name: "own class", code: `import trl\nclass PPOTrainer: ...\nPPOTrainer(dataset=d).step()\n`, versions: NEW },
    { name: "another object's step", code: `${HEAD}t = PPOTrainer(args=PPOConfig("o"), model=m)\naccelerator.step()\nt.model.generate(q)\n`, versions: NEW },
    { name: "a subclass with its own step", code: `${HEAD}class Mine(PPOTrainer):\n    def step(self, q): ...\nMine(args=PPOConfig("o"), model=m).step(q)\n`, versions: NEW },
    { name: "optimizers, which it takes", code: `${HEAD}PPOTrainer(args=PPOConfig("o"), model=m, optimizers=(o, None))\n`, versions: NEW },
  ],
  invalid: [
    { name: "an old parameter, told once", code: `${HEAD}t = PPOTrainer(PPOConfig(), m, None, tokenizer, ⟦dataset=d⟧)\nt.step(q, r, s)\n`, versions: NEW, findings: one("error", "doesn't take dataset from trl 0.12 on") },
    { name: "an old parameter, version unknown", code: `${HEAD}t = PPOTrainer(PPOConfig(), m, None, tokenizer, ⟦dataset=d⟧)\nt.step(q, r, s)\n`, findings: one("warning", "raises TypeError there") },
    { name: "step", code: `${HEAD}t = PPOTrainer(PPOConfig("o"), m)\nfor b in loader:\n    t.⟦step⟧(b)\n`, versions: NEW, findings: one("error", "no step() from trl 0.12 on") },
    { name: "generate, version unknown", code: `${HEAD}t = PPOTrainer(PPOConfig("o"), m)\nt.⟦generate⟧(q)\n`, findings: one("warning", "in trl before 0.12") },
    { name: "an optimizer of one's own", code: `${HEAD}PPOTrainer(PPOConfig("o"), m, ⟦optimizer=o⟧)\n`, versions: NEW, findings: one("error", "doesn't take optimizer") },
    { name: "a step, version unknown", code: `${HEAD}t = PPOTrainer(PPOConfig("o"), m)\nt.⟦step⟧(q)\n`, findings: one("warning", "raises AttributeError there") },
  ],
});
