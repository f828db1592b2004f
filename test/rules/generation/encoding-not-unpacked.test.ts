import rule from "../../../server/src/rules/generation/encoding-not-unpacked.js";
import { ruleTest } from "../../support/ruleTest.js";
import { NEW, OLD, one, TOKENIZER } from "./support.js";

const ENCODED = `${TOKENIZER}inputs = tokenizer("a", return_tensors="pt")\n`;

ruleTest(rule, {
  valid: [
    {
      name: "a TensorFlow model takes a dict",
      code: `from transformers import AutoTokenizer, TFBertModel\ntokenizer = AutoTokenizer.from_pretrained("x")\nmodel = TFBertModel.from_pretrained("x")\nmodel(tokenizer("a", return_tensors="tf"))\n`,
    },
    {
      name: "a processor's template gives ids",
      code: `from transformers import AutoProcessor, AutoModelForCausalLM\nprocessor = AutoProcessor.from_pretrained("x")\nmodel = AutoModelForCausalLM.from_pretrained("x")\nmodel.generate(processor.apply_chat_template(m, tokenize=True, return_tensors="pt"))\n`,
    },
    { name: "unpacked", code: `${ENCODED}model.generate(**inputs)\n` },
    { name: "its ids", code: `${ENCODED}model.generate(inputs["input_ids"], attention_mask=inputs["attention_mask"])\n` },
    { name: "ids from encode", code: `${TOKENIZER}ids = tokenizer.encode("a", return_tensors="pt")\nmodel.generate(ids)\n` },
    { name: "a template as tensor", code: `${TOKENIZER}model.generate(tokenizer.apply_chat_template(m, return_tensors="pt", return_dict=False))\n` },
    { name: "up to 4.57 a template gives a tensor", code: `${TOKENIZER}model.generate(tokenizer.apply_chat_template(m, return_tensors="pt"))\n`, versions: OLD },
    { name: "a template as text", code: `${TOKENIZER}text = tokenizer.apply_chat_template(m, tokenize=False)\nmodel.generate(**tokenizer(text, return_tensors="pt"))\n`, versions: NEW },
    { name: "another library's model", code: `${ENCODED}from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer("x")\nmodel(inputs)\n` },
    { name: "an own class", code: `${ENCODED}class Model:\n    def __call__(self, inputs): ...\nmodel = Model()\nmodel(inputs)\n` },
    { name: "a function", code: `${ENCODED}run_model(inputs)\n` },
  ],
  invalid: [
    { name: "generate", code: `${ENCODED}model.generate(⟦inputs⟧, max_new_tokens=5)\n`, findings: one("error", "raises AttributeError"), fixed: `${ENCODED}model.generate(**inputs, max_new_tokens=5)\n` },
    { name: "by keyword, moved", code: `${ENCODED}model.generate(⟦input_ids=inputs.to("cuda")⟧)\n`, findings: one("error", "Unpack it"), fixed: `${ENCODED}model.generate(**inputs.to("cuda"))\n` },
    { name: "forward", code: `${ENCODED}⟦⟧model(inputs)\n`.replace("⟦⟧model(inputs)", "model(⟦inputs⟧)"), findings: one("error", "model gets what the tokenizer returned"), fixed: `${ENCODED}model(**inputs)\n` },
    {
      name: "a chat template from 5",
      code: `${TOKENIZER}ids = tokenizer.apply_chat_template(m, return_tensors="pt")\nmodel.generate(⟦ids⟧)\n`,
      versions: NEW,
      findings: one("error", "Pass return_dict=True"),
      fixed: `${TOKENIZER}ids = tokenizer.apply_chat_template(m, return_tensors="pt", return_dict=True)\nmodel.generate(**ids)\n`,
      leaves: "findings",
    },
    {
      name: "a chat template, version unknown, on the spot",
      code: `${TOKENIZER}model.generate(⟦tokenizer.apply_chat_template(m, return_tensors="pt").to("cuda")⟧)\n`,
      findings: one("warning", "From transformers 5"),
      fixed: `${TOKENIZER}model.generate(**tokenizer.apply_chat_template(m, return_tensors="pt", return_dict=True).to("cuda"))\n`,
    },
    { name: "a chat template as a dict", code: `${TOKENIZER}ids = tokenizer.apply_chat_template(m, return_tensors="pt", return_dict=True)\nmodel.generate(⟦ids⟧)\n`, findings: one("error", "gets what the tokenizer returned"), fixed: `${TOKENIZER}ids = tokenizer.apply_chat_template(m, return_tensors="pt", return_dict=True)\nmodel.generate(**ids)\n` },
  ],
});
