import rule from "../../../server/src/rules/generation/pipeline-batch-without-pad-token.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one } from "./support.js";

const script = (args: string, after = ""): string => `from transformers import AutoTokenizer, pipeline\npipe = pipeline("text-generation", ${args})\n${after}pipe(texts)\n`;

ruleTest(rule, {
  valid: [
    { name: "one by one", code: script('model="gpt2", batch_size=1') },
    { name: "no batches", code: script('model="gpt2"') },
    { name: "from outside", code: script('model="gpt2", batch_size=cli.n') },
    { name: "set", code: script('model="gpt2", batch_size=8', "pipe.tokenizer.pad_token_id = 0\n") },
    { name: "a checkpoint that has one", code: script('model="bert-base-uncased", batch_size=8') },
    { name: "a checkpoint that isn't known", code: script('model="me/mine", batch_size=8') },
    { name: "another tokenizer", code: script('model="gpt2", tokenizer=tokenizer, batch_size=8') },
    { name: "another library's", code: script('model="gpt2", batch_size=8').replace("import AutoTokenizer, pipeline", "import AutoTokenizer\nfrom mine import pipeline") },
  ],
  invalid: [
    { name: "GPT-2", code: script('model="gpt2", ⟦batch_size=8⟧'), findings: one("warning", "The tokenizer of gpt2 has no pad token: batches of 8") },
    { name: "by position", code: script('"gpt2", ⟦batch_size=8⟧'), findings: one("warning", "gpt2") },
    { name: "its tokenizer", code: script('model=model, tokenizer=AutoTokenizer.from_pretrained("gpt2"), ⟦batch_size=4⟧'), findings: one("warning", "batches of 4") },
  ],
});
