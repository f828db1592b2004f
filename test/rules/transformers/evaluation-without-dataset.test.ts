import rule from "../../../server/src/rules/transformers/evaluation-without-dataset.js";
import { ruleTest } from "../../support/ruleTest.js";
import { py } from "../../support/script.js";

const H = "from transformers import Trainer, TrainingArguments\n";
const run = (args: string, trainer: string): string => `${H}args = TrainingArguments("out", ${args})\ntrainer = ${trainer}\ntrainer.train()\n`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;
const EPOCH = 'eval_strategy="epoch"';

ruleTest(rule, {
  valid: [
    { name: "with a dataset", code: run(EPOCH, "Trainer(model, args, train_dataset=t, eval_dataset=e)") },
    { name: "by position", code: run(EPOCH, "Trainer(model, args, c, t, e)") },
    { name: "no evaluation", code: run('eval_strategy="no"', "Trainer(model, args)") },
    { name: "the default is no evaluation", code: run("learning_rate=1e-4", "Trainer(model, args)") },
    { name: "do_eval alone evaluates nothing", code: run("do_eval=True, eval_steps=10", "Trainer(model, args)") },
    { name: "an unknown strategy", code: run("eval_strategy=cli.strategy", "Trainer(model, args)") },
    { name: "an open splat may bring it", code: run(EPOCH, "Trainer(model, args, **more)") },
    { name: "None only where nothing is evaluated", code: run(EPOCH, "Trainer(model, args, eval_dataset=e if cli.evaluate else None)") },
    { name: "strategy and dataset on one flag", code: run('eval_strategy="steps" if cli.evaluate else "no"', "Trainer(model, args, eval_dataset=e if cli.evaluate else None)") },
    { name: "switched off before the Trainer", code: run(EPOCH, "Trainer(model, args)").replace("trainer =", 'args.eval_strategy = "no"\ntrainer =') },
    { name: "parsed arguments", code: `${H}from transformers import HfArgumentParser\n(args,) = HfArgumentParser(TrainingArguments).parse_args_into_dataclasses()\nTrainer(model, args)\n` },
    { name: "own arguments class", code: `${H}class Mine(TrainingArguments): ...\nTrainer(model, Mine("o", eval_strategy="epoch"))\n` },
    { name: "another Trainer", code: `import transformers\nfrom mine import Trainer\nTrainer(m, transformers.TrainingArguments("o", eval_strategy="epoch"))\n` },
    { name: "own Trainer with its own constructor", code: `${H}class Mine(Trainer):\n    def __init__(self, *a): ...\nMine(m, args=TrainingArguments("o", eval_strategy="epoch"))\n` },
    { name: "an evaluator of Sentence Transformers", code: `import transformers\nfrom sentence_transformers import SentenceTransformerTrainer as T, SentenceTransformerTrainingArguments as A\nT(model=m, args=A("o", eval_strategy="epoch"), evaluator=e)\n` },
    { name: "the error is caught", code: `${H}try:\n    Trainer(m, TrainingArguments("o", eval_strategy="epoch"))\nexcept ValueError:\n    pass\n` },
    { name: "before 4.46, the dataset comes later", code: run(EPOCH, "Trainer(model, args)").replace("trainer.train", "trainer.eval_dataset = e\ntrainer.train"), versions: { transformers: "4.44" } },
    { name: "before 4.46, training ends before the first evaluation", code: run('evaluation_strategy="steps", max_steps=2', "Trainer(model, args)"), versions: { transformers: "4.36" } },
    { name: "before 4.46, never trained", code: `${H}trainer = Trainer(m, TrainingArguments("o", ${EPOCH}))\ntrainer.predict(t)\n`, versions: { transformers: "4.44" } },
    { name: "dead branch", code: `${H}if False:\n    Trainer(m, TrainingArguments("o", ${EPOCH}))\n` },
  ],
  invalid: [
    { name: "trained", code: run(EPOCH, "⟦Trainer⟧(model, args, train_dataset=t)"), findings: one("error", "when Trainer is built"), unsafe: run('eval_strategy="no"', "Trainer(model, args, train_dataset=t)") },
    { name: "None", code: run('eval_strategy="steps"', "Trainer(model, args, ⟦eval_dataset=None⟧)"), findings: one("error", 'eval_strategy is "steps"') },
    { name: "before 4.46", code: run('evaluation_strategy="epoch"', "⟦Trainer⟧(model, args)"), versions: { transformers: "4.36" }, findings: one("error", "at the first evaluation") },
    { name: "built only, unknown version", code: `${H}⟦Trainer⟧(m, TrainingArguments("o", ${EPOCH}))\n`, findings: one("warning", "before transformers 4.46 at the first evaluation") },
    { name: "built only", code: `${H}⟦Trainer⟧(m, TrainingArguments("o", ${EPOCH}))\n`, versions: { transformers: "4.57.6" }, findings: one("error", "when Trainer is built") },
    { name: "set too late", code: run(EPOCH, "⟦Trainer⟧(model, args)").replace("trainer.train", "trainer.eval_dataset = e\ntrainer.train"), versions: { transformers: "5.18" }, findings: one("error", "when Trainer is built") },
    { name: "switched on later", code: run("seed=1", "⟦Trainer⟧(model, args)").replace("trainer =", 'args.eval_strategy = "steps"\ntrainer ='), findings: one("error", "no eval_dataset") },
    {
      name: "a dict, an alias, an own class that keeps the constructor",
      code: py`
        import transformers as hf
        options = {"eval_strategy": "epoch", "output_dir": "o"}
        class Mine(hf.Trainer):
            def compute_loss(self, model, inputs, return_outputs=False, **kwargs): ...
        trainer = ⟦Mine⟧(model=m, args=hf.TrainingArguments(**options))
        trainer.train()
      `,
      findings: one("error", "Mine gets no eval_dataset"),
    },
    {
      name: "the notes' vanilla training",
      code: py`
        from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments
        default_args = {
            "output_dir": "tmp",
            "evaluation_strategy": "steps",
            "num_train_epochs": 1,
            "report_to": "none"
        }
        training_args = TrainingArguments(
        per_device_train_batch_size=4,
            **default_args
        )
        model = AutoModelForSequenceClassification.from_pretrained("bert-large-uncased").to("cuda")
        trainer = ⟦Trainer⟧(
            model=model,
            args=training_args,
            train_dataset=train_dataset
        )
        result = trainer.train()
      `,
      findings: one("error", 'eval_strategy is "steps"'),
    },
    { name: "a member of the enum", code: `${H}from transformers import IntervalStrategy\n⟦Trainer⟧(m, TrainingArguments("o", eval_strategy=IntervalStrategy.EPOCH)).train()\n`, findings: one("error", '"epoch"') },
    { name: "SFTTrainer", code: `from trl import SFTConfig, SFTTrainer\nSFTTrainer(model=m, args=SFTConfig("o", ${EPOCH}), ⟦eval_dataset=None⟧).train()\n`, findings: one("error", "SFTTrainer gets no") },
  ],
});
