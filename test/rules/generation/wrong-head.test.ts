import rule from "../../../server/src/rules/generation/wrong-head.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (model: string, pipe: string, rest = "pipe(text)\n"): string => `from transformers import AutoModel, AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForQuestionAnswering, AutoModelForSequenceClassification, AutoModelForTokenClassification, BertForSequenceClassification, pipeline
model = ${model}.from_pretrained("m")
pipe = pipeline(${pipe})
${rest}`;
const MODEL = "⟦model=model⟧, tokenizer=tokenizer";
const plain = MODEL.replace(/[⟦⟧]/g, "");

ruleTest(rule, {
  valid: [
    { name: "the head of the task", code: script("AutoModelForCausalLM", `"text-generation", ${plain}`) },
    { name: "a classifier that classifies", code: script("AutoModelForSequenceClassification", `"text-classification", ${plain}`) },
    { name: "its other name", code: script("AutoModelForSequenceClassification", `"sentiment-analysis", ${plain}`) },
    { name: "zero shot by a classifier", code: script("AutoModelForSequenceClassification", `"zero-shot-classification", ${plain}`) },
    { name: "a masked model that generates: it runs", code: script("AutoModelForMaskedLM", `"text-generation", ${plain}`) },
    { name: "a token classifier on texts: it runs", code: script("AutoModelForTokenClassification", `"text-classification", ${plain}`) },
    { name: "features of a base model", code: script("AutoModel", `"feature-extraction", ${plain}`) },
    { name: "features of a classifier", code: script("AutoModelForSequenceClassification", `"feature-extraction", ${plain}`) },
    { name: "a class of one's own", code: script("AutoModelForSequenceClassification", `"text-generation", ${plain}, pipeline_class=Mine`) },
    { name: "a name", code: script("AutoModelForSequenceClassification", `"text-generation", model="gpt2"`) },
    { name: "a task from the command line", code: script("AutoModelForSequenceClassification", `cli.task, ${plain}`) },
    { name: "a class from the command line", code: script("CLASSES[cli.kind]", `"text-generation", ${plain}`) },
    { name: "one of two", code: script("(AutoModelForCausalLM if cli.causal else AutoModelForSequenceClassification)", `"text-generation", ${plain}`) },
    { name: "a task that is gone, version unknown", code: script("AutoModelForSequenceClassification", `"question-answering", ${plain}`) },
    { name: "a function of another library", code: `import transformers\nfrom mine import pipeline\nmodel = transformers.AutoModelForSequenceClassification.from_pretrained("m")\npipeline("text-generation", ${plain})("a")\n` },
    { name: "the error is caught", code: `from transformers import AutoModel, pipeline\ntry:\n    pipeline("fill-mask", model=AutoModel.from_pretrained("m"), tokenizer=t)("a")\nexcept Exception:\n    pass\n` },
  ],
  invalid: [
    { name: "a classifier that is to generate", code: script("AutoModelForSequenceClassification", `"text-generation", ${MODEL}`), findings: [{ severity: "error", message: "AutoModelForCausalLM" }] },
    { name: "a class of one architecture", code: script("BertForSequenceClassification", `task="text-generation", ${MODEL}`), findings: [{ severity: "error", message: "BertForSequenceClassification has" }] },
    { name: "by position", code: script("AutoModelForSequenceClassification", `"token-classification", ⟦model⟧, tokenizer=tokenizer`), findings: [{ severity: "error", message: "AutoModelForTokenClassification" }] },
    { name: "a language model that is to classify", code: script("AutoModelForCausalLM", `"text-classification", ${MODEL}`), findings: [{ severity: "error", message: "the next token" }] },
    { name: "a base model", code: script("AutoModel", `"fill-mask", ${MODEL}`), findings: [{ severity: "error", message: "no head" }] },
    { name: "never called here", code: script("AutoModel", `"fill-mask", ${MODEL}`, "save(pipe)\n"), findings: [{ severity: "warning", message: "no head" }] },
    { name: "a task that is still there", code: script("AutoModelForTokenClassification", `"question-answering", ${MODEL}`), versions: { transformers: "4.57.6" }, findings: [{ severity: "error", message: "AutoModelForQuestionAnswering" }] },
  ],
});
