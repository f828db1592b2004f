import { defineRule, type RuleContext } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { misnamed } from "../../knowledge/misnamed.js";
import type { Argument, Call } from "../../script/calls.js";
import { truthOf, type Value } from "../../script/values.js";
import { renameEdit } from "../accepted/argumentFixes.js";
import { generationsOf } from "./generateCalls.js";

type Message = "raises" | "stored";

const CONFIG = "transformers.GenerationConfig";

/** What models take in `forward` and what lies near a generation keyword all the same. */
const FORWARD = new Set(
  ("input_ids attention_mask inputs_embeds token_type_ids position_ids past_key_values cache_position pixel_values pixel_values_videos image_sizes image_grid_thw video_grid_thw labels " +
    "input_features decoder_input_ids decoder_attention_mask encoder_outputs head_mask images image_mask num_frames num_crops num_logits_to_keep logits_to_keep language task speech_ids").split(" "),
);

export default defineRule({
  id: "generation/unknown-argument",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["generate", "GenerationConfig"],
  messages: {
    raises: "generate() has no argument {name}: raises ValueError (\"model_kwargs are not used by the model\"). Did you mean {meant}?",
    stored: "GenerationConfig has no field {name}: it is stored, and silently never read. Did you mean {meant}?",
  } satisfies Record<Message, string>,
  docs: {
    summary: "A misspelled or borrowed generation argument.",
    why: `\`generate\` takes the fields of \`GenerationConfig\` and what the model's \`forward\` takes, and raises \`ValueError\` on anything else, after the model has been loaded.
\`GenerationConfig\` itself stores any name without a word: \`max_tokens=200\` there leaves the length at its default of 20.`,
    examples: [
      {
        bad: `from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("gpt2")
output = model.generate(**inputs, max_tokens=50)
`,
        good: `from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("gpt2")
output = model.generate(**inputs, max_new_tokens=50)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/generation/utils.py"],
    silent: "For names that are near no generation argument: models take arguments of their own; for models that run code from the Hub.",
  },
  check(ctx) {
    for (const { call, model } of generationsOf(ctx.script)) {
      const trusts = model.call?.value("trust_remote_code");
      if (trusts === undefined || (trusts.kind !== "absent" && !isFalse(trusts)) || call.keywords.has("custom_generate")) continue;
      for (const [name, argument] of call.keywords) tell(ctx, call, name, argument, "raises");
    }
    for (const call of ctx.script.callsTo(CONFIG, { subclasses: false })) {
      for (const [name, argument] of call.keywords) tell(ctx, call, name, argument, "stored");
    }
  },
});

function isFalse(value: Value): boolean {
  return truthOf(value) === false;
}

function tell(ctx: RuleContext<Message>, call: Call, name: string, argument: Argument, message: Message): void {
  if (FORWARD.has(name) || name.startsWith("_")) return;
  const known = ctx.knowledge.callable(CONFIG)?.allKeywords();
  if (!known || known.has(name) || ctx.knowledge.callable("transformers.PreTrainedModel.generate")?.allKeywords().has(name)) return;
  const names = [...known];
  const row = misnamed(CONFIG, name);
  const meant = row?.meant ?? nearestName(name, names, name.length < 8 ? 1 : 2);
  if (meant === undefined) return;
  const isUnique = row !== undefined || nearestName(name, names.filter((other) => other !== meant), name.length < 8 ? 1 : 2) === undefined;
  const edit = call.keywords.has(meant) ? undefined : renameEdit(ctx.script, argument, meant);
  const isOnlyPerhaps = argument.value.kind === "oneOf" && argument.value.alternatives.some(({ value }) => value.kind === "absent");
  ctx.report({
    message,
    data: { name, meant },
    at: ctx.script.tree.span(argument.key),
    severity: message === "stored" || isOnlyPerhaps ? "warning" : "error",
    ...(message === "raises" ? { raises: "ValueError" } : {}),
    fixes: edit ? [{ title: `Rename to ${meant}`, safety: isUnique ? "safe" : "unsafe", edits: [edit] }] : [],
  });
}
