import { defineRule } from "../../analysis/rule.js";
import { isNothing } from "../nothing.js";
import { isHuggingFacePipeline } from "./huggingFacePipelines.js";

export default defineRule({
  id: "langchain/ignored-stop",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["langchain-huggingface"],
  mentions: ["stop"],
  messages: {
    ignored: "HuggingFacePipeline of langchain_huggingface ignores stop in {method}(): the text goes on behind it. Cut the text yourself.",
  },
  docs: {
    summary: "Stop words for a HuggingFacePipeline, which generates on behind them.",
    why: `Langchain's other models cut the answer at the \`stop\` strings. \`HuggingFacePipeline\` of \`langchain_huggingface\` takes the argument and looks at it only in \`stream()\`; what \`invoke()\` and \`batch()\`
return goes on behind it. transformers itself stops with \`stop_strings\`, which needs \`tokenizer=\`.`,
    examples: [
      {
        bad: `from langchain_huggingface import HuggingFacePipeline

llm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")
answer = llm.invoke("Q: Why?\\nA:", stop=["\\n"])
`,
        good: `from langchain_huggingface import HuggingFacePipeline

llm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")
answer = llm.invoke("Q: Why?\\nA:").split("\\n")[0]
`,
      },
    ],
    references: ["https://github.com/langchain-ai/langchain/blob/master/libs/partners/huggingface/langchain_huggingface/llms/huggingface_pipeline.py"],
    silent: "For `stream()`, for other models, and for langchain's former packages.",
  },
  check({ script, report }) {
    for (const method of ["invoke", "batch", "generate", "ainvoke", "abatch"]) {
      for (const call of script.callsOfMethod(method)) {
        const stop = call.keywords.get("stop");
        const { receiver } = call;
        if (!stop || isNothing(stop.value) || stop.value.kind === "parameter" || receiver?.kind !== "instance" || !isHuggingFacePipeline(receiver)) continue;
        if (!receiver.object.className?.startsWith("langchain_huggingface.")) continue;
        report({ message: "ignored", data: { method }, at: script.tree.span(stop.entry) });
      }
    }
  },
});
