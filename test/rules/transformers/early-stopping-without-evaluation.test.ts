import rule from "../../../server/src/rules/transformers/early-stopping-without-evaluation.js";
import { ruleTest } from "../../support/ruleTest.js";

const NAMES = "from transformers import EarlyStoppingCallback, Trainer, TrainingArguments\n";
const script = (args: string, { callbacks = "[EarlyStoppingCallback(3)]", after = "trainer.train()" } = {}): string =>
  `${NAMES}args = TrainingArguments("o", ${args})\ntrainer = Trainer(model=m, args=args, train_dataset=d, eval_dataset=e, callbacks=${callbacks})\n${after}\n`;
const C = { callbacks: "[⟦EarlyStoppingCallback(3)⟧]" };
const GOOD = 'eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True';
const one = <S extends string>(severity: S, message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "as it should be", code: script(GOOD) },
    { name: "a metric and the best model", code: script(`${GOOD}, metric_for_best_model="f1"`) },
    { name: "the best from outside", code: script('eval_strategy="epoch", load_best_model_at_end=cli.best') },
    { name: "a strategy from outside", code: script("eval_strategy=cli.strategy, load_best_model_at_end=True") },
    { name: "a metric from outside", code: script('eval_strategy="epoch", metric_for_best_model=cli.metric, load_best_model_at_end=cli.best') },
    { name: "an unknown splat", code: script("seed=1, **more") },
    { name: "set before it trains", code: script("seed=1", { after: 'args.eval_strategy = "epoch"\nargs.load_best_model_at_end = True\ntrainer.train()' }) },
    { name: "never trained", code: script("seed=1", { after: "trainer.evaluate()" }) },
    { name: "no such callback", code: script("seed=1", { callbacks: "[]" }) },
    { name: "callbacks from elsewhere", code: script("seed=1", { callbacks: "callbacks" }) },
    { name: "taken out", code: script("seed=1", { after: "trainer.remove_callback(EarlyStoppingCallback)\ntrainer.train()" }) },
    { name: "a callback of the script", code: script("seed=1").replace("import EarlyStoppingCallback, ", "import ").replace("args =", "from mine import EarlyStoppingCallback\nargs =") },
    { name: "arguments from the command line", code: `${NAMES}from transformers import HfArgumentParser\n(args,) = HfArgumentParser(TrainingArguments).parse_args_into_dataclasses()\nt = Trainer(model=m, args=args, callbacks=[EarlyStoppingCallback()])\nt.train()\n` },
    { name: "added on one branch", code: script("seed=1", { callbacks: "[]", after: "if cli.stop:\n    trainer.add_callback(EarlyStoppingCallback())\ntrainer.train()" }) },
  ],
  invalid: [
    { name: "no evaluation", code: script("seed=1", C), findings: one("error", 'eval_strategy is "no"') },
    { name: "no arguments", code: `${NAMES}t = Trainer(model=m, train_dataset=d, callbacks=[⟦EarlyStoppingCallback()⟧])\nt.train()\n`, findings: one("error", "needs evaluations") },
    { name: "the class itself", code: script("seed=1", { callbacks: "[⟦EarlyStoppingCallback⟧]" }), findings: one("error", "needs evaluations") },
    { name: "added later", code: script("seed=1", { callbacks: "[]", after: "⟦trainer.add_callback(EarlyStoppingCallback())⟧\ntrainer.train()" }), findings: one("error", "needs evaluations") },
    { name: "no metric", code: script('eval_strategy="epoch"', C), findings: one("error", "which metric to watch"), unsafe: script('eval_strategy="epoch", metric_for_best_model="loss"') },
    { name: "not loaded, 4.46", code: script('eval_strategy="epoch", metric_for_best_model="f1"', C), versions: { transformers: "4.46" }, findings: one("error", "needs load_best_model_at_end=True before transformers 4.49") },
    { name: "not loaded, 4.57", code: script('eval_strategy="epoch", metric_for_best_model="f1"', C), versions: { transformers: "4.57" }, findings: one("information", "not the best") },
    { name: "not loaded, not known", code: script('eval_strategy="epoch", metric_for_best_model="f1"', C), findings: one("warning", "before transformers 4.49") },
  ],
});
