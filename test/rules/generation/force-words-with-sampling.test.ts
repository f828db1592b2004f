import rule from "../../../server/src/rules/generation/force-words-with-sampling.js";
import { ruleTest } from "../../support/ruleTest.js";
import { generate, MODEL, OLD, one } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "not sampling", code: generate("force_words_ids=[[1]], num_beams=4"), versions: OLD },
    { name: "explicitly not", code: generate("force_words_ids=[[1]], num_beams=4, do_sample=False"), versions: OLD },
    { name: "from outside", code: generate("force_words_ids=[[1]], num_beams=4, do_sample=cli.sample"), versions: OLD },
    { name: "no beams", code: generate("force_words_ids=[[1]], do_sample=True"), versions: OLD },
    { name: "no words", code: generate("force_words_ids=None, num_beams=4, do_sample=True"), versions: OLD },
    { name: "perhaps words", code: generate("force_words_ids=words, num_beams=4, do_sample=True"), versions: OLD },
    { name: "4.57", code: generate("force_words_ids=[[1]], num_beams=4, do_sample=True"), versions: { transformers: "4.57" } },
    { name: "4.36, which searches all the same", code: generate("force_words_ids=[[1]], num_beams=4, do_sample=True"), versions: { transformers: "4.36" } },
    { name: "an object that isn't known", code: "import transformers\nmodel.generate(ids, force_words_ids=[[1]], num_beams=4, do_sample=True)\n", versions: OLD },
    { name: "words of the command line's, or None", code: generate("force_words_ids=cli.words, num_beams=4, do_sample=True"), versions: OLD },
    { name: "words that a helper may not find", code: generate("force_words_ids=find(text), num_beams=4, do_sample=True"), versions: OLD },
  ],
  invalid: [
    { name: "sampling", code: generate("force_words_ids=[[1]], num_beams=4, ⟦do_sample=True⟧"), versions: OLD, findings: one("error", "can't sample"), fixed: generate("force_words_ids=[[1]], num_beams=4") },
    { name: "constraints", code: `${MODEL}from transformers import PhrasalConstraint\nmodel.generate(ids, constraints=[PhrasalConstraint([1])], num_beams=4, ⟦do_sample=True⟧)\n`, versions: OLD, findings: one("error", "constraints is a beam search"), fixed: `${MODEL}from transformers import PhrasalConstraint\nmodel.generate(ids, constraints=[PhrasalConstraint([1])], num_beams=4)\n` },
    { name: "not known", code: generate("⟦do_sample=True⟧, force_words_ids=[[1]], num_beams=4"), findings: one("warning", "in transformers 4.39 to 4.56"), fixed: generate("force_words_ids=[[1]], num_beams=4") },
    { name: "words of a tokenizer", code: generate("force_words_ids=tok([\"a\"]).input_ids, num_beams=4, ⟦do_sample=True⟧").replace("model.generate", "from transformers import AutoTokenizer\ntok = AutoTokenizer.from_pretrained(\"gpt2\")\nmodel.generate"), versions: OLD, findings: one("error", "can't sample"), fixed: generate("force_words_ids=tok([\"a\"]).input_ids, num_beams=4").replace("model.generate", "from transformers import AutoTokenizer\ntok = AutoTokenizer.from_pretrained(\"gpt2\")\nmodel.generate") },
  ],
});
