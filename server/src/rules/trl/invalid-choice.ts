import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { truthOf } from "../../script/values.js";
import { choiceMessages, reportChoices, type ChoiceRow } from "../accepted/choices.js";

const config = (method: string): string => `trl.${method}Config`;
const TRAINED = { exception: "ValueError", when: "training starts" };
const LONG_ROW = { exception: "ValueError", when: "a row is longer than max_length", isSeldom: true };
const ENDS = { values: ["keep_end", "keep_start"], meant: { start: "keep_start", end: "keep_end", keep_left: "keep_start", keep_right: "keep_end", keep_first: "keep_start", keep_last: "keep_end" } };
const packs = (call: Call): boolean => truthOf(call.value("packing")) === true;

/** Where each is looked at: trl/trainer/*_trainer.py and trl/data_utils.py, read from 0.7 to 1.16 and run (test/oracle/rules/trl/invalid-choice.json). */
const ROWS: readonly ChoiceRow[] = [
  { callable: config("DPO"), names: ["loss_type"], lists: ["trl.DPOConfig.loss_type"], raises: TRAINED, meant: { dpo: "sigmoid", bco: "bco_pair", aot_pair: "aot_unpaired", nca: "nca_pair", sppo: "sppo_hard" } },
  { callable: "trl.DPOTrainer", names: ["loss_type"], lists: ["trl.DPOTrainer.loss_type", "trl.DPOConfig.loss_type"], more: ["kto"], raises: TRAINED, meant: { dpo: "sigmoid" } },
  {
    callable: config("KTO"),
    names: ["loss_type"],
    history: { kto: ">=0.8", apo_zero_unpaired: ">=0.11", bco: "<0.10" },
    raises: { exception: "UnboundLocalError", when: "training starts" },
    meant: { apo_zero: "apo_zero_unpaired" },
  },
  {
    callable: /^trl\.(?:experimental\.cpo\.)?CPOConfig$/,
    names: ["loss_type"],
    history: { sigmoid: ">=0.8.2", hinge: ">=0.8.2", ipo: ">=0.8.2", simpo: ">=0.9.6", alphapo: ">=0.22", kto_pair: "<0.9.6" },
    raises: TRAINED,
  },
  { callable: config("GRPO"), names: ["loss_type"], lists: ["trl.GRPOConfig.loss_type"], raises: TRAINED },
  { callable: config("GRPO"), names: ["importance_sampling_level"], values: ["token", "sequence"], more: ["sequence_token"], raises: TRAINED },
  { callable: config("GRPO"), names: ["scale_rewards"], values: ["group", "batch", "none"], raises: { ...TRAINED, since: ">=0.23" }, meant: { std: "group" } },
  { callable: config("SFT"), names: ["loss_type"], lists: ["trl.SFTConfig.loss_type"], raises: { exception: "ValueError", when: "SFTTrainer is built" } },
  {
    callable: config("SFT"),
    names: ["packing_strategy"],
    history: { bfd: ">=0.20", wrapped: ">=0.19", bfd_split: ">=1.0", "bfd-requeue": ">=0.29", ffd: "<0.20" },
    needs: packs,
    raises: { exception: "ValueError", when: "SFTTrainer is built" },
    meant: { ffd: "bfd" },
  },
  { callable: config("SFT"), names: ["truncation_mode"], ...ENDS, raises: LONG_ROW },
  { callable: config("DPO"), names: ["truncation_mode"], ...ENDS, raises: LONG_ROW },
  { callable: /^trl\.(?:experimental\.\w+\.)?(?:KTO|CPO|ORPO|BCO)Config$/, names: ["truncation_mode"], ...ENDS, raises: LONG_ROW },
  { callable: "trl.setup_chat_format", names: ["format"], position: 2, values: ["chatml"], raises: { exception: "ValueError", when: "setup_chat_format is called" } },
];

export default defineRule({
  id: "trl/invalid-choice",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["loss_type", "packing_strategy", "truncation_mode", "importance_sampling_level", "scale_rewards", "setup_chat_format"],
  messages: choiceMessages,
  docs: {
    summary: "A word that an option of a TRL trainer doesn't take: a loss, a packing strategy, a truncation mode.",
    why: `The configs of TRL store any word; it is compared letter by letter where it is used. A wrong \`loss_type\` of DPO, KTO, CPO or GRPO raises when the first loss is computed, after the
model was loaded and the rows were tokenised; that of SFT, and a \`packing_strategy\` with \`packing=True\`, when the trainer is built; a \`truncation_mode\` at the first row that has to be cut.

The lists change: \`kto_pair\` left DPO for \`KTOTrainer\`, \`aot_pair\` became \`aot_unpaired\` in 0.28, the packing strategy \`ffd\` became \`bfd\` in 0.20.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from trl import DPOConfig, DPOTrainer

args = DPOConfig("out", loss_type="dpo")
trainer = DPOTrainer("gpt2", args=args, train_dataset=dataset)
`,
        good: `from trl import DPOConfig, DPOTrainer

args = DPOConfig("out", loss_type="sigmoid")
trainer = DPOTrainer("gpt2", args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v1.0.0/trl/trainer/dpo_trainer.py", "https://github.com/huggingface/trl/blob/v1.0.0/trl/data_utils.py"],
    silent: "For values from the command line or from a configuration; for a packing strategy without packing; with the version unknown for words that the newest release takes.",
  },
  check(ctx) {
    reportChoices(ctx, "trl", ROWS);
  },
});
