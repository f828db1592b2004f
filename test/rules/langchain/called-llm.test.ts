import rule from "../../../server/src/rules/langchain/called-llm.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from langchain_huggingface import HuggingFacePipeline\nllm = HuggingFacePipeline.from_model_id("gpt2", task="text-generation")\n`;
const NEW = { "langchain-core": "1.2.0" };

ruleTest(rule, {
  valid: [
    { name: "invoked", code: `${HEAD}llm.invoke("a")\n`, versions: NEW },
    { name: "a transformers pipeline", code: `import langchain\nfrom transformers import pipeline\nllm = pipeline("text-generation")\nllm("a")\n`, versions: NEW },
    { name: "not known", code: `import langchain\nllm("a")\n`, versions: NEW },
    { name: "before 0.1.7", code: `${HEAD}llm("a")\n`, versions: { "langchain-core": "0.1.0" } },
    { name: "another object's predict", code: `${HEAD}model.predict("a")\n`, versions: NEW },
    { name: "an endpoint", code: `from langchain_huggingface import HuggingFaceEndpoint, HuggingFacePipeline\nllm = HuggingFaceEndpoint(repo_id="m")\nllm("a")\n`, versions: NEW },
    { name: "given to something that calls it", code: `${HEAD}chain = prompt | llm\nchain.invoke("a")\n`, versions: NEW },
    { name: "a batch", code: `${HEAD}llm.batch(["a", "b"])\nllm.generate(["a"])\n`, versions: NEW },
    { name: "a name that is another thing by then", code: `${HEAD}llm = llm.invoke\nllm("a")\n`, versions: NEW },
  ],
  invalid: [
    { name: "called", code: `${HEAD}print(⟦llm⟧("a"))\n`, versions: NEW, findings: one("error", "raises TypeError"), fixed: `${HEAD}print(llm.invoke("a"))\n` },
    { name: "predict", code: `${HEAD}llm.⟦predict⟧("a")\n`, versions: NEW, findings: one("error", "raises AttributeError"), fixed: `${HEAD}llm.invoke("a")\n` },
    { name: "version unknown", code: `from langchain.llms.huggingface_pipeline import HuggingFacePipeline\nllm = HuggingFacePipeline(pipeline=p)\n⟦llm⟧("a")\n`, findings: one("warning", "From langchain-core 1.0"), fixed: `from langchain.llms.huggingface_pipeline import HuggingFacePipeline\nllm = HuggingFacePipeline(pipeline=p)\nllm.invoke("a")\n` },
    { name: "deprecated", code: `${HEAD}⟦llm⟧("a")\n`, versions: { "langchain-core": "0.3.0" }, findings: one("hint", "is deprecated"), fixed: `${HEAD}llm.invoke("a")\n` },
    { name: "with callbacks, which invoke takes elsewhere", code: `${HEAD}⟦llm⟧("a", callbacks=[c])\n`, versions: NEW, findings: one("error", "raises TypeError") },
    { name: "with stop", code: `${HEAD}llm.⟦predict⟧("a", stop=["b"])\n`, versions: NEW, findings: one("error", "raises AttributeError"), fixed: `${HEAD}llm.invoke("a", stop=["b"])\n` },
    { name: "the text by name", code: `${HEAD}⟦llm⟧(prompt="a")\n`, versions: NEW, findings: one("error", "raises TypeError") },
    { name: "an open splat", code: `${HEAD}⟦llm⟧("a", **options)\n`, versions: NEW, findings: one("error", "raises TypeError") },
  ],
});
