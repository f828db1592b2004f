import rule from "../../../server/src/rules/langchain/discarded-sequences.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from langchain_huggingface import HuggingFacePipeline\nfrom transformers import pipeline\n`;

ruleTest(rule, {
  valid: [
    { name: "one", code: `${HEAD}llm = HuggingFacePipeline(pipeline=pipeline("text-generation", num_return_sequences=1))\n` },
    { name: "the pipeline itself", code: `${HEAD}pipe = pipeline("text-generation", num_return_sequences=5)\npipe("a")\n` },
    { name: "from outside", code: `${HEAD}llm = HuggingFacePipeline(pipeline=pipeline("text-generation", num_return_sequences=cli.n))\n` },
    { name: "a pipeline that isn't seen", code: `${HEAD}llm = HuggingFacePipeline(pipeline=load(num_return_sequences=5))\n` },
    { name: "own class", code: `import langchain\nfrom transformers import pipeline\nclass HuggingFacePipeline: ...\nHuggingFacePipeline(pipeline=pipeline("x", num_return_sequences=5))\n` },
  ],
  invalid: [
    { name: "in the pipeline", code: `${HEAD}pipe = pipeline("text-generation", ⟦num_return_sequences=5⟧)\nllm = HuggingFacePipeline(pipeline=pipe)\n`, findings: one("warning", "keeps the first of 5") },
    { name: "from_model_id", code: `from langchain_community.llms import HuggingFacePipeline as P\nP.from_model_id("gpt2", task="text-generation", pipeline_kwargs={⟦"num_return_sequences": 3⟧})\n`, findings: one("warning", "keeps the first of 3") },
    { name: "in one call", code: `${HEAD}llm = HuggingFacePipeline(pipeline=p)\nllm.invoke("a", pipeline_kwargs={⟦"num_return_sequences": 2⟧})\n`, findings: one("warning", "keeps the first of 2") },
  ],
});
