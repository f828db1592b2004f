import rule from "../../../server/src/rules/transformers/plain-arguments-in-seq2seq-trainer.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, { names = "Seq2SeqTrainer, Seq2SeqTrainingArguments, TrainingArguments", trainer = "Seq2SeqTrainer(model=m, args=args)" } = {}): string => `from transformers import ${names}\nargs = ${args}\n${trainer}\n`;
const MARKED = { trainer: "Seq2SeqTrainer(model=m, ⟦args=args⟧)" };
const PLAIN = "TrainingArguments('o', seed=1)";
const one = [{ message: "raises AttributeError", severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "its own", code: script("Seq2SeqTrainingArguments('o')") },
    { name: "a plain Trainer", code: script(PLAIN, { names: "Trainer, TrainingArguments # Seq2SeqTrainer", trainer: "Trainer(model=m, args=args)" }) },
    { name: "own subclass", code: script("Mine('o')").replace("args =", "class Mine(TrainingArguments):\n    generation_config = None\nargs =") },
    { name: "from elsewhere", code: script("load()") },
    { name: "an open splat may bring them", code: "from transformers import Seq2SeqTrainer\nSeq2SeqTrainer(model=m, **more)\n" },
    { name: "one of two", code: script("TrainingArguments('o') if cli.p else Seq2SeqTrainingArguments('o')") },
    { name: "attributes added by hand", code: script(PLAIN).replace("Seq2SeqTrainer(", "args.generation_config = None\nSeq2SeqTrainer(") },
    { name: "patched by unknown code", code: script(PLAIN).replace("Seq2SeqTrainer(", "patch(args)\nSeq2SeqTrainer(") },
    { name: "another class of the name", code: script(PLAIN, { names: "TrainingArguments" }).replace("args =", "from mine import Seq2SeqTrainer\nargs =") },
    { name: "own Trainer with its own constructor", code: script(PLAIN, { trainer: "class T(Seq2SeqTrainer):\n    def __init__(self, **k): ...\nT(model=m, args=args)" }) },
  ],
  invalid: [
    { name: "plain", code: script(PLAIN, MARKED), findings: one, fixed: script("Seq2SeqTrainingArguments('o', seed=1)") },
    {
      name: "not imported yet",
      code: script(PLAIN, { ...MARKED, names: "(\n    Seq2SeqTrainer,\n    TrainingArguments,\n)" }),
      findings: one,
      fixed: script("Seq2SeqTrainingArguments('o', seed=1)", { names: "(\n    Seq2SeqTrainer,\n    TrainingArguments,\n    Seq2SeqTrainingArguments,\n)" }),
    },
    { name: "none at all", code: "from transformers import Seq2SeqTrainer\n⟦Seq2SeqTrainer⟧(model=m)\n", findings: one },
    { name: "None", code: "from transformers import Seq2SeqTrainer\nSeq2SeqTrainer(m, ⟦args=None⟧)\n", findings: one },
    { name: "through the module, by position", code: "import transformers as hf\nhf.Seq2SeqTrainer(m, ⟦hf.TrainingArguments('o')⟧)\n", findings: one, fixed: "import transformers as hf\nhf.Seq2SeqTrainer(m, hf.Seq2SeqTrainingArguments('o'))\n" },
    { name: "own Trainer that keeps the constructor", code: script(PLAIN, { trainer: "class T(Seq2SeqTrainer):\n    def compute_loss(self, *a, **k): ...\nT(model=m, ⟦args=args⟧)" }), findings: one, fixed: script("Seq2SeqTrainingArguments('o', seed=1)", { trainer: "class T(Seq2SeqTrainer):\n    def compute_loss(self, *a, **k): ...\nT(model=m, args=args)" }) },
  ],
});
