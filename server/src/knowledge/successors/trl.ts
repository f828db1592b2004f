/** Arguments that left TRL, or moved to its config classes. */
import type { Successor } from "./successor.js";

const TREE = "https://github.com/huggingface/trl/blob";
const SFT = `${TREE}/v0.12.0/trl/trainer/sft_trainer.py`;
const DPO = `${TREE}/v0.12.0/trl/trainer/dpo_trainer.py`;

function moved(trainer: string, name: string, source: string, as?: readonly string[]): Successor {
  return { callables: [trainer], name, library: "trl", remedy: { kind: "move", ...(as ? { as } : {}) }, source };
}

const SFT_MOVED = "dataset_text_field packing infinite num_of_sequences chars_per_token dataset_num_proc dataset_batch_size neftune_noise_alpha model_init_kwargs dataset_kwargs eval_packing";
const DPO_MOVED =
  "beta label_smoothing loss_type max_length max_prompt_length max_target_length label_pad_token_id padding_value truncation_mode generate_during_eval precompute_ref_log_probs " +
  "dataset_num_proc model_init_kwargs ref_model_init_kwargs model_adapter_name ref_adapter_name reference_free force_use_ref_model is_encoder_decoder disable_dropout";

const LENGTHS_IN_DATA = "Drop it, and filter long prompts before training.";

export const trlSuccessors: readonly Successor[] = [
  ...SFT_MOVED.split(" ").map((name) => moved("trl.SFTTrainer", name, SFT)),
  moved("trl.SFTTrainer", "max_seq_length", SFT, ["max_length"]),
  ...DPO_MOVED.split(" ").map((name) => moved("trl.DPOTrainer", name, DPO)),
  moved("trl.RewardTrainer", "max_length", `${TREE}/v0.14.0/trl/trainer/reward_trainer.py`),

  { callables: ["trl.SFTConfig"], name: "max_seq_length", library: "trl", remedy: { kind: "rename", to: "max_length" }, source: `${TREE}/v0.16.0/trl/trainer/sft_config.py` },
  { callables: ["trl.SFTConfig"], name: "use_liger", library: "trl", remedy: { kind: "rename", to: "use_liger_kernel" }, source: `${TREE}/v0.16.0/trl/trainer/sft_config.py` },
  ...["dataset_batch_size", "num_of_sequences", "chars_per_token"].map(
    (name): Successor => ({ callables: ["trl.SFTConfig"], name, library: "trl", remedy: { kind: "drop", isUnsafe: true }, advice: "It has no successor: drop it.", source: `${TREE}/v0.18.0/trl/trainer/sft_config.py` }),
  ),
  ...["trl.DPOConfig", "trl.GRPOConfig"].flatMap((config): Successor[] => [
    { callables: [config], name: "max_prompt_length", library: "trl", remedy: { kind: "drop", isUnsafe: true }, advice: LENGTHS_IN_DATA, source: `${TREE}/v0.29.0/trl/trainer/dpo_config.py` },
    { callables: [config], name: "use_liger_loss", library: "trl", remedy: { kind: "rename", to: "use_liger_kernel" }, source: `${TREE}/v0.28.0/trl/trainer/grpo_config.py` },
  ]),
  { callables: ["trl.DPOConfig"], name: "padding_value", library: "trl", remedy: { kind: "none" }, advice: "Use pad_token.", source: `${TREE}/v0.26.0/trl/trainer/dpo_config.py` },
  ...["trl.SFTTrainer", "trl.DPOTrainer", "trl.RewardTrainer", "trl.KTOTrainer", "trl.ORPOTrainer", "trl.CPOTrainer", "trl.BCOTrainer", "trl.PPOTrainer"].map(
    (trainer): Successor => ({ callables: [trainer], name: "tokenizer", library: "trl", remedy: { kind: "rename", to: "processing_class" }, source: SFT }),
  ),
  { callables: ["trl.PPOConfig"], name: "ppo_epochs", library: "trl", remedy: { kind: "rename", to: "num_ppo_epochs" }, source: `${TREE}/v0.12.0/trl/trainer/ppo_config.py` },
  { callables: ["trl.PPOConfig"], name: "init_kl_coef", library: "trl", remedy: { kind: "rename", to: "kl_coef", isUnsafe: true }, source: `${TREE}/v0.12.0/trl/trainer/ppo_config.py` },
  { callables: ["trl.PPOConfig"], name: "log_with", library: "trl", remedy: { kind: "rename", to: "report_to" }, source: `${TREE}/v0.12.0/trl/trainer/ppo_config.py` },
];
