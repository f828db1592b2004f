import rule from "../../../server/src/rules/generation/removed-task.js";
import { ruleTest } from "../../support/ruleTest.js";
import { NEW, OLD, one } from "./support.js";

const pipe = (args: string): string => `from transformers import pipeline\npipe = pipeline(${args})\n`;

ruleTest(rule, {
  valid: [
    { name: "a task that a package may have registered", code: pipe('"make-coffee"') },
    { name: "a task", code: pipe('"text-generation", model="gpt2"'), versions: NEW },
    { name: "an alias", code: pipe('"sentiment-analysis"'), versions: NEW },
    { name: "still there in 4", code: pipe('"summarization"'), versions: OLD },
    { name: "still there in 5.0", code: pipe('"question-answering"'), versions: { transformers: "5.0.0" } },
    { name: "no task", code: pipe('model="gpt2"'), versions: NEW },
    { name: "from outside", code: pipe("cli.task"), versions: NEW },
    { name: "a custom class", code: pipe('"my-task", model=m, pipeline_class=Mine'), versions: NEW },
    { name: "a registered task", code: `from transformers.pipelines import PIPELINE_REGISTRY, pipeline\nPIPELINE_REGISTRY.register_pipeline("my-task", pipeline_class=Mine)\npipeline("my-task")\n` },
    { name: "another library's pipeline", code: `import transformers\nfrom sklearn import pipeline\npipeline("summarization")\n`, versions: NEW },
    { name: "5.x only", code: pipe('"any-to-any"'), versions: NEW },
  ],
  invalid: [
    { name: "gone", code: pipe('⟦"summarization"⟧, model="facebook/bart-large-cnn"'), versions: NEW, findings: one("error", "from transformers 5.0 on") },
    { name: "version unknown", code: pipe('task=⟦"translation_en_to_de"⟧'), findings: one("warning", "From transformers 5.0 on there is no pipeline task") },
    { name: "gone for long", code: pipe('⟦"conversational"⟧'), versions: OLD, findings: one("error", "from transformers 4.42 on") },
    { name: "misspelled", code: pipe('⟦"text-generaton"⟧'), findings: one("error", 'Did you mean "text-generation"?'), fixed: pipe('"text-generation"') },
    { name: "a constant", code: `from transformers import pipeline\nTASK = "vqa"\npipeline(⟦TASK⟧)\n`, versions: NEW, findings: one("error", "image-text-to-text") },
  ],
});
