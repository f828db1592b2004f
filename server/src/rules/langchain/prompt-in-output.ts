import { addArgument, addBeside } from "../../analysis/edits.js";
import type { Edit, Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";
import type { Node } from "../../syntax/flatTree.js";
import { isHuggingFacePipeline } from "./huggingFacePipelines.js";

/** Parsers that make something of the whole text. StrOutputParser hands it on as it is. */
const PARSER = /^langchain\w*\.(?:\w+\.)*((?:Json|SimpleJson|Pydantic|CommaSeparatedList|NumberedList|MarkdownList|XML|Enum|Boolean|Datetime|Structured|Yaml)OutputParser)$/;

const CHAT = /^langchain_huggingface\.(?:\w+\.)*ChatHuggingFace$/;

/** Whoever writes one of these deals with the prompt, or reads a stream, which leaves it out. */
const DEALT_WITH = /return_full_text|skip_prompt|streaming|\.a?stream\w*\(|\.(?:r?split|r?partition|removeprefix|r?find|r?index|replace)\(|\bre\.\w+\(/;

export default defineRule({
  id: "langchain/prompt-in-output",
  severity: "information",
  status: "stable",
  since: "0.3.0",
  libraries: ["langchain-huggingface"],
  mentions: ["ChatHuggingFace", "OutputParser"],
  messages: {
    chat: "ChatHuggingFace on a local pipeline answers with the whole conversation, template and all, before the new text. Pass return_full_text=False to the pipeline.",
    parsed: "HuggingFacePipeline of langchain_huggingface returns the prompt before the answer, and {parser} parses both. Pass return_full_text=False to the pipeline.",
  },
  docs: {
    summary: "A chat model or an output parser on a text-generation pipeline, which returns the prompt too.",
    why: `A \`text-generation\` pipeline of transformers returns the prompt with the answer behind it. langchain's former class cut the prompt off; that of \`langchain_huggingface\` returns both.
A parser then reads the prompt as if the model had written it: \`JsonOutputParser\` raises or finds the example of the prompt, a list parser returns the words of the question. \`ChatHuggingFace\`
gives the whole conversation as its answer, with the tokens of the chat template, and a history that keeps the answers doubles with every turn. With \`return_full_text=False\` the pipeline returns the
new text only; \`llm.bind(skip_prompt=True)\` does the same behind it.`,
    examples: [
      {
        bad: `from langchain_huggingface import ChatHuggingFace, HuggingFacePipeline

llm = HuggingFacePipeline.from_model_id(model_id="HuggingFaceTB/SmolLM2-135M-Instruct", task="text-generation", pipeline_kwargs={"max_new_tokens": 100})
chat = ChatHuggingFace(llm=llm)
print(chat.invoke("Why is the sky blue?").content)
`,
        good: `from langchain_huggingface import ChatHuggingFace, HuggingFacePipeline

llm = HuggingFacePipeline.from_model_id(
    model_id="HuggingFaceTB/SmolLM2-135M-Instruct", task="text-generation", pipeline_kwargs={"max_new_tokens": 100, "return_full_text": False}
)
chat = ChatHuggingFace(llm=llm)
print(chat.invoke("Why is the sky blue?").content)
`,
      },
    ],
    references: [
      "https://github.com/langchain-ai/langchain/blob/master/libs/partners/huggingface/langchain_huggingface/llms/huggingface_pipeline.py",
      "https://github.com/langchain-ai/langchain/blob/master/libs/partners/huggingface/langchain_huggingface/chat_models/huggingface.py",
    ],
    silent: "Where the text is only printed or returned, where the script cuts texts or streams them, for other tasks, and for pipelines that aren't made in the script.",
  },
  check({ script, report }) {
    if (DEALT_WITH.test(script.text)) return;
    for (const call of script.callsMatching(CHAT, /^ChatHuggingFace$/)) {
      const source = fullTextOf(call.value("llm"));
      if (source) report({ message: "chat", at: call.nameSpan, related: [{ message: "the pipeline", range: source.nameSpan }], fixes: fixesOf(script, source) });
    }
    for (const { model, parser } of parsersOf(script)) {
      const name = PARSER.exec(classOf(script.evaluate(parser)))?.[1];
      const source = name === undefined ? undefined : fullTextOf(script.evaluate(model));
      if (!source || name === undefined) continue;
      report({ message: "parsed", data: { parser: name }, at: script.tree.span(parser), related: [{ message: "the pipeline", range: source.nameSpan }], fixes: fixesOf(script, source) });
    }
  },
});

function classOf(value: Value): string {
  return value.kind === "instance" ? (value.object.className ?? "") : "";
}

/** The call that sets up the pipeline behind an LLM, where that is certainly one for text generation which returns the prompt. */
function fullTextOf(llm: Value): Call | undefined {
  if (llm.kind !== "instance" || !isHuggingFacePipeline(llm) || !classOf(llm).startsWith("langchain_huggingface.")) return undefined;
  const made = llm.object.call;
  if (!made || made.isOpen) return undefined;
  if (made.method === "from_model_id") {
    const options = made.value("pipeline_kwargs");
    const isKnown = options.kind === "absent" || (options.kind === "record" && !options.open);
    return isKnown && stringOf(made.value("task", 1)) === "text-generation" ? made : undefined;
  }
  const pipeline = made.value("pipeline");
  const call = pipeline.kind === "instance" && classOf(pipeline) === "transformers.Pipeline" ? pipeline.object.call : undefined;
  return call && !call.isOpen && stringOf(call.value("task", 0)) === "text-generation" ? call : undefined;
}

/** Every `model | parser` of a chain: what stands on both sides of each bar. */
function parsersOf(script: Script): { readonly model: Node; readonly parser: Node }[] {
  const { tree } = script;
  return [...script.text.matchAll(/\|/g)].flatMap(({ index }) => {
    const chain = tree.closest(tree.nodeAt(index), Kind.binary_operator);
    if (!isBar(script, chain) || tree.start(tree.child(chain, Field.operator)) !== index) return [];
    const left = tree.child(chain, Field.left);
    return [{ model: isBar(script, left) ? tree.child(left, Field.right) : left, parser: tree.child(chain, Field.right) }];
  });
}

function isBar(script: Script, node: Node): boolean {
  const { tree } = script;
  return tree.kind(node) === Kind.binary_operator && tree.textOf(tree.child(node, Field.operator)) === "|";
}

function fixesOf(script: Script, source: Call): Fix[] {
  const edit = editOf(script, source);
  return edit ? [{ title: "Return the new text only", safety: "unsafe", edits: [edit] }] : [];
}

function editOf(script: Script, source: Call): Edit | undefined {
  if (source.method !== "from_model_id") return addArgument(script, source, "return_full_text", "False");
  const options = source.value("pipeline_kwargs");
  if (options.kind === "absent") return addArgument(script, source, "pipeline_kwargs", '{"return_full_text": False}');
  const last = options.kind === "record" ? [...options.entries.entries()].at(-1) : undefined;
  return last && addBeside(script, { name: last[0], position: -1, value: last[1].value, node: last[1].entry, key: last[1].key, entry: last[1].entry, via: "unpacked" }, "return_full_text", "False");
}
