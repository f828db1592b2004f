import rule from "../../../server/src/rules/transformers/metric-not-computed.js";
import { ruleTest } from "../../support/ruleTest.js";

const BEST = 'eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True';
const script = (metric: string, body: string, { args = BEST, head = "", trainer = "compute_metrics=compute_metrics, eval_dataset=e" } = {}): string =>
  `import evaluate\nfrom transformers import Trainer, TrainerCallback, TrainingArguments\n${head}${body}\nargs = TrainingArguments("out", ${args}${metric ? `, ${metric}` : ""})\ntrainer = Trainer(model=m, args=args, ${trainer})\ntrainer.train()\n`;
const F1 = 'metric_for_best_model="f1"';
const M1 = `⟦${F1}⟧`;
const returns = (expression: string): string => `def compute_metrics(p):\n    return ${expression}`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;
const ONE_SET = { trainer: 'eval_dataset=load_dataset("x", split="validation").map(f)' };
const NONE = { trainer: "eval_dataset=e" };

ruleTest(rule, {
  valid: [
    { name: "the computed key", code: script(F1, returns('{"f1": 1}')) },
    { name: "with its prefix", code: script('metric_for_best_model="eval_f1"', returns('{"f1": 1}')) },
    { name: "returned with the prefix", code: script(F1, returns('{"eval_f1": 1}')) },
    { name: "loss", code: script('metric_for_best_model="loss"', returns('{"f1": 1}')) },
    { name: "loss without compute_metrics", code: script('metric_for_best_model="eval_loss"', "", NONE) },
    { name: "the default", code: script("", returns('{"f1": 1}')) },
    { name: "runtime", code: script('metric_for_best_model="runtime"', "", NONE) },
    { name: "built step by step", code: script(F1, 'def compute_metrics(p):\n    r = {}\n    r["acc"] = 1\n    r["f1"] = 2\n    return r') },
    { name: "updated with a loaded metric", code: script(F1, 'f = evaluate.load("f1")\ndef compute_metrics(p):\n    r = {"acc": 1}\n    r.update(f.compute(predictions=p))\n    return r') },
    { name: "merged", code: script(F1, 'a = evaluate.load("accuracy")\nf = evaluate.load("f1")\ndef compute_metrics(p):\n    return {**a.compute(predictions=p), **f.compute(predictions=p)}') },
    { name: "a loop fills it", code: script(F1, "def compute_metrics(p):\n    r = {}\n    for n in names:\n        r[n] = 1\n    return r") },
    { name: "an unknown result", code: script(F1, returns("score(p)")) },
    { name: "an unknown metric's result", code: script(F1, 'm = evaluate.load(cli.metric)\ndef compute_metrics(p):\n    return m.compute(predictions=p)') },
    { name: "scikit-learn's report", code: script('metric_for_best_model="macro avg"', "from sklearn.metrics import classification_report\ndef compute_metrics(p):\n    return classification_report(p, p, output_dict=True)") },
    { name: "a helper that can't be seen adds keys", code: script(F1, 'def compute_metrics(p):\n    r = {"acc": 1}\n    add(r)\n    return r') },
    { name: "an unknown function", code: script(F1, "from mine import compute_metrics") },
    { name: "a decorated function", code: script(F1, '@register\ndef compute_metrics(p):\n    return {"acc": 1}') },
    { name: "an open splat may bring the function", code: script(F1, "", { trainer: "eval_dataset=e, **more" }) },
    { name: "only one branch returns it", code: script(F1, 'def compute_metrics(p):\n    if task == "x":\n        return {"f1": 1}\n    return {"acc": 1}') },
    { name: "nothing is evaluated", code: script(F1, returns('{"acc": 1}'), { args: "seed=1" }) },
    { name: "an unknown strategy", code: script(F1, returns('{"acc": 1}'), { args: "eval_strategy=cli.strategy" }) },
    { name: "a metric from the command line", code: script("metric_for_best_model=cli.metric", returns('{"acc": 1}')) },
    { name: "corrected before training", code: script(F1, returns('{"acc": 1}')).replace("trainer.train", 'args.metric_for_best_model = "acc"\ntrainer.train') },
    { name: "a dict of sets", code: script('metric_for_best_model="a_f1"', returns('{"f1": 1}'), { trainer: 'compute_metrics=compute_metrics, eval_dataset={"a": x, "b": y}' }) },
    { name: "perhaps a dict of sets", code: script('metric_for_best_model="val_f1"', returns('{"f1": 1}')) },
    { name: "perhaps a set named train", code: script('metric_for_best_model="train_loss"', "", NONE) },
    { name: "a dict of sets that can't be seen in full", code: script("", "", { trainer: "eval_dataset={n: load(n) for n in names}" }) },
    { name: "own Trainer that evaluates otherwise", code: script(F1, returns('{"acc": 1}')).replace("trainer = Trainer", "class T(Trainer):\n    def evaluate(self, *a): ...\ntrainer = T") },
    { name: "a metric from the command line, several sets", code: script("metric_for_best_model=cli.metric", "", { trainer: 'eval_dataset={"a": x}' }) },
    { name: "no evaluation set: that fails first", code: script(F1, returns('{"acc": 1}'), { trainer: "compute_metrics=compute_metrics" }) },
    { name: "a generator", code: script(F1, 'def compute_metrics(p):\n    yield 1\n    return {"acc": 1}') },
    { name: "own Trainer with a mixin", code: script(F1, returns('{"acc": 1}')).replace("trainer = Trainer", "from mine import Mixin\nclass T(Mixin, Trainer): ...\ntrainer = T") },
    { name: "GLUE's own function for one of its tasks", code: script(F1, 'metric = evaluate.load("glue", "mrpc")\ndef compute_metrics(p):\n    result = metric.compute(predictions=p)\n    if len(result) > 1:\n        result["combined_score"] = mean(list(result.values())).item()\n    return result') },
    { name: "GLUE's own function, the combined score", code: script('metric_for_best_model="combined_score"', 'metric = evaluate.load("glue", "mrpc")\ndef compute_metrics(p):\n    result = metric.compute(predictions=p)\n    if len(result) > 1:\n        result["combined_score"] = mean(list(result.values())).item()\n    return result') },
    { name: "a callback that may add it", code: script(F1, 'class C(TrainerCallback):\n    def on_evaluate(self, *a, metrics=None, **k):\n        metrics["eval_f1"] = 1', { trainer: "eval_dataset=e, callbacks=[C()]" }) },
    { name: "a callback that can't be seen", code: script(F1, "", { trainer: "eval_dataset=e, callbacks=[other]" }) },
    { name: "another function put on the Trainer", code: script(F1, returns('{"acc": 1}')).replace("trainer.train", "trainer.compute_metrics = other\ntrainer.train") },
    { name: "batched", code: script(F1, returns('{"acc": 1}'), { args: `${BEST}, batch_eval_metrics=True` }) },
    { name: "DPO logs metrics of its own", code: `from trl import DPOConfig, DPOTrainer\nDPOTrainer(model=m, args=DPOConfig("o", ${BEST}, metric_for_best_model="rewards/accuracies"), eval_dataset=e).train()\n` },
    { name: "before 4.47 without the best model", code: script(F1, returns('{"acc": 1}'), { args: 'eval_strategy="epoch"' }), versions: { transformers: "4.46.3" } },
    { name: "a function that returns nothing has a rule of its own", code: script(F1, "def compute_metrics(p):\n    print(p)") },
  ],
  invalid: [
    { name: "another key", code: script(M1, returns('{"accuracy": 1}')), findings: one("error", 'compute_metrics returns "accuracy"'), unsafe: script('metric_for_best_model="accuracy"', returns('{"accuracy": 1}')) },
    { name: "a near miss", code: script('⟦metric_for_best_model="acuracy"⟧', returns('{"accuracy": 1, "f1": 2}')), findings: one("error", '"accuracy", "f1"'), fixed: script('metric_for_best_model="accuracy"', returns('{"accuracy": 1, "f1": 2}')) },
    { name: "a loaded metric", code: script(M1, 'm = evaluate.load("accuracy")\ndef compute_metrics(p):\n    return m.compute(predictions=p)'), findings: one("error", '"accuracy"') },
    { name: "GLUE", code: script(M1, 'm = evaluate.load("glue", "sst2")\ndef compute_metrics(p):\n    return m.compute(predictions=p)'), findings: one("error", '"accuracy"') },
    { name: "two merged", code: script(M1, 'a = evaluate.load("accuracy")\ndef compute_metrics(p):\n    r = a.compute(predictions=p)\n    r["n"] = len(p)\n    return r | {"mcc": 1}'), findings: one("error", '"accuracy", "n", "mcc"') },
    { name: "rounded", code: script(M1, 'm = evaluate.load("rouge")\ndef compute_metrics(p):\n    r = m.compute(predictions=p)\n    return {k: round(v, 4) for k, v in r.items()}'), findings: one("error", '"rouge1", "rouge2", "rougeL", "rougeLsum"') },
    { name: "through a helper", code: script(M1, 'def scores(p):\n    return dict(acc=1)\ndef compute_metrics(p):\n    return scores(p)'), findings: one("error", '"acc"') },
    { name: "a lambda", code: script(M1, 'compute_metrics = lambda p: {"acc": 1}'), findings: one("error", '"acc"') },
    { name: "a factory and a partial", code: script(M1, 'from functools import partial\ndef build(t):\n    def inner(s, p):\n        return {"acc": 1}\n    return inner\ncompute_metrics = partial(build(tok), 2)'), findings: one("error", '"acc"') },
    { name: "an object that is called", code: script(M1, 'class Scores:\n    def __call__(self, p):\n        return {"acc": 1}\ncompute_metrics = Scores()'), findings: one("error", '"acc"') },
    { name: "GLUE's own function for a task with one metric", code: script('⟦metric_for_best_model="combined_score"⟧', 'metric = evaluate.load("glue", "sst2")\ndef compute_metrics(p):\n    result = metric.compute(predictions=p)\n    if len(result) > 1:\n        result["combined_score"] = mean(list(result.values())).item()\n    return result'), findings: one("error", '"accuracy"') },
    { name: "own Trainer that changes the loss", code: script(M1, returns('{"acc": 1}')).replace("trainer = Trainer", "class T(Trainer):\n    def compute_loss(self, *a, **k): ...\ntrainer = T"), findings: one("error", '"acc"') },
    { name: "no function", code: script('⟦metric_for_best_model="accuracy"⟧', "", NONE), findings: one("error", "there is no compute_metrics") },
    { name: "no function and no best model, version unknown", code: script('⟦metric_for_best_model="accuracy"⟧', "", { ...NONE, args: 'eval_strategy="epoch"' }), findings: one("warning", "only if a checkpoint is saved then") },
    { name: "train_loss", code: script('⟦metric_for_best_model="train_loss"⟧', "from datasets import load_dataset", ONE_SET), findings: one("error", '"train_loss"') },
    { name: "a split of what was loaded", code: script('⟦metric_for_best_model="val_loss"⟧', "from datasets import load_dataset\nd = load_dataset('x').map(f)", { trainer: 'eval_dataset=d["validation"]' }), findings: one("error", '"val_loss"') },
    { name: "loss of several sets", code: script('metric_for_best_model="loss"', "", { trainer: 'eval_dataset={"a": x, "b": y}' }).replace('metric_for_best_model="loss"', '⟦metric_for_best_model="loss"⟧'), findings: one("error", "eval_<name>_loss") },
    { name: "the default loss of several sets", code: script("", "", { trainer: 'eval_dataset={"a": x}' }).replace("load_best_model_at_end=True", "⟦load_best_model_at_end=True⟧"), findings: one("error", "eval_<name>_loss") },
    { name: "without the best model, version unknown", code: script(M1, returns('{"acc": 1}'), { args: 'eval_strategy="epoch"' }), findings: one("warning", "before transformers 4.47") },
    { name: "without the best model, 4.57", code: script(M1, returns('{"acc": 1}'), { args: 'eval_strategy="epoch"' }), versions: { transformers: "4.57.6" }, findings: one("error", "KeyError at the first evaluation") },
    { name: "written before training", code: script("seed=1", returns('{"acc": 1}')).replace("trainer.train", '⟦args.metric_for_best_model = "f1"⟧\ntrainer.train'), findings: one("error", '"f1"') },
    { name: "a callback that adds nothing", code: script(M1, "from transformers import EarlyStoppingCallback", { trainer: "eval_dataset=e, callbacks=[EarlyStoppingCallback(3)]" }), findings: one("error", '"f1"') },
  ],
});
