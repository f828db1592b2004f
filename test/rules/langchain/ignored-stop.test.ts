import rule from "../../../server/src/rules/langchain/ignored-stop.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from langchain_huggingface import HuggingFacePipeline\nllm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")\n`;

ruleTest(rule, {
  valid: [
    { name: "no stop", code: `${HEAD}llm.invoke("q")\n` },
    { name: "none after all", code: `${HEAD}llm.invoke("q", stop=None)\n` },
    { name: "streaming looks at it", code: `${HEAD}for t in llm.stream("q", stop=["x"]): ...\n` },
    { name: "the community's class cuts", code: `from langchain_community.llms import HuggingFacePipeline\nllm = HuggingFacePipeline(pipeline=p)\nllm.invoke("q", stop=["x"])\n` },
    { name: "another model", code: `${HEAD}other.invoke("q", stop=["x"])\n` },
    { name: "an endpoint, which stops", code: `from langchain_huggingface import HuggingFaceEndpoint\nllm = HuggingFaceEndpoint(repo_id="m")\nllm.invoke("q", stop=["x"])\n` },
    { name: "the community's class beside it", code: `${HEAD}from langchain_community.llms import HuggingFacePipeline as Former\nformer = Former(pipeline=p)\nformer.invoke("q", stop=["x"])\n` },
    { name: "a parameter, None by default", code: `${HEAD}def ask(q, stop=None):\n    return llm.invoke(q, stop=stop)\n` },
  ],
  invalid: [
    { name: "invoke", code: `${HEAD}llm.invoke("q", ⟦stop=["x"]⟧)\n`, findings: [{ severity: "warning", message: "in invoke()" }] },
    { name: "batch", code: `from langchain_huggingface import HuggingFacePipeline\nllm = HuggingFacePipeline(pipeline=p)\nllm.batch(["q"], ⟦stop=["x"]⟧)\n`, findings: [{ severity: "warning", message: "in batch()" }] },
  ],
});
