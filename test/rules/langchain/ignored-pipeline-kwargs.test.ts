import rule from "../../../server/src/rules/langchain/ignored-pipeline-kwargs.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "from langchain_huggingface import HuggingFacePipeline\n";

ruleTest(rule, {
  valid: [
    { name: "from_model_id reads them", code: `${HEAD}HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation", pipeline_kwargs={"max_new_tokens": 10})\n` },
    { name: "the community's class reads them", code: `from langchain_community.llms import HuggingFacePipeline\nHuggingFacePipeline(pipeline=p, pipeline_kwargs={"max_new_tokens": 10})\n` },
    { name: "empty", code: `${HEAD}HuggingFacePipeline(pipeline=p, pipeline_kwargs={})\n` },
    { name: "from outside", code: `${HEAD}HuggingFacePipeline(pipeline=p, pipeline_kwargs=options)\n` },
    { name: "of one call", code: `${HEAD}llm = HuggingFacePipeline(pipeline=p)\nllm.bind(pipeline_kwargs={"max_new_tokens": 10})\n` },
  ],
  invalid: [
    { name: "beside a pipeline", code: `${HEAD}HuggingFacePipeline(pipeline=p, ⟦pipeline_kwargs={"max_new_tokens": 10, "top_k": 5}⟧)\n`, findings: [{ severity: "warning", message: "max_new_tokens, top_k has no effect" }] },
    { name: "a dict with a name", code: `${HEAD}options = {"temperature": 0.1}\nHuggingFacePipeline(pipeline=p, ⟦pipeline_kwargs=options⟧)\n`, findings: [{ severity: "warning", message: "temperature" }] },
  ],
});
