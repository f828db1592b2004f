import rule from "../../../server/src/rules/trl/invalid-choice.js";
import { ruleTest } from "../../support/ruleTest.js";

const of = (method: string, written: string): string => `from trl import ${method}Config\nargs = ${method}Config("o", ${written})\n`;
const NEW = { versions: { trl: "1.13.0" } };

ruleTest(rule, {
  valid: [
    { name: "a loss of DPO", code: of("DPO", 'loss_type="ipo"'), ...NEW },
    { name: "several losses", code: of("DPO", 'loss_type=["sigmoid", "bco_pair", "sft"]'), ...NEW },
    { name: "a loss from the command line", code: of("DPO", "loss_type=cli.loss"), ...NEW },
    { name: "aot_pair, before 0.28", code: of("DPO", 'loss_type="aot_pair"'), versions: { trl: "0.27.2" } },
    { name: "a loss that the newest release takes, version unknown", code: of("GRPO", 'loss_type="sapo"') },
    { name: "the two of KTO", code: of("KTO", 'loss_type="kto" if plain else "apo_zero_unpaired"'), ...NEW },
    { name: "bco while it was in KTO", code: of("KTO", 'loss_type="bco"'), versions: { trl: "0.9.6" } },
    { name: "AlphaPO", code: of("CPO", 'loss_type="alphapo"'), versions: { trl: "0.22.1" } },
    { name: "AlphaPO, experimental, version unknown", code: 'from trl.experimental.cpo import CPOConfig\nCPOConfig("o", loss_type="alphapo")\n' },
    { name: "kto on the trainer", code: 'from trl import DPOTrainer\nDPOTrainer(m, loss_type="kto", beta=0.1)\n', versions: { trl: "0.7.5" } },
    { name: "ffd in 0.19", code: of("SFT", 'packing=True, packing_strategy="ffd"'), versions: { trl: "0.19.1" } },
    { name: "a strategy that nobody looks at", code: of("SFT", 'packing_strategy="best-fit"'), ...NEW },
    { name: "packing from outside", code: of("SFT", 'packing=cli.packing, packing_strategy="best-fit"'), ...NEW },
    { name: "a subclass of the script's own", code: 'from trl import SFTConfig\nclass Mine(SFTConfig):\n    pass\nMine("o", loss_type="mine")\n', ...NEW },
    { name: "another class's loss_type", code: 'import trl\nclass DPOConfig:\n    def __init__(self, **k): ...\nDPOConfig(loss_type="x")\n', ...NEW },
    { name: "GSPO by tokens", code: of("GRPO", 'importance_sampling_level="sequence_token"'), ...NEW },
    { name: "rewards not scaled", code: of("GRPO", "scale_rewards=False"), ...NEW },
    { name: "an open dict", code: `from trl import DPOConfig\nDPOConfig("o", **options)\n`, ...NEW },
    { name: "chatml", code: 'from trl import setup_chat_format\nsetup_chat_format(m, t, "chatml")\n', versions: { trl: "0.19.1" } },
    { name: "the losses of transformers", code: 'import trl\nfrom transformers import LlamaConfig\nLlamaConfig(loss_type="ForCausalLMLoss")\n', ...NEW },
  ],
  invalid: [
    { name: "a loss by another name", code: of("DPO", 'loss_type=⟦"dpo"⟧'), ...NEW, findings: [{ message: 'raises ValueError when training starts. Did you mean "sigmoid"?', severity: "error" }], fixed: of("DPO", 'loss_type="sigmoid"') },
    { name: "in an unpacked dict", code: 'from trl import DPOConfig\noptions = {"loss_type": ⟦"sigmod"⟧}\nDPOConfig("o", **options)\n', ...NEW, findings: [{ message: 'Did you mean "sigmoid"?', severity: "error" }], fixed: 'from trl import DPOConfig\noptions = {"loss_type": "sigmoid"}\nDPOConfig("o", **options)\n' },
    { name: "one of several", code: of("DPO", 'loss_type=["sigmoid", ⟦"bco"⟧]'), ...NEW, findings: [{ message: 'Did you mean "bco_pair"?', severity: "error" }], fixed: of("DPO", 'loss_type=["sigmoid", "bco_pair"]') },
    { name: "renamed", code: of("DPO", 'loss_type=⟦"aot_pair"⟧'), ...NEW, findings: [{ message: 'from trl 0.28 on: raises ValueError when training starts. Use "aot_unpaired".', severity: "error" }], fixed: of("DPO", 'loss_type="aot_unpaired"') },
    { name: "not yet there", code: of("GRPO", 'loss_type=⟦"sapo"⟧'), versions: { trl: "0.19.1" }, findings: [{ message: "only from trl 0.26 on", severity: "error" }] },
    { name: "kto_pair on the trainer", code: 'from trl import DPOTrainer\nDPOTrainer(m, args=a, loss_type=⟦"ktopair"⟧)\n', versions: { trl: "0.8.6" }, findings: [{ message: "raises ValueError", severity: "error" }], fixed: 'from trl import DPOTrainer\nDPOTrainer(m, args=a, loss_type="kto_pair")\n' },
    { name: "a loss that went its own way", code: of("KTO", 'loss_type=⟦"bco"⟧'), ...NEW, findings: [{ message: "from trl 0.10 on: raises UnboundLocalError", severity: "error" }] },
    { name: "the same, version unknown", code: of("KTO", 'loss_type=⟦"bco"⟧'), findings: [{ message: "from trl 0.10 on", severity: "warning" }] },
    { name: "AlphaPO before it came", code: of("CPO", 'loss_type=⟦"alphapo"⟧'), versions: { trl: "0.21.0" }, findings: [{ message: "only from trl 0.22 on", severity: "error" }] },
    { name: "on one of two ways", code: of("CPO", 'loss_type="simpo" if a else ⟦"simpo_loss"⟧'), versions: { trl: "0.19.1" }, findings: [{ message: "loss_type doesn't take", severity: "warning" }] },
    { name: "the strategy's old name", code: of("SFT", 'packing=True, packing_strategy=⟦"ffd"⟧'), ...NEW, findings: [{ message: 'from trl 0.20 on: raises ValueError when SFTTrainer is built. Use "bfd".', severity: "error" }], fixed: of("SFT", 'packing=True, packing_strategy="bfd"') },
    { name: "its new name too early", code: of("SFT", 'packing=True, packing_strategy=⟦"bfd"⟧'), versions: { trl: "0.19.1" }, findings: [{ message: "only from trl 0.20 on", severity: "error" }], fixed: of("SFT", 'packing=True, packing_strategy="ffd"') },
    { name: "a truncation mode", code: of("DPO", 'truncation_mode=⟦"keep_left"⟧'), ...NEW, findings: [{ message: "when a row is longer than max_length", severity: "warning" }], fixed: of("DPO", 'truncation_mode="keep_start"') },
    { name: "scaled rewards", code: of("GRPO", 'scale_rewards=⟦"std"⟧'), ...NEW, findings: [{ message: 'Did you mean "group"?', severity: "error" }], fixed: of("GRPO", 'scale_rewards="group"') },
    { name: "a chat format", code: 'from trl import setup_chat_format\nsetup_chat_format(m, t, format=⟦"llama"⟧)\n', versions: { trl: "0.19.1" }, findings: [{ message: 'It takes "chatml".', severity: "error" }] },
  ],
});
