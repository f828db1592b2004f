import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { importedName } from "../../analysis/importEdits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { everyAlternative, stringOf } from "../../script/values.js";
import { Field, Kind } from "../../syntax/kind.js";

/** The task of each class, as `pipeline()` knows it. */
const TASKS: Readonly<Record<string, string>> = {
  TextGenerationPipeline: "text-generation",
  TextClassificationPipeline: "text-classification",
  TokenClassificationPipeline: "token-classification",
  FillMaskPipeline: "fill-mask",
  FeatureExtractionPipeline: "feature-extraction",
  ZeroShotClassificationPipeline: "zero-shot-classification",
  AutomaticSpeechRecognitionPipeline: "automatic-speech-recognition",
  ImageClassificationPipeline: "image-classification",
};

export default defineRule({
  id: "generation/pipeline-class-with-string",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["Pipeline"],
  messages: {
    string: '{class} takes a model object, not the name "{model}": raises AttributeError. To load by name call pipeline("{task}", model=...).',
  },
  docs: {
    summary: "A pipeline class that is given a model's name instead of a model.",
    why: `The classes behind \`pipeline()\` take a model and a tokenizer that have been loaded. Given a name they raise \`AttributeError\` (\`'str' object has no attribute
'config'\`, in version 5 \`'device'\`). Loading by name is the work of \`pipeline()\`. With model and tokenizer objects the classes are fine.`,
    examples: [
      {
        bad: `from transformers import TextGenerationPipeline

pipe = TextGenerationPipeline(model="gpt2")
`,
        good: `from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2")
`,
      },
    ],
    references: ["https://huggingface.co/docs/transformers/main_classes/pipelines#transformers.TextGenerationPipeline"],
    silent: "For classes other than the well-known ones, and for models that aren't certainly strings.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsMatching(/^transformers\.\w+Pipeline$/, /Pipeline$/)) {
      const name = (call.name ?? "").replace("transformers.", "");
      const task = TASKS[name];
      const model = call.argument("model", 0);
      if (task === undefined || !model || !everyAlternative(model.value, (each) => stringOf(each) !== undefined)) continue;
      ctx.report({
        message: "string",
        data: { class: name, model: stringOf(model.value) ?? "...", task },
        at: script.tree.span(model.entry),
        raises: "AttributeError",
        fixes: fixesOf(script, call, task),
      });
    }
  },
});

function fixesOf(script: Script, call: Call, task: string): Fix[] {
  const { tree } = script;
  const list = tree.child(call.node, Field.arguments);
  // Positional arguments stand in another order there.
  if (tree.kind(list) !== Kind.argument_list || call.positional.length > 0) return [];
  const factory = importedName(script, "transformers", "pipeline");
  if (!factory) return [];
  const inside = tree.start(list) + 1;
  const edits = [...factory.edits, replaceNode(tree, call.function, factory.text), { start: inside, end: inside, newText: `"${task}", ` }];
  return [{ title: `Use \`${factory.text}("${task}", ...)\``, safety: "unsafe", edits: mergedEdits(edits) }];
}
