import rule from "../../../server/src/rules/generation/dropped-attention-mask.js";
import { ruleTest } from "../../support/ruleTest.js";
import { NEW, OLD, one, TOKENIZER } from "./support.js";

const BATCH = `${TOKENIZER}tokenizer.pad_token = tokenizer.eos_token\ninputs = tokenizer(["a", "b c"], padding=True, return_tensors="pt")\n`;
const SINGLE = `${TOKENIZER}inputs = tokenizer("a", return_tensors="pt")\n`;

ruleTest(rule, {
  valid: [
    { name: "unpacked", code: `${BATCH}model.generate(**inputs)\n` },
    { name: "the mask is passed", code: `${BATCH}model.generate(inputs["input_ids"], attention_mask=inputs["attention_mask"])\n` },
    { name: "the mask may be passed", code: `${BATCH}model.generate(inputs["input_ids"], **more)\n` },
    { name: "there is no mask", code: `${TOKENIZER}inputs = tokenizer("a", return_tensors="pt", return_attention_mask=False)\nmodel.generate(inputs["input_ids"])\n` },
    { name: "ids from somewhere", code: `${TOKENIZER}model.generate(batch["input_ids"])\n` },
    { name: "one text from 5 on", code: `${SINGLE}model.generate(inputs["input_ids"])\n`, versions: NEW },
    { name: "labels", code: `${SINGLE}model.generate(inputs["labels"])\n` },
    { name: "another library", code: `${SINGLE}engine.generate(inputs["input_ids"])\n` },
  ],
  invalid: [
    {
      name: "a padded batch",
      code: `${BATCH}model.generate(⟦inputs["input_ids"]⟧, max_new_tokens=5)\n`,
      findings: one("warning", "the pad token is the end token"),
      fixed: `${BATCH}model.generate(inputs["input_ids"], max_new_tokens=5, attention_mask=inputs["attention_mask"])\n`,
    },
    { name: "one text", code: `${SINGLE}model.generate(⟦inputs.input_ids⟧)\n`, versions: OLD, findings: one("hint", "harmless for one text"), fixed: `${SINGLE}model.generate(inputs.input_ids, attention_mask=inputs.attention_mask)\n` },
    {
      name: "moved, by keyword",
      code: `${BATCH}model.generate(⟦input_ids=inputs["input_ids"].to(model.device)⟧)\n`,
      findings: one("warning", "leaves the attention mask behind"),
      fixed: `${BATCH}model.generate(input_ids=inputs["input_ids"].to(model.device), attention_mask=inputs["attention_mask"].to(model.device))\n`,
    },
    { name: "under a name", code: `${BATCH}ids = inputs["input_ids"]\nmodel.generate(⟦ids⟧)\n`, findings: one("warning", "ids leaves the attention mask behind") },
    {
      name: "a pad token of its own: the mask is guessed rightly",
      code: `${TOKENIZER}inputs = tokenizer(["a", "b c"], padding=True, return_tensors="pt")\nmodel.generate(⟦inputs["input_ids"]⟧)\n`,
      findings: one("hint", "may read the padding"),
      fixed: `${TOKENIZER}inputs = tokenizer(["a", "b c"], padding=True, return_tensors="pt")\nmodel.generate(inputs["input_ids"], attention_mask=inputs["attention_mask"])\n`,
    },
  ],
});
