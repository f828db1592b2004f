import rule from "../../../server/src/rules/generation/pipeline-without-tokenizer.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one } from "./support.js";

const script = (args: string): string => `from transformers import AutoModelForCausalLM, pipeline\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\npipe = pipeline(${args})\n`;

ruleTest(rule, {
  valid: [
    { name: "a tokenizer", code: script('"text-generation", model=model, tokenizer=tokenizer') },
    { name: "a tokenizer's name", code: script('"text-generation", model=model, tokenizer="gpt2"') },
    { name: "a name", code: script('"text-generation", model="gpt2"') },
    { name: "no model", code: script('"text-generation"') },
    { name: "perhaps a name", code: script('"text-generation", model=cli.model') },
    { name: "one of two", code: script('"text-generation", model=model if cli.loaded else "gpt2"') },
    { name: "a processor", code: script('"text-generation", model=model, processor=processor') },
    { name: "an image task", code: script('"image-classification", model=model') },
    { name: "a task from outside", code: script("cli.task, model=model") },
    { name: "an unknown splat", code: script('"text-generation", model=model, **more') },
    { name: "by position", code: script('"text-generation", model, None, tokenizer') },
    { name: "another library's", code: 'from transformers import AutoModelForCausalLM\nfrom mine import pipeline\npipeline("text-generation", model=AutoModelForCausalLM.from_pretrained("gpt2"))\n' },
  ],
  invalid: [
    { name: "an object", code: script('"text-generation", ⟦model=model⟧'), findings: one("error", 'pipeline("text-generation") gets a loaded model') },
    { name: "by position", code: script('"text-generation", ⟦model⟧'), findings: one("error", "can't guess its tokenizer") },
    { name: "task by name", code: script('task="text-classification", ⟦model=model⟧, device=0'), findings: one("error", "text-classification") },
  ],
});
