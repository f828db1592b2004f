import { addArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import { isTrue } from "../accelerate/quantization.js";
import { wrappingOf } from "../peft/adaptedModels.js";
import { placeOfField } from "../transformers/trainers.js";
import { argumentOf, isNone, trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

/** Without flash attention the positions stay behind. Measured: test/oracle/rules/trl/packing-without-flash-attention.json. */
const MIXING = { trl: ">=0.19,<0.24" };

export default defineRule({
  id: "trl/packing-without-flash-attention",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["packing"],
  messages: {
    mixed: 'In trl 0.19 to 0.23 packed examples see each other unless the model has flash attention. Load it with attn_implementation="flash_attention_2", set packing=False, or upgrade trl.',
  },
  docs: {
    summary: "Packing with an attention that doesn't keep the packed examples apart.",
    why: `\`packing=True\` lays several examples into one row, and only their positions tell them apart. trl 0.19 to 0.23 hands those to the model only where it has flash attention: with any other every
example sees the ones before it in its row. The trainer logs a warning about cross-contamination and trains on. (\`packing_strategy="wrapped"\` has no borders in the first place.)

From 0.24 on the positions always come along, without a mask, and transformers draws the borders from them for the default attention too: measured with 0.27 and 1.13, examples are apart. The trainer still logs
its warning, which then matters for models that build their masks themselves.`,
    examples: [
      {
        versions: { trl: "0.21.0" },
        bad: `from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", packing=True)
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset)
`,
        good: `from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", packing=True, model_init_kwargs={"attn_implementation": "flash_attention_2"})
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.19.1/trl/trainer/sft_trainer.py", "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/masking_utils.py", "https://huggingface.co/docs/trl/reducing_memory_usage#packing"],
    silent: "Where the model is loaded elsewhere, with a config of its own, or with an attention that the script names; before trl 0.19, and from 0.24 on.",
  },
  check(ctx) {
    const { script } = ctx;
    if (["set_attn_implementation", "_attn_implementation"].some((name) => script.scopes.attributes(name).length > 0)) return;
    for (const trainer of trlTrainersOf(script, ["SFT"])) {
      const strategy = argumentOf(script, trainer, "packing_strategy");
      const isApart = strategy.kind === "absent" || ["bfd", "ffd", "bfd_split"].includes(stringOf(strategy) ?? "");
      // Packing without a length is refused before anything is packed.
      if (!trainer.args || !isApart || isNone(argumentOf(script, trainer, "max_length")) || !isTrue(argumentOf(script, trainer, "packing")) || !hasDefaultAttention(script, trainer)) continue;
      const holds = ctx.versionsAt(trainer.call.span.start).holds(MIXING);
      if (holds === "never") continue;
      const load = loadOf(trainer.call.value("model", 0));
      const edit = load && addArgument(script, load, "attn_implementation", '"flash_attention_2"');
      ctx.report({
        message: "mixed",
        severity: holds === "always" ? "warning" : "information",
        at: placeOfField(script, trainer.args, "packing", trainer.call.node) ?? trainer.call.nameSpan,
        fixes: edit ? [{ title: "Load the model with flash attention (needs flash-attn)", safety: "unsafe", edits: [edit] }] : [],
      });
    }
  },
});

/** The call that loads a trainer's model, under its adapter where it has one. */
function loadOf(model: Value): Call | undefined {
  const wrapping = wrappingOf(model);
  if (wrapping) return loadOf(wrapping.value("model", 0));
  return model.kind === "instance" && model.object.className?.startsWith("transformers.AutoModel") === true && model.object.call?.method === "from_pretrained" ? model.object.call : undefined;
}

/** Whether nothing in the script says which attention the model uses. */
function hasDefaultAttention(script: Script, trainer: TrlTrainer): boolean {
  const model = trainer.call.value("model", 0);
  const load = loadOf(model);
  if (load) return ["attn_implementation", "use_flash_attention_2", "config"].every((name) => isUnset(load.value(name)));
  if (stringOf(model) === undefined) return false;
  const options = argumentOf(script, trainer, "model_init_kwargs");
  return isUnset(options) || (options.kind === "record" && !options.open && !options.entries.has("attn_implementation") && !options.entries.has("config"));
}

const isUnset = (value: Value): boolean => value.kind === "absent" || isNone(value);
