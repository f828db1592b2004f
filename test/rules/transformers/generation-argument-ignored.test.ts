import rule from "../../../server/src/rules/transformers/generation-argument-ignored.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from transformers import Seq2SeqTrainer, Seq2SeqTrainingArguments, Trainer\n";
const script = (args: string, trainer = "Trainer"): string => `${HEAD}args = Seq2SeqTrainingArguments("o", ${args})\ntrainer = ${trainer}(model=m, args=args)\n`;
const one = (message: string) => [{ message, severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "Seq2SeqTrainer", code: script("predict_with_generate=True, generation_num_beams=4", "Seq2SeqTrainer") },
    { name: "the flag is off", code: script("predict_with_generate=False") },
    { name: "the flag from outside", code: script("predict_with_generate=cli.generate, generation_num_beams=4") },
    { name: "own Trainer", code: `${HEAD}class T(Trainer):\n    pass\nT(model=m, args=Seq2SeqTrainingArguments("o", predict_with_generate=True))\n` },
    { name: "an unknown splat", code: script("generation_num_beams=4, **more", "Seq2SeqTrainer") },
    { name: "set later", code: `${script("generation_num_beams=4", "Seq2SeqTrainer")}args.predict_with_generate = True\n` },
    { name: "read by the script", code: `${script("generation_max_length=4", "Seq2SeqTrainer")}m.generate(x, max_length=args.generation_max_length)\n` },
    { name: "None", code: script("generation_num_beams=None", "Seq2SeqTrainer") },
  ],
  invalid: [
    { name: "a plain Trainer", code: script("⟦predict_with_generate=True⟧"), findings: one("A plain Trainer") },
    { name: "beams", code: script("⟦generation_num_beams=4⟧", "Seq2SeqTrainer"), findings: one("generation_num_beams is read only"), unsafe: script("generation_num_beams=4, predict_with_generate=True", "Seq2SeqTrainer") },
    { name: "the flag is off", code: script("predict_with_generate=False, ⟦generation_max_length=40⟧", "Seq2SeqTrainer"), findings: one("generation_max_length"), unsafe: script("predict_with_generate=False", "Seq2SeqTrainer") },
  ],
});
