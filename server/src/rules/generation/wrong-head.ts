import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import { modelOf } from "./generateCalls.js";

interface Head {
  /** As the rest of "it has ...". */
  readonly has: string;
  readonly models: RegExp;
  /** The tasks that failed with such a model in every version that was run (4.36 to 5.18). */
  readonly fails: readonly string[];
}

const GENERATION = ["text-generation", "summarization", "translation", "text2text-generation"];
const CLASSES = ["text-classification", "sentiment-analysis"];
const TOKENS = ["token-classification", "ner"];

/** What isn't here runs, be it badly: a masked language model generates, a token classifier classifies texts. */
const HEADS: readonly Head[] = [
  { has: "a head for whole texts", models: /^transformers\.\w+ForSequenceClassification$/, fails: [...GENERATION, ...TOKENS, "fill-mask", "question-answering"] },
  { has: "a head for single tokens", models: /^transformers\.\w+ForTokenClassification$/, fails: [...GENERATION, "question-answering"] },
  { has: "a head for spans of an answer", models: /^transformers\.\w+ForQuestionAnswering$/, fails: [...GENERATION, ...CLASSES, ...TOKENS, "fill-mask", "zero-shot-classification"] },
  { has: "a head for the next token", models: /^transformers\.(?:AutoModelForCausalLM|\w+ForCausalLM|GPT2LMHeadModel)$/, fails: [...CLASSES, ...TOKENS, "question-answering"] },
  { has: "a head for masked tokens", models: /^transformers\.\w+ForMaskedLM$/, fails: [...CLASSES, ...TOKENS, "question-answering"] },
  { has: "no head", models: /^transformers\.(?:AutoModel|(?:Albert|Bert|Camembert|DebertaV2|DistilBert|Electra|GPT2|Llama|Mistral|ModernBert|MPNet|Qwen2|Roberta|XLMRoberta)Model)$/, fails: [...GENERATION, ...CLASSES, ...TOKENS, "fill-mask", "question-answering", "zero-shot-classification"] },
];

/** Tasks that transformers 5 has dropped: `generation/removed-task` speaks of them where 5 may be installed. */
const ONLY_BEFORE_5: ReadonlySet<string> = new Set(["summarization", "translation", "text2text-generation", "question-answering"]);

/** The class to load a model with, by task. */
const LOADERS: Readonly<Record<string, string>> = {
  "text-generation": "AutoModelForCausalLM",
  "text-classification": "AutoModelForSequenceClassification",
  "sentiment-analysis": "AutoModelForSequenceClassification",
  "zero-shot-classification": "AutoModelForSequenceClassification",
  "token-classification": "AutoModelForTokenClassification",
  ner: "AutoModelForTokenClassification",
  "fill-mask": "AutoModelForMaskedLM",
  "question-answering": "AutoModelForQuestionAnswering",
};

export default defineRule({
  id: "generation/wrong-head",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers"],
  mentions: ["pipeline"],
  messages: {
    wrong: '{model} has {head}: pipeline("{task}") raises an error when it is built or first runs. Load it with {loader}.',
  },
  docs: {
    summary: "A pipeline whose model has the head of another task.",
    why: `\`pipeline()\` takes a model object as it is: that its class doesn't go with the task is only logged. What the task reads of the output isn't there then: \`text-generation\` with a classifier raises
\`AttributeError\` or \`TypeError\`, \`question-answering\` without a head for spans \`KeyError: 'start_logits'\`, \`text-classification\` with a language model \`KeyError\` for a label that is a
number of the vocabulary.`,
    examples: [
      {
        bad: `from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForSequenceClassification.from_pretrained("gpt2")
pipe = pipeline("text-generation", model=model, tokenizer=tokenizer)
print(pipe("Once upon a time"))
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer, pipeline

tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
pipe = pipeline("text-generation", model=model, tokenizer=tokenizer)
print(pipe("Once upon a time"))
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/pipelines/base.py"],
    silent: "For pairs that run, such as text generation with a masked language model; with a `pipeline_class` of one's own; where the model is a name.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.pipeline")) {
      const task = stringOf(call.value("task", 0));
      const model = modelOf(call.value("model", 1));
      const head = task === undefined ? undefined : HEADS.find(({ models, fails }) => models.test(model?.className ?? "") && fails.includes(task));
      const argument = call.argument("model", 1);
      if (task === undefined || !model || !head || !argument || call.value("pipeline_class").kind !== "absent") continue;
      if (ONLY_BEFORE_5.has(task) && ctx.versionsAt(call.span.start).holds({ transformers: "<5" }) !== "always") continue;
      ctx.report({
        message: "wrong",
        severity: isCalled(script, call) ? "error" : "warning",
        data: { task, model: (model.className ?? "").replace(/^transformers\./, ""), head: head.has, loader: LOADERS[task] ?? "AutoModelForSeq2SeqLM" },
        at: script.tree.span(argument.entry),
        raises: "Exception",
        related: model.call ? [{ message: "loaded here", range: model.call.nameSpan }] : [],
      });
    }
  },
});

/** Whether the script certainly runs the pipeline: in most versions and tasks it is only then that it fails. */
function isCalled(script: Script, call: Call): boolean {
  const made = script.evaluate(call.node, call.frame);
  return made.kind === "instance" && script.eventsOf(made.object).some((event) => event.kind === "called" && event.field === "__call__");
}
