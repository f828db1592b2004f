import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { MODEL } from "../../knowledge/classes.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { sizeOf } from "../../script/sizes.js";
import { numberOf } from "../../script/values.js";

export default defineRule({
  id: "transformers/label-count-conflict",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["id2label"],
  messages: {
    raises: "num_labels is {count}, but id2label has {size} {entries}: raises ValueError when the model is loaded. Drop num_labels.",
    ignored: "num_labels is {count}, but id2label has {size} {entries}: id2label wins, and the head gets {size} outputs. Drop num_labels.",
    config: "num_labels is {count}, but id2label has {size} {entries}: one of the two is silently ignored (num_labels before transformers 5.4, id2label from 5.4 on). Drop num_labels.",
    unknown: "num_labels is {count}, but id2label has {size} {entries}: raises ValueError before transformers 5.4; from 5.4 on id2label wins, and the head gets {size} outputs. Drop num_labels.",
  },
  docs: {
    summary: "num_labels and id2label that disagree.",
    why: `\`id2label\` already says how many labels there are. Given a \`num_labels\` of another size, transformers before 5.4 raises \`ValueError\`; later ones take the map
and logs a line, so that the head has another size than the one asked for, and training fails later with labels out of range or goes on without
complaint.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import AutoModelForSequenceClassification

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=3, id2label={0: "negative", 1: "positive"})
`,
        good: `from transformers import AutoModelForSequenceClassification

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", id2label={0: "negative", 1: "positive"}, label2id={"negative": 0, "positive": 1})
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/configuration_utils.py#L814", "https://github.com/huggingface/transformers/blob/v5.4.0/src/transformers/configuration_utils.py"],
    silent: "Where the size of the map can't be read off the script. `label2id` alone isn't compared by any version.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of callsWithLabels(script)) {
      const [count, map] = [call.keywords.get("num_labels"), call.keywords.get("id2label")];
      const wanted = count && numberOf(count.value);
      const size = map && sizeOf(script, map.value);
      if (!count || !map || wanted === undefined || size === undefined || wanted === size) continue;
      // A configuration that is built by hand is not checked in any version.
      const isConfig = call.method !== "from_pretrained";
      const isNew = ctx.versionsAt(call.span.start).holds({ transformers: ">=5.4" });
      ctx.report({
        message: isConfig ? "config" : isNew === "always" ? "ignored" : isNew === "never" ? "raises" : "unknown",
        severity: isNew === "never" && !isConfig ? "error" : "warning",
        data: { count: wanted, size, entries: size === 1 ? "entry" : "entries" },
        at: script.tree.span(count.entry),
        ...(isConfig ? {} : { raises: "ValueError" }),
        related: [{ message: `id2label with ${size} ${size === 1 ? "entry" : "entries"}`, range: script.tree.span(map.entry) }],
        fixes: [{ title: `Drop \`num_labels\` (the head gets ${size} outputs)`, safety: "unsafe", edits: [removeArgument(script, count)] }],
      });
    }
  },
});

/** Loading a model or a configuration, and building a configuration. */
function callsWithLabels(script: Script): readonly Call[] {
  return script.callsMatching(/^transformers\.(?:\w+\.from_pretrained|\w+Config)$/, /^(?:from_pretrained|\w+Config)$/).filter((call) => {
    const [, className = ""] = /^(transformers\.\w+)/.exec(call.name ?? "") ?? [];
    return MODEL.test(className) || className.endsWith("Config");
  });
}
