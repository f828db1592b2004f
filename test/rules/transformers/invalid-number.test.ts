import rule from "../../../server/src/rules/transformers/invalid-number.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("out", ${args})\n${after}Trainer(model=m, args=args)\n`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;
const V4 = { transformers: "4.57.6" };
const V5 = { transformers: "5.18.0" };

ruleTest(rule, {
  valid: [
    { name: "whole steps", code: script("save_steps=500, logging_steps=10") },
    { name: "shares", code: script("save_steps=0.1, logging_steps=0.05") },
    { name: "whole floats", code: script("save_steps=2.0, logging_steps=1e2") },
    { name: "saved by epoch", code: script('save_steps=1.5, save_strategy="epoch"') },
    { name: "eval_steps without evaluation", code: script("eval_steps=1.5") },
    { name: "an unknown strategy", code: script("eval_steps=1.5, eval_strategy=cli.strategy") },
    { name: "logging_steps=0 and nothing logged", code: script('logging_steps=0, logging_strategy="no"') },
    { name: "logging_steps=-1", code: script("logging_steps=-1") },
    { name: "save_steps=0", code: script("save_steps=0") },
    { name: "a number", code: script("learning_rate=1e-4, weight_decay=0.01") },
    { name: "from the command line", code: script("learning_rate=cli.lr, save_steps=cli.steps") },
    { name: "a float() of text", code: script('learning_rate=float("1e-4")') },
    { name: "text that is corrected later", code: script('learning_rate="1e-4"', "args.learning_rate = 1e-4\n") },
    { name: "no accumulation, corrected later", code: script("gradient_accumulation_steps=0", "args.gradient_accumulation_steps = 2\n") },
    { name: "warm-up", code: script("warmup_steps=100") },
    { name: "a share of warm-up on 5", code: script("warmup_steps=0.1"), versions: V5 },
    { name: "a float of warm-up before 4.42", code: script("warmup_steps=0.1"), versions: { transformers: "4.41.2" } },
    { name: "a limit", code: script("save_total_limit=1") },
    { name: "no limit, said plainly", code: script("save_total_limit=None") },
    { name: "a limit of nothing", code: script('save_total_limit=0, save_strategy="no"') },
    { name: "another class", code: "import transformers\nfrom mine import TrainingArguments\nTrainingArguments(save_steps=1.5)\n" },
    { name: "the error is caught", code: `from transformers import TrainingArguments\ntry:\n    TrainingArguments("o", save_steps=1.5)\nexcept ValueError:\n    pass\n` },
    { name: "written afterwards: not checked again", code: script("seed=1", "args.save_steps = 1.5\n") },
  ],
  invalid: [
    { name: "save_steps", code: script("⟦save_steps=2.5⟧"), findings: one("error", "save_steps=2.5 is above 1 and not a whole number"), unsafe: script("save_steps=3") },
    { name: "eval_steps", code: script('eval_strategy="steps", ⟦eval_steps=1.5⟧'), findings: one("error", "eval_steps=1.5") },
    { name: "logging_steps by arithmetic", code: script("⟦logging_steps=25 / 2⟧"), findings: one("error", "12.5"), unsafe: script("logging_steps=13") },
    { name: "above 1 in an SFTConfig", code: `from trl import SFTConfig, SFTTrainer\nargs = SFTConfig("o", ⟦save_steps=2.5⟧)\nSFTTrainer(model=m, args=args)\n`, findings: one("error", "when SFTConfig is built") },
    { name: "logging_steps=0", code: script("⟦logging_steps=0⟧"), findings: one("error", 'logging_strategy="no"') },
    { name: "gradient_accumulation_steps=0", code: script("⟦gradient_accumulation_steps=0⟧"), findings: one("error", "ZeroDivisionError"), unsafe: script("gradient_accumulation_steps=1") },
    { name: "text", code: script('⟦learning_rate="1e-4"⟧'), findings: one("error", "learning_rate is text"), fixed: script("learning_rate=1e-4") },
    { name: "text in a dict", code: `from transformers import Trainer, TrainingArguments\nd = {⟦"weight_decay": "0.01"⟧}\nTrainer(m, TrainingArguments("o", **d))\n`, findings: one("error", "weight_decay"), fixed: `from transformers import Trainer, TrainingArguments\nd = {"weight_decay": 0.01}\nTrainer(m, TrainingArguments("o", **d))\n` },
    { name: "text that is no number", code: script('⟦num_train_epochs="three"⟧'), findings: one("error", "num_train_epochs is text") },
    { name: "a share of warm-up on 4", code: script("⟦warmup_steps=0.1⟧"), versions: V4, findings: one("error", "warmup_ratio") },
    { name: "a share of warm-up, version unknown", code: script("⟦warmup_steps=0.1⟧"), findings: one("warning", "4.42 to 4.57") },
    { name: "a whole float of warm-up on 4", code: script("⟦warmup_steps=10.0⟧"), versions: V4, findings: one("error", "not an int"), fixed: script("warmup_steps=10") },
    { name: "a negative warm-up", code: script("⟦warmup_steps=-1⟧"), versions: V5, findings: one("error", "negative") },
    { name: "no limit at all", code: script("⟦save_total_limit=0⟧"), findings: one("warning", "every checkpoint is kept") },
    { name: "not used by anything yet", code: "from transformers import TrainingArguments\nTrainingArguments('o', ⟦learning_rate='1e-4'⟧)\n", findings: one("warning", "is text"), fixed: "from transformers import TrainingArguments\nTrainingArguments('o', learning_rate=1e-4)\n" },
  ],
});
