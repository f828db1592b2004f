import rule from "../../../server/src/rules/transformers/invalid-compute-metrics.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (body: string, { args = 'eval_strategy="epoch", save_strategy="epoch"', given = "compute_metrics", run = "trainer.train()" } = {}): string =>
  `import evaluate\nimport numpy as np\nfrom functools import partial\nfrom sklearn.metrics import accuracy_score, confusion_matrix, f1_score\nfrom transformers import Trainer, TrainingArguments\n${body}\nargs = TrainingArguments("out", ${args})\ntrainer = Trainer(model=m, args=args, eval_dataset=e, compute_metrics=${given})\n${run}\n`;
const f = (parameters: string, ...lines: string[]): string => `def compute_metrics(${parameters}):\n    ${lines.join("\n    ")}`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;
const D = 'return {"acc": 1}';

ruleTest(rule, {
  valid: [
    { name: "one parameter, a dict", code: script(f("p", D)) },
    { name: "unpacked inside", code: script(f("p", "a, b = p", D)) },
    { name: "a second with a default", code: script(f("p, scale=1", D)) },
    { name: "star arguments", code: script(f("p, *rest, **more", D)) },
    { name: "a method", code: script("class M:\n    def f(self, p):\n        return {}\nmetrics = M()", { given: "metrics.f" }) },
    { name: "a partial", code: script(f("scale, p", D), { given: "partial(compute_metrics, 2)" }) },
    { name: "a partial by keyword", code: script(f("p, tokenizer", D), { given: "partial(compute_metrics, tokenizer=t)" }) },
    { name: "a lambda that binds the rest", code: script(f("p, t", D), { given: "lambda p: compute_metrics(p, t)" }) },
    { name: "an unknown result", code: script(f("p", "return score(p)")) },
    { name: "a variable", code: script(f("p", "r = build(p)", "return r")) },
    { name: "nothing on one way only", code: script(f("p", "if p:", "    return {}")) },
    { name: "a number on one way only", code: script(f("p", "if p:", "    return 0.0", D)) },
    { name: "not written yet", code: script(f("p", "...")) },
    { name: "raises", code: script(f("p", "raise NotImplementedError")) },
    { name: "decorated", code: script(`@as_dict\n${f("p", "return 0.5")}`) },
    { name: "never evaluated", code: script(f("p", "return 0.5"), { args: "seed=1" }) },
    { name: "an unknown strategy", code: script(f("p", "return 0.5"), { args: "eval_strategy=cli.s" }) },
    { name: "one number per class as a list", code: script(f("p", 'return {"f1": f1_score(p, p, average=None).tolist()}')) },
    { name: "averaged", code: script(f("p", 'return {"f1": f1_score(p, p, average="macro")}')) },
    { name: "an array that is never saved", code: script(f("p", 'return {"m": confusion_matrix(p, p)}'), { args: 'eval_strategy="epoch", save_strategy="no"' }) },
    { name: "an array, evaluated without training", code: script(f("p", 'return {"m": confusion_matrix(p, p)}'), { args: "seed=1", run: "trainer.evaluate()" }) },
    { name: "batched with its parameter", code: script(f("p, compute_result", D), { args: "batch_eval_metrics=True" }) },
    { name: "batched, with a default", code: script(f("p, compute_result=False", D), { args: "batch_eval_metrics=True" }) },
    { name: "a metric's dict", code: script(`m = evaluate.load("accuracy")\n${f("p", "return m.compute(predictions=p)")}`) },
    { name: "a generator", code: script(f("p", "yield 1")) },
    { name: "a coroutine, which fails otherwise", code: script(`async ${f("p", "return 0.5")}`) },
    { name: "batched, perhaps", code: script(f("p", "return 0.5"), { args: 'batch_eval_metrics=cli.b, eval_strategy="epoch"' }) },
    { name: "the mean of something else", code: script(f("p", "return frame.mean()")) },
    { name: "before 4.41 the argument itself fails", code: script(f("p", D), { args: "batch_eval_metrics=True" }), versions: { transformers: "4.40.2" } },
    { name: "an unknown Trainer", code: script(f("a, b", D)).replace("trainer = Trainer", "trainer = build") },
    { name: "own Trainer that calls it otherwise", code: script(f("a, b", D)).replace("trainer = Trainer", "class T(Trainer):\n    def evaluation_loop(self, *a): ...\ntrainer = T") },
  ],
  invalid: [
    { name: "two parameters", code: script(f("⟦predictions, labels⟧", D)), findings: one("error", "has 2 parameters to fill"), unsafe: script(f("eval_pred", "predictions, labels = eval_pred", D)) },
    { name: "two parameters below a docstring", code: script(f("⟦a, b⟧", '"""Scores."""', D)), findings: one("error", "2 parameters"), unsafe: script(f("eval_pred", '"""Scores."""', "a, b = eval_pred", D)) },
    { name: "two typed parameters", code: script(f("⟦a: Array, b: Array⟧", D)), findings: one("error", "2 parameters") },
    { name: "two parameters, the body beside them", code: script("def compute_metrics(⟦a, b⟧): return {}"), findings: one("error", "2 parameters") },
    { name: "two parameters, nothing but a docstring", code: script(f("⟦a, b⟧", '"""Scores."""')), findings: one("error", "2 parameters") },
    { name: "two parameters of a lambda", code: script("compute_metrics = lambda ⟦a, b⟧: {}"), findings: one("error", "2 parameters") },
    { name: "three parameters", code: script(f("⟦a, b, c⟧", D)), findings: one("error", "3 parameters") },
    { name: "the mean of a comparison", code: script(f("p", "return ⟦(p.predictions.argmax(-1) == p.label_ids).mean()⟧")), findings: one("error", "a number"), unsafe: script(f("p", 'return {"accuracy": (p.predictions.argmax(-1) == p.label_ids).mean()}')) },
    { name: "own Trainer that changes the loss", code: script(f("⟦a, b⟧", D)).replace("trainer = Trainer", "class T(Trainer):\n    def compute_loss(self, *a, **k): ...\ntrainer = T"), findings: one("error", "2 parameters") },
    { name: "two parameters of a method", code: script("class M:\n    def f(self, ⟦a, b⟧):\n        return {}\nmetrics = M()", { given: "metrics.f" }), findings: one("error", "2 parameters") },
    { name: "no return", code: script("def ⟦compute_metrics⟧(p):\n    r = {'a': 1}"), findings: one("error", "returns nothing") },
    { name: "a bare return", code: script(f("p", "print(p)", "⟦return⟧")), findings: one("error", "returns nothing") },
    { name: "a number", code: script(f("p", "return ⟦0.5⟧")), findings: one("error", "returns a number"), unsafe: script(f("p", 'return {"score": 0.5}')) },
    { name: "float()", code: script(f("p", "acc = float(p)", "return ⟦acc⟧")), findings: one("error", "returns a number"), unsafe: script(f("p", "acc = float(p)", 'return {"acc": acc}')) },
    { name: "a score", code: script(f("p", "return ⟦accuracy_score(p, p)⟧")), findings: one("error", "what accuracy_score gives"), unsafe: script(f("p", 'return {"accuracy": accuracy_score(p, p)}')) },
    { name: "a tuple", code: script(f("p", "acc, f1 = 1, 2", "return ⟦acc, f1⟧")), findings: one("error", "a tuple") },
    { name: "a list", code: script(f("p", 'return ⟦[{"a": 1}]⟧')), findings: one("error", "a list") },
    { name: "a metric that gives a number", code: script(`m = evaluate.load("wer")\n${f("p", "return ⟦m.compute(predictions=p)⟧")}`), findings: one("error", "a number, as this metric does"), unsafe: script(`m = evaluate.load("wer")\n${f("p", 'return {"wer": m.compute(predictions=p)}')}`) },
    { name: "called by evaluate()", code: script(f("p", "return ⟦0.5⟧"), { args: "seed=1", run: "trainer.evaluate()" }), findings: one("error", "a number") },
    { name: "one number per class", code: script(f("p", 'return {"f1": ⟦f1_score(p, p, average=None)⟧}')), findings: one("error", '"f1" is an array') },
    { name: "a confusion matrix, built step by step", code: script(f("p", 'r = {"a": 1}', 'r["m"] = ⟦confusion_matrix(p, p)⟧', "return r")), findings: one("error", '"m" is an array') },
    { name: "batched without its parameter", code: script(f("p, **more", D), { args: "batch_eval_metrics=True" }).replace("compute_metrics=compute_metrics", "⟦compute_metrics=compute_metrics⟧"), versions: { transformers: "4.57.6" }, findings: one("error", "compute_result") },
  ],
});
