import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { isHuggingFacePipeline, pipelinesMade } from "./huggingFacePipelines.js";

const OPTION = "num_return_sequences";

export default defineRule({
  id: "langchain/discarded-sequences",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["langchain", "langchain-community", "langchain-huggingface"],
  mentions: [OPTION],
  messages: {
    discarded: "HuggingFacePipeline keeps the first of {count} sequences and drops the others after they have been generated. Ask for 1, or call the transformers pipeline itself.",
  },
  docs: {
    summary: "Several sequences asked for behind langchain's HuggingFacePipeline, which returns one.",
    why: `\`HuggingFacePipeline\` reduces what the pipeline returns for a prompt to its first element, in every version: \`generate(...).generations[i]\` has length 1. With
\`num_return_sequences=5\` five texts are generated and four are thrown away. The transformers pipeline itself returns all of them.`,
    examples: [
      {
        bad: `from langchain_huggingface import HuggingFacePipeline
from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2", do_sample=True, num_return_sequences=5)
llm = HuggingFacePipeline(pipeline=pipe)
`,
        good: `from langchain_huggingface import HuggingFacePipeline
from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2", do_sample=True)
llm = HuggingFacePipeline(pipeline=pipe)
`,
      },
    ],
    references: ["https://github.com/langchain-ai/langchain/blob/master/libs/partners/huggingface/langchain_huggingface/llms/huggingface_pipeline.py"],
    silent: "For numbers from outside the script, and for pipelines that aren't made in it.",
  },
  check({ script, report }) {
    for (const { count, entry } of askedFor(script)) {
      if (count > 1) report({ message: "discarded", data: { count }, at: script.tree.span(entry) });
    }
  },
});

/** Every number of sequences that ends up in a HuggingFacePipeline: its pipeline's, its own keyword dicts', or that of one call. */
function askedFor(script: Script): { readonly count: number; readonly entry: Node }[] {
  const found: { count: number; entry: Node }[] = [];
  const inCall = (call: Call): void => {
    const argument = call.keywords.get(OPTION);
    const count = argument && numberOf(argument.value);
    if (argument && count !== undefined) found.push({ count, entry: argument.entry });
  };
  const inRecord = (value: Value): void => {
    const entry = value.kind === "record" ? value.entries.get(OPTION) : undefined;
    const count = entry && numberOf(entry.value);
    if (entry && count !== undefined) found.push({ count, entry: entry.entry });
  };
  for (const call of pipelinesMade(script)) {
    const pipeline = call.value("pipeline");
    if (pipeline.kind === "instance" && pipeline.object.className === "transformers.Pipeline" && pipeline.object.call) inCall(pipeline.object.call);
    inRecord(call.value("pipeline_kwargs"));
  }
  for (const method of ["bind", "invoke", "batch", "stream"]) {
    for (const call of script.callsOfMethod(method)) if (isHuggingFacePipeline(call.receiver)) inRecord(call.value("pipeline_kwargs"));
  }
  return found;
}
