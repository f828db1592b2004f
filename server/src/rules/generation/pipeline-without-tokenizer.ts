import { addArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf } from "../../script/values.js";
import { modelOf } from "./generateCalls.js";

/** Tasks whose pipeline needs a tokenizer in every version, and nothing that could be found without one. */
const TEXT_TASKS: ReadonlySet<string> = new Set(
  "text-generation text-classification sentiment-analysis token-classification ner fill-mask zero-shot-classification summarization translation text2text-generation question-answering".split(" "),
);

export default defineRule({
  id: "generation/pipeline-without-tokenizer",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["pipeline"],
  messages: {
    missing: `pipeline("{task}") gets a loaded model, and can't guess its tokenizer: raises Exception. Pass tokenizer=... too.`,
  },
  docs: {
    summary: "pipeline() with a model object and no tokenizer.",
    why: `From the *name* of a model \`pipeline()\` loads the tokenizer of the same name. A model *object* doesn't tell where its tokenizer is: \`pipeline()\` raises \`Exception\` ("Impossible to
guess which tokenizer to use").`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM, pipeline

model = AutoModelForCausalLM.from_pretrained("gpt2")
pipe = pipeline("text-generation", model=model)
`,
        good: `from transformers import AutoModelForCausalLM, AutoTokenizer, pipeline

model = AutoModelForCausalLM.from_pretrained("gpt2")
tokenizer = AutoTokenizer.from_pretrained("gpt2")
pipe = pipeline("text-generation", model=model, tokenizer=tokenizer)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/pipelines/__init__.py"],
    silent: "For tasks of images and sound; where a processor or a configuration's name is given; where the model may be a name.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.pipeline")) {
      const task = stringOf(call.value("task", 0));
      const model = modelOf(call.value("model", 1));
      if (task === undefined || !TEXT_TASKS.has(task) || !model || call.positional.length > 2 || call.isOpen) continue;
      if (["tokenizer", "config", "processor", "pipeline_class", "feature_extractor", "image_processor"].some((name) => call.value(name).kind !== "absent")) continue;
      const argument = call.argument("model", 1);
      const edit = addArgument(script, call, "tokenizer", "${1:tokenizer}");
      if (!argument) continue;
      ctx.report({
        message: "missing",
        data: { task },
        at: script.tree.span(argument.entry),
        raises: "Exception",
        fixes: edit ? [{ title: "Pass the tokenizer", safety: "placeholder", edits: [edit] }] : [],
      });
    }
  },
});
