import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { checkpoint } from "../../knowledge/checkpoints.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf, type Value } from "../../script/values.js";
import { wrappingOf } from "../peft/adaptedModels.js";
import { optionOf, placeOfOption, trlTrainersOf } from "./trainerCalls.js";

const METHODS = ["SFT", "DPO", "KTO", "ORPO", "CPO", "BCO", "Reward"];
const OPTIONS = ["max_length", "max_seq_length"];

/** What makes a model take more than its checkpoint says. */
const STRETCHES = ["rope_scaling", "rope_parameters", "max_position_embeddings", "n_positions"];

export default defineRule({
  id: "trl/length-over-context",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["max_length", "max_seq_length"],
  messages: {
    over: "{model} takes {context} tokens, and {option}={length} lets longer rows through: raises IndexError, or trains at positions that it never learnt. Set {option}={context}.",
  },
  docs: {
    summary: "A max_length above the context of the model.",
    why: `The trainers of TRL cut rows at \`max_length\` and don't compare it with the model. Where a model has a table of positions (GPT-2, OPT, BERT), a longer row raises \`IndexError: index out of
range\`, on a GPU a device-side assert, at the first batch that has one. Models with rotary positions go on, at positions that they never saw. With packing every row is that long.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from trl import SFTConfig, SFTTrainer

trainer = SFTTrainer("gpt2", args=SFTConfig("out", max_length=2048), train_dataset=dataset)
`,
        good: `from trl import SFTConfig, SFTTrainer

trainer = SFTTrainer("gpt2", args=SFTConfig("out", max_length=1024), train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v1.0.0/trl/trainer/sft_trainer.py", "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/models/gpt2/modeling_gpt2.py"],
    silent: "For models whose context isn't in the table; where the script gives the model another config, or speaks of scaled positions.",
  },
  check(ctx) {
    const { script } = ctx;
    if (STRETCHES.some((word) => script.text.includes(word))) return;
    for (const trainer of trlTrainersOf(script, METHODS)) {
      const model = checkpointOf(script, trainer.call.value("model", 0));
      const context = model === undefined ? undefined : checkpoint(model)?.context;
      if (model === undefined || context === undefined) continue;
      for (const option of OPTIONS) {
        const value = optionOf(script, trainer, option);
        const length = numberOf(value);
        if (length === undefined || length <= context || value.kind !== "literal") continue;
        ctx.report({
          message: "over",
          data: { model, context, option, length },
          at: placeOfOption(script, trainer, option),
          fixes: value.folded ? [] : [{ title: `Set \`${option}=${context}\``, safety: "unsafe", edits: [replaceNode(script.tree, value.origin, String(context))] }],
        });
      }
    }
  },
});

/** The name that a model is loaded by, as it is in its checkpoint. */
function checkpointOf(script: Script, model: Value): string | undefined {
  const wrapping = wrappingOf(model);
  if (wrapping) return checkpointOf(script, wrapping.value("model", 0));
  const load = model.kind === "instance" && model.object.className?.startsWith("transformers.") === true ? model.object.call : undefined;
  if (!load) return stringOf(model);
  const isPlain = load.method === "from_pretrained" && !load.isOpen && ["config", "revision"].every((name) => load.value(name).kind === "absent");
  return isPlain ? stringOf(load.value("pretrained_model_name_or_path", 0)) : undefined;
}
