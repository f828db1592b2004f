import { defineRule } from "../../analysis/rule.js";
import { truthOf } from "../../script/values.js";
import { pipelinesMade } from "./huggingFacePipelines.js";

export default defineRule({
  id: "langchain/ignored-pipeline-kwargs",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["langchain-huggingface"],
  mentions: ["pipeline_kwargs"],
  messages: {
    ignored: "HuggingFacePipeline of langchain_huggingface never reads pipeline_kwargs beside a pipeline: {names} has no effect. Pass it to the pipeline itself.",
  },
  docs: {
    summary: "pipeline_kwargs beside a pipeline, which langchain_huggingface doesn't read.",
    why: `The class of \`langchain_community\` passed the \`pipeline_kwargs\` of its constructor on with every call. That of \`langchain_huggingface\` keeps them and passes on only those of the call itself
(\`llm.bind(pipeline_kwargs={...})\`). Sampling, length and the rest stay as the pipeline has them, without a word. \`from_model_id\` is another matter: it builds the pipeline with them.`,
    examples: [
      {
        bad: `from langchain_huggingface import HuggingFacePipeline
from transformers import pipeline

llm = HuggingFacePipeline(pipeline=pipeline("text-generation", model="gpt2"), pipeline_kwargs={"max_new_tokens": 100})
`,
        good: `from langchain_huggingface import HuggingFacePipeline
from transformers import pipeline

llm = HuggingFacePipeline(pipeline=pipeline("text-generation", model="gpt2", max_new_tokens=100))
`,
      },
    ],
    references: ["https://github.com/langchain-ai/langchain/blob/master/libs/partners/huggingface/langchain_huggingface/llms/huggingface_pipeline.py"],
    silent: "For `from_model_id`, which reads them, and for the class of langchain_community.",
  },
  check({ script, report }) {
    for (const call of pipelinesMade(script)) {
      const argument = call.keywords.get("pipeline_kwargs");
      if (!argument || !/^langchain_huggingface\.(?:\w+\.)*HuggingFacePipeline$/.test(call.name ?? "") || !call.keywords.has("pipeline")) continue;
      if (argument.value.kind !== "record" || truthOf(argument.value) !== true) continue;
      report({ message: "ignored", data: { names: [...argument.value.entries.keys()].slice(0, 2).join(", ") }, at: script.tree.span(argument.entry) });
    }
  },
});
