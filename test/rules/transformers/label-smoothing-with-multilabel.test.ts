import rule from "../../../server/src/rules/transformers/label-smoothing-with-multilabel.js";
import { ruleTest } from "../../support/ruleTest.js";

const IMPORTS = "from transformers import AutoConfig, AutoModelForSequenceClassification, BertConfig, BertForSequenceClassification, Trainer, TrainingArguments\n";
const LOADED = `model = AutoModelForSequenceClassification.from_pretrained("b", problem_type="multi_label_classification")\n`;
const TRAIN = "trainer = Trainer(model=model, args=args, train_dataset=train)\ntrainer.train()\n";
const script = (args: string, model = LOADED, rest = TRAIN): string => `${IMPORTS}${model}args = TrainingArguments("out"${args})\n${rest}`;
const old = { transformers: "4.46.3" };
const recent = { transformers: "4.57.6" };

ruleTest(rule, {
  valid: [
    { name: "no smoothing", code: script("") },
    { name: "none", code: script(", label_smoothing_factor=0.0"), versions: old },
    { name: "one class per row", code: script(", label_smoothing_factor=0.1", LOADED.replace("multi_label", "single_label")), versions: old },
    { name: "left to the labels", code: script(", label_smoothing_factor=0.1", LOADED.replace(`, problem_type="multi_label_classification"`, "")), versions: old },
    { name: "from the command line", code: script(", label_smoothing_factor=cli.smoothing"), versions: old },
    { name: "the problem type from the command line", code: script(", label_smoothing_factor=0.1", LOADED.replace(`"multi_label_classification"`, "cli.problem")), versions: old },
    { name: "off before the Trainer is built", code: script(", label_smoothing_factor=0.1", LOADED, `args.label_smoothing_factor = 0.0\n${TRAIN}`), versions: old },
    { name: "another type set afterwards", code: script(", label_smoothing_factor=0.1", `${LOADED}model.config.problem_type = "single_label_classification"\n`), versions: old },
    { name: "on one branch", code: script(", label_smoothing_factor=0.1 if cli.smooth else 0.0"), versions: old },
    { name: "a loss of one's own", code: script(", label_smoothing_factor=0.1", LOADED, TRAIN.replace("train_dataset", "compute_loss_func=loss, train_dataset")), versions: old },
    {
      name: "a class with a loss of its own",
      code: script(", label_smoothing_factor=0.1", `${LOADED}class Mine(Trainer):\n    def compute_loss(self, model, inputs, return_outputs=False, **rest):\n        return loss(model(**inputs))\n`, TRAIN.replace("Trainer(", "Mine(")),
      versions: old,
    },
    { name: "another script's Trainer", code: script(", label_smoothing_factor=0.1", `${LOADED}from mine import Trainer\n`), versions: old },
    { name: "arguments from elsewhere", code: `${IMPORTS}${LOADED}args = load()\nargs.label_smoothing_factor = 0.1\n${TRAIN}`, versions: old },
    { name: "steps of one's own", code: script(", label_smoothing_factor=0.1", `${LOADED}class Mine(Trainer):\n    def training_step(self, model, inputs, count=None):\n        return step(model, inputs)\n`, TRAIN.replace("Trainer(", "Mine(")), versions: old },
    { name: "a trainer of TRL", code: `import transformers\nfrom trl import RewardConfig, RewardTrainer\n${LOADED.replace("AutoModel", "transformers.AutoModel")}RewardTrainer(model=model, args=RewardConfig("o", label_smoothing_factor=0.1)).train()\n`, versions: old },
    { name: "a configuration from outside", code: script(", label_smoothing_factor=0.1", 'model = BertForSequenceClassification.from_pretrained("b", config=config)\n'), versions: old },
  ],
  invalid: [
    {
      name: "before 4.56",
      code: script(", ⟦label_smoothing_factor=0.1⟧"),
      versions: old,
      findings: [{ severity: "error", message: "raises RuntimeError" }],
      unsafe: script(""),
    },
    { name: "from 4.56 on", code: script(", ⟦label_smoothing_factor=0.1⟧"), versions: recent, findings: [{ severity: "warning", message: "sets label_smoothing_factor aside" }] },
    { name: "version unknown", code: script(", ⟦label_smoothing_factor=0.1⟧"), findings: [{ severity: "warning", message: "before transformers 4.56" }] },
    { name: "never trained", code: script(", ⟦label_smoothing_factor=0.1⟧", LOADED, TRAIN.replace("trainer.train()\n", "")), versions: old, findings: [{ severity: "warning", message: "first step" }] },
    { name: "in a configuration", code: script(", ⟦label_smoothing_factor=0.1⟧", `model = BertForSequenceClassification(BertConfig(problem_type="multi_label_classification"))\n`), versions: old, findings: [{ severity: "error", message: "multi-label" }] },
    {
      name: "in a loaded configuration",
      code: script(", ⟦label_smoothing_factor=0.1⟧", `config = AutoConfig.from_pretrained("b", problem_type="multi_label_classification")\nmodel = BertForSequenceClassification.from_pretrained("b", config=config)\n`),
      versions: old,
      findings: [{ severity: "error", message: "multi-label" }],
    },
    {
      name: "set on the configuration",
      code: script(", ⟦label_smoothing_factor=0.1⟧", `model = BertForSequenceClassification.from_pretrained("b")\nmodel.config.problem_type = "multi_label_classification"\n`),
      versions: old,
      findings: [{ severity: "error", message: "multi-label" }],
    },
    { name: "the factor set afterwards", code: script("", LOADED, `⟦args.label_smoothing_factor = 0.1⟧\n${TRAIN}`), versions: old, findings: [{ severity: "error", message: "multi-label" }] },
  ],
});
