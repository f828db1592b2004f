import rule from "../../../server/src/rules/transformers/arguments-changed-after-creation.js";
import { ruleTest } from "../../support/ruleTest.js";

const TRAIN = "trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test)\n";
const script = (given: string, write: string, rest = TRAIN): string => `from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("out"${given})\n${write}\n${rest}`;
const old = { transformers: "4.46.3" };
const recent = { transformers: "4.57.6" };
const warning = (message: string) => [{ severity: "warning", message }] as const;

ruleTest(rule, {
  valid: [
    { name: "passed", code: script(", bf16=True", "") },
    { name: "a folder", code: script("", 'args.output_dir = "x"; args.seed = 1; args.learning_rate = 1e-4') },
    { name: "an optimizer", code: script("", 'args.optim = "adafactor"\nargs.lr_scheduler_type = "cosine"\nargs.save_strategy = "epoch"') },
    { name: "the same value", code: script(", bf16=True", "args.bf16 = True") },
    { name: "off as before", code: script("", "args.fp16 = False") },
    { name: "by the hardware", code: script("", "args.bf16 = torch.cuda.is_bf16_supported()") },
    { name: "evaluation by epochs", code: script(", logging_steps=10", 'args.eval_strategy = "epoch"') },
    { name: "with eval_steps", code: script(", logging_steps=10, eval_steps=20", 'args.eval_strategy = "steps"') },
    { name: "with eval_steps written", code: script(", logging_steps=10", 'args.eval_strategy = "steps"\nargs.eval_steps = 5') },
    { name: "no logging_steps: 500 either way", code: script("", 'args.eval_strategy = "steps"') },
    { name: "the best by a metric", code: script(', metric_for_best_model="loss"', "args.load_best_model_at_end = True"), versions: recent },
    { name: "a metric with its direction", code: script(", load_best_model_at_end=True", 'args.metric_for_best_model = "accuracy"\nargs.greater_is_better = True') },
    { name: "a smaller metric", code: script(", load_best_model_at_end=True", 'args.metric_for_best_model = "wer"') },
    { name: "another score", code: script(', load_best_model_at_end=True, metric_for_best_model="f1"', 'args.metric_for_best_model = "accuracy"') },
    { name: "no best model", code: script("", 'args.metric_for_best_model = "accuracy"') },
    { name: "a list of trackers", code: script("", 'args.report_to = ["wandb"]'), versions: old },
    { name: "a tracker, from 4.49 on", code: script("", 'args.report_to = "wandb"'), versions: recent },
    { name: "smoothing before the Trainer", code: script("", "args.label_smoothing_factor = 0.1") },
    { name: "built again", code: script("", "args.bf16 = True\nargs.__post_init__()") },
    { name: "no Trainer", code: script("", "args.bf16 = True", "other(args)\n") },
    { name: "arguments of another library", code: `from transformers import Trainer\nfrom mine import TrainingArguments\nargs = TrainingArguments("o")\nargs.bf16 = True\n${TRAIN}` },
    { name: "an unpacked dict", code: script(", **options", "args.bf16 = True") },
    { name: "perhaps given before", code: script(", bf16=cli.bf16", "args.bf16 = True") },
    { name: "given on one of two ways", code: script(", bf16=True if cli.fast else False", "args.bf16 = True") },
    { name: "turned over", code: script("", "args.fp16 = not args.fp16") },
    { name: "an item of a dict of its own", code: script(', deepspeed={"bf16": {"enabled": True}}', 'args.deepspeed["bf16"] = {"enabled": False}') },
    { name: "added to", code: script("", "args.warmup_steps += 10\nargs.seed += 1") },
    { name: "a class of one's own, which sees to it", code: `from transformers import Trainer, TrainingArguments\nclass Mine(TrainingArguments):\n    def __setattr__(self, name, value):\n        super().__setattr__(name, value)\nargs = Mine("out")\nargs.bf16 = True\n${TRAIN}` },
    { name: "replaced afterwards", code: script("", "args.bf16 = True\nimport dataclasses\nargs = dataclasses.replace(args)") },
    { name: "fields of the command line's", code: `from transformers import HfArgumentParser, Trainer, TrainingArguments\n(args,) = HfArgumentParser(TrainingArguments).parse_args_into_dataclasses()\nargs.bf16 = True\n${TRAIN}` },
    { name: "written for another Trainer", code: script("", "other = TrainingArguments('p')\nother.bf16 = True") },
  ],
  invalid: [
    { name: "bf16", code: script("", "⟦args.bf16 = True⟧"), findings: warning("bf16 is read when TrainingArguments is built"), unsafe: script(", bf16=True", "").replace("\n\n", "\n") },
    { name: "off again", code: script(", fp16=True", "⟦args.fp16 = False⟧"), findings: warning("changes nothing") },
    { name: "of the Trainer", code: script("", "", `${TRAIN}⟦trainer.args.tf32 = True⟧\n`), findings: warning("tf32 is read") },
    { name: "deepspeed", code: script("", '⟦args.deepspeed = "ds.json"⟧'), findings: warning("deepspeed is read") },
    { name: "on a branch", code: script("", "if cli.compile:\n    ⟦args.torch_compile = True⟧"), findings: warning("torch_compile is read") },
    { name: "evaluation by steps", code: script(", logging_steps=10", '⟦args.eval_strategy = "steps"⟧'), findings: warning("logging_steps=10: evaluates every 500 steps") },
    { name: "the best, from 4.47 on", code: script("", "⟦args.load_best_model_at_end = True⟧"), versions: recent, findings: [{ severity: "error", message: "raises ValueError" }] },
    { name: "the best, before", code: script("", "⟦args.load_best_model_at_end = True⟧"), versions: old, findings: warning("nothing is loaded") },
    { name: "a score", code: script(", load_best_model_at_end=True", '⟦args.metric_for_best_model = "accuracy"⟧'), findings: warning('"accuracy" doesn\'t set greater_is_better') },
    { name: "no tracker, before 4.49", code: script("", '⟦args.report_to = "none"⟧'), versions: old, findings: [{ severity: "error", message: "is a list" }] },
    { name: "no tracker, version unknown", code: script("", '⟦args.report_to = "none"⟧'), findings: warning("before transformers 4.49") },
    { name: "smoothing after the Trainer", code: script("", "", `${TRAIN}⟦args.label_smoothing_factor = 0.1⟧\n`), findings: warning("when the Trainer is built") },
  ],
});
