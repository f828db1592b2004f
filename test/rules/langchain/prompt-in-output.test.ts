import rule from "../../../server/src/rules/langchain/prompt-in-output.js";
import { ruleTest } from "../../support/ruleTest.js";

const IMPORTS = "from langchain_huggingface import ChatHuggingFace, HuggingFacePipeline\nfrom langchain_core.output_parsers import JsonOutputParser, StrOutputParser\nfrom transformers import pipeline\n";
const llm = (options = ""): string => `${IMPORTS}llm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation"${options})\n`;
const piped = (options = ""): string => `${IMPORTS}pipe = pipeline("text-generation", model="gpt2"${options})\nllm = HuggingFacePipeline(pipeline=pipe)\n`;
const ASK = 'print(chat.invoke("hi").content)\n';

ruleTest(rule, {
  valid: [
    { name: "the text is printed", code: `${llm()}print((prompt | llm).invoke({"q": "hi"}))\n` },
    { name: "a parser that hands on", code: `${llm()}chain = prompt | llm | StrOutputParser()\n` },
    { name: "new text only, in the pipeline", code: `${piped(", return_full_text=False")}chat = ChatHuggingFace(llm=llm)\n${ASK}` },
    { name: "new text only, in the options", code: `${llm(', pipeline_kwargs={"return_full_text": False}')}chat = ChatHuggingFace(llm=llm)\n${ASK}` },
    { name: "skipped with bind", code: `${llm()}chain = prompt | llm.bind(skip_prompt=True) | JsonOutputParser()\n` },
    { name: "cut", code: `${llm()}chat = ChatHuggingFace(llm=llm)\nprint(chat.invoke("hi").content.split("assistant")[-1])\n` },
    { name: "streamed", code: `${llm()}chat = ChatHuggingFace(llm=llm)\nfor part in chat.stream("hi"):\n    print(part.content)\n` },
    { name: "something between the two", code: `${llm()}chain = prompt | llm | RunnableLambda(cut) | JsonOutputParser()\n` },
    { name: "another task", code: `${IMPORTS}llm = HuggingFacePipeline.from_model_id(model_id="t5-small", task="text2text-generation")\nchain = prompt | llm | JsonOutputParser()\n` },
    { name: "task of the command line", code: `${IMPORTS}llm = HuggingFacePipeline.from_model_id(model_id="m", task=args.task)\nchain = prompt | llm | JsonOutputParser()\n` },
    { name: "options from elsewhere", code: `${llm(", pipeline_kwargs=options")}chain = prompt | llm | JsonOutputParser()\n` },
    { name: "unpacked options", code: `${piped(", **options")}chain = prompt | llm | JsonOutputParser()\n` },
    { name: "a pipeline from elsewhere", code: `${IMPORTS}llm = HuggingFacePipeline(pipeline=load())\nchat = ChatHuggingFace(llm=llm)\n${ASK}` },
    { name: "an endpoint", code: `from langchain_huggingface import ChatHuggingFace, HuggingFaceEndpoint\nllm = HuggingFaceEndpoint(repo_id="m", task="text-generation")\nchat = ChatHuggingFace(llm=llm)\n${ASK}` },
    { name: "the former class", code: `from langchain_community.llms import HuggingFacePipeline\nfrom langchain_core.output_parsers import JsonOutputParser\nllm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")\nchain = prompt | llm | JsonOutputParser()\n` },
    { name: "one's own parser", code: `${llm()}class MyOutputParser: ...\nchain = prompt | llm | MyOutputParser()\n` },
    { name: "a chat on the former class", code: `from langchain_huggingface import ChatHuggingFace\nfrom langchain_community.llms import HuggingFacePipeline\nllm = HuggingFacePipeline.from_model_id(model_id="gpt2", task="text-generation")\nchat = ChatHuggingFace(llm=llm)\n${ASK}` },
    { name: "a sum in between", code: `${llm()}chain = prompt + llm | JsonOutputParser()\n` },
    { name: "a pipeline for another task", code: `${piped()}chain = llm | JsonOutputParser()\n`.replace('"text-generation"', '"summarization"') },
    { name: "an open dict of options", code: `${llm(', pipeline_kwargs={"max_new_tokens": 9, **more}')}chain = prompt | llm | JsonOutputParser()\n` },
    { name: "an open splat", code: `${llm(", **more")}chain = prompt | llm | JsonOutputParser()\n` },
    { name: "a pipeline of one's own class", code: `${IMPORTS}class Pipe:\n    def __init__(self, task): ...\nllm = HuggingFacePipeline(pipeline=Pipe("text-generation"))\nchain = llm | JsonOutputParser()\n` },
  ],
  invalid: [
    {
      name: "a chat",
      code: `${llm()}chat = ⟦ChatHuggingFace⟧(llm=llm)\n${ASK}`,
      findings: [{ severity: "information", message: "the whole conversation" }],
      unsafe: `${llm(', pipeline_kwargs={"return_full_text": False}')}chat = ChatHuggingFace(llm=llm)\n${ASK}`,
    },
    {
      name: "a chat on a pipeline",
      code: `${piped()}chat = ⟦ChatHuggingFace⟧(llm=llm)\n${ASK}`,
      findings: [{ severity: "information", message: "template and all" }],
      unsafe: `${piped(", return_full_text=False")}chat = ChatHuggingFace(llm=llm)\n${ASK}`,
    },
    {
      name: "a parser, with options",
      code: `${llm(', pipeline_kwargs={"max_new_tokens": 9}')}chain = prompt | llm | ⟦JsonOutputParser()⟧\n`,
      findings: [{ severity: "information", message: "and JsonOutputParser parses both" }],
      unsafe: `${llm(', pipeline_kwargs={"max_new_tokens": 9, "return_full_text": False}')}chain = prompt | llm | JsonOutputParser()\n`,
    },
    { name: "a parser of a name", code: `${piped()}parser = JsonOutputParser()\nchain = llm | ⟦parser⟧\n`, findings: [{ severity: "information", message: "parses both" }] },
    { name: "an empty dict of options", code: `${llm(", pipeline_kwargs={}")}chain = prompt | llm | ⟦JsonOutputParser()⟧\n`, findings: [{ severity: "information", message: "parses both" }] },
  ],
});
