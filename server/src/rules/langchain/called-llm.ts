import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { Field, Kind } from "../../syntax/kind.js";
import { isHuggingFacePipeline } from "./huggingFacePipelines.js";

export default defineRule({
  id: "langchain/called-llm",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["langchain", "langchain-community", "langchain-huggingface"],
  mentions: ["HuggingFacePipeline"],
  versions: { "langchain-core": ">=0.1.7" },
  messages: {
    raises: "An LLM has no {method} from langchain-core 1.0 on: raises {exception}. Use {llm}.invoke(...).",
    unsure: "From langchain-core 1.0 on an LLM has no {method}: raises {exception} there. Use {llm}.invoke(...), which works in every version.",
    deprecated: "{method} of an LLM is deprecated from langchain-core 0.1.7 on, and gone from 1.0 on. Use {llm}.invoke(...).",
  },
  docs: {
    summary: "A langchain LLM that is called, or asked to predict, instead of invoked.",
    why: `Calling an LLM object, \`llm(prompt)\`, and \`llm.predict(prompt)\` are deprecated since langchain-core 0.1.7 and gone in 1.0, where the call raises
\`TypeError: 'HuggingFacePipeline' object is not callable\` and the method \`AttributeError\`, after the model has been loaded. \`llm.invoke(prompt)\` does the same in
every version since 0.1.`,
    examples: [
      {
        versions: { "langchain-core": "1.0.0" },
        bad: `from langchain_huggingface import HuggingFacePipeline

llm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")
print(llm("Once upon a time"))
`,
        good: `from langchain_huggingface import HuggingFacePipeline

llm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")
print(llm.invoke("Once upon a time"))
`,
      },
    ],
    references: ["https://docs.langchain.com/oss/python/migrate/langchain-v1", "https://github.com/langchain-ai/langchain/blob/master/libs/core/langchain_core/language_models/llms.py"],
    silent: "On objects that aren't known to be a HuggingFacePipeline.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const { call, llm, method, exception } of callsOf(script)) {
      const holds = ctx.versionsAt(call.span.start).holds({ "langchain-core": ">=1.0" });
      const data = { llm, method, exception };
      const fixes = fixesOf(script, call, llm);
      if (holds === "never") ctx.report({ message: "deprecated", data, at: call.nameSpan, severity: "hint", tags: ["deprecated"], when: { "langchain-core": ">=0.1.7" }, fixes });
      else ctx.report({ message: "raises", unsure: "unsure", data, at: call.nameSpan, when: { "langchain-core": ">=1.0" }, raises: exception, fixes });
    }
  },
});

interface OldCall {
  readonly call: Call;
  readonly llm: string;
  readonly method: string;
  readonly exception: string;
}

function callsOf(script: Script): OldCall[] {
  const { tree } = script;
  const called = script
    .callsMatching(/HuggingFacePipeline\(\)$/, /^\w+$/)
    .filter((call) => isHuggingFacePipeline(call.callee))
    .map((call): OldCall => ({ call, llm: tree.textOf(call.function), method: "call", exception: "TypeError" }));
  const predicted = script
    .callsOfMethod("predict")
    .filter((call) => isHuggingFacePipeline(call.receiver))
    .map((call): OldCall => ({ call, llm: tree.textOf(tree.child(call.function, Field.object)), method: "predict()", exception: "AttributeError" }));
  return [...called, ...predicted];
}

/** What invoke() takes in its config, and passes on twice where it is given beside it. */
const IN_CONFIG = ["callbacks", "tags", "metadata"];

function fixesOf(script: Script, call: Call, llm: string): Fix[] {
  const { tree } = script;
  if (call.positional.length !== 1 || call.isOpen || IN_CONFIG.some((name) => call.keywords.has(name))) return [];
  const isMethod = tree.kind(call.function) === Kind.attribute && tree.textOf(tree.child(call.function, Field.attribute)) === "predict";
  const end = tree.end(call.function);
  const edit = isMethod ? { ...tree.span(tree.child(call.function, Field.attribute)), newText: "invoke" } : { start: end, end, newText: ".invoke" };
  return [{ title: `Use \`${llm}.invoke(...)\``, safety: "safe", edits: [edit] }];
}
