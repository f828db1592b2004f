import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { everyAlternative, stringOf } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";

interface RemovedTask {
  /** The version from which it is gone (read in transformers/pipelines/__init__.py of 4.41, 4.42, 5.0 to 5.5 and 5.18). */
  readonly since: string;
  readonly instead: string;
}

const REMOVED: Readonly<Record<string, RemovedTask>> = {
  summarization: { since: "5.0", instead: "AutoModelForSeq2SeqLM and generate()" },
  translation: { since: "5.0", instead: "AutoModelForSeq2SeqLM and generate()" },
  "text2text-generation": { since: "5.0", instead: "AutoModelForSeq2SeqLM and generate()" },
  "image-to-text": { since: "5.0", instead: '"image-text-to-text"' },
  "question-answering": { since: "5.3", instead: "AutoModelForQuestionAnswering" },
  "image-to-image": { since: "5.3", instead: "the model class itself" },
  "visual-question-answering": { since: "5.3", instead: '"image-text-to-text"' },
  vqa: { since: "5.3", instead: '"image-text-to-text"' },
  conversational: { since: "4.42", instead: '"text-generation" with a list of messages' },
};

/** Tasks and their aliases that exist in some version and were not removed since. */
const TASKS = (
  "any-to-any audio-classification automatic-speech-recognition depth-estimation document-question-answering feature-extraction fill-mask image-classification " +
  "image-feature-extraction image-segmentation image-text-to-text keypoint-matching mask-generation object-detection table-question-answering text-classification " +
  "text-generation text-to-audio token-classification video-classification zero-shot-audio-classification zero-shot-classification zero-shot-image-classification " +
  "zero-shot-object-detection sentiment-analysis ner text-to-speech"
).split(" ");

export default defineRule({
  id: "generation/removed-task",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["pipeline"],
  messages: {
    removed: 'There is no pipeline task "{task}" from transformers {since} on: pipeline() raises KeyError. Use {instead}.',
    unsure: 'From transformers {since} on there is no pipeline task "{task}": pipeline() raises KeyError there. Use {instead}.',
    unknown: 'There is no pipeline task "{task}" in any version: pipeline() raises KeyError. Did you mean "{nearest}"?',
  },
  docs: {
    summary: "A pipeline task that transformers has removed, or never had.",
    why: `\`pipeline()\` looks its task up by name and raises \`KeyError\` for one that it doesn't have. transformers 5.0 dropped \`summarization\`, \`translation\`,
\`text2text-generation\` and \`image-to-text\`, 5.3 \`question-answering\`, \`image-to-image\` and \`visual-question-answering\`; \`conversational\` went in 4.42.

Their models still load: with the Auto class of their head, and \`generate()\` where text is wanted.`,
    examples: [
      {
        versions: { transformers: "5.18" },
        bad: `from transformers import pipeline

pipe = pipeline("summarization", model="facebook/bart-large-cnn")
`,
        good: `from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("facebook/bart-large-cnn")
model = AutoModelForSeq2SeqLM.from_pretrained("facebook/bart-large-cnn")
`,
      },
      {
        title: "Misspelled",
        bad: `from transformers import pipeline

pipe = pipeline("text-classificaton", model="distilbert-base-uncased")
`,
        good: `from transformers import pipeline

pipe = pipeline("text-classification", model="distilbert-base-uncased")
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/pull/43256", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/pipelines/__init__.py"],
    silent: "For tasks from outside the script, and where the script registers pipelines of its own or brings a pipeline_class.",
  },
  check(ctx) {
    const { script } = ctx;
    if (script.text.includes("register_pipeline") || script.text.includes("PIPELINE_REGISTRY")) return;
    for (const call of script.callsTo("transformers.pipeline")) {
      const argument = call.argument("task", 0);
      if (!argument || call.keywords.has("pipeline_class") || call.keywords.has("trust_remote_code")) continue;
      if (!everyAlternative(argument.value, (each) => stringOf(each) !== undefined)) continue;
      const task = stringOf(argument.value);
      if (task === undefined) continue;
      const at = script.tree.span(argument.node);
      const removed = REMOVED[/^translation_\w+_to_\w+$/.test(task) ? "translation" : task];
      if (removed) {
        ctx.report({ message: "removed", unsure: "unsure", data: { task, ...removed }, at, when: { transformers: `>=${removed.since}` }, raises: "KeyError" });
      } else if (!TASKS.includes(task)) {
        const nearest = nearestName(task, [...TASKS, ...Object.keys(REMOVED)]);
        // A package may have registered a task of its own when it was imported.
        if (nearest === undefined) continue;
        const isWritten = script.tree.kind(argument.node) === Kind.string;
        ctx.report({
          message: "unknown",
          data: { task, nearest },
          at,
          raises: "KeyError",
          fixes: !isWritten ? [] : [{ title: `Write "${nearest}"`, safety: "safe", edits: [replaceNode(script.tree, argument.node, `"${nearest}"`)] }],
        });
      }
    }
  },
});
