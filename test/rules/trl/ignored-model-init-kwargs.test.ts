import rule from "../../../server/src/rules/trl/ignored-model-init-kwargs.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (model: string, written: string): string =>
  `from transformers import AutoModelForCausalLM\nfrom trl import SFTConfig, SFTTrainer\nargs = SFTConfig("o", ${written})\ntrainer = SFTTrainer(${model}, args=args, train_dataset=d)\n`;
const LOADED = 'AutoModelForCausalLM.from_pretrained("gpt2")';
const KWARGS = 'model_init_kwargs={"attn_implementation": "sdpa"}';

ruleTest(rule, {
  valid: [
    { name: "a name", code: script('"gpt2"', KWARGS) },
    { name: "None", code: script(LOADED, "model_init_kwargs=None") },
    { name: "nothing", code: script(LOADED, "packing=False") },
    { name: "perhaps a name", code: script("cli.model", KWARGS) },
    { name: "options from outside", code: script(LOADED, "model_init_kwargs=cli.options or None") },
    { name: "one or the other", code: script('"gpt2" if cli.name else AutoModelForCausalLM.from_pretrained("gpt2")', KWARGS) },
    { name: "an object of the script's own", code: `class Model:\n    pass\n${script("Model()", KWARGS)}` },
    { name: "emptied before the trainer", code: script(LOADED, KWARGS).replace("trainer =", "args.model_init_kwargs = None\ntrainer =") },
  ],
  invalid: [
    { name: "ignored", code: script(LOADED, `⟦${KWARGS}⟧`), versions: { trl: "1.13.0" }, findings: [{ message: "is ignored", severity: "warning" }] },
    { name: "raises", code: script(LOADED, `⟦${KWARGS}⟧`), versions: { trl: "0.12.2" }, findings: [{ message: "raises ValueError", severity: "error" }] },
    { name: "version unknown", code: script(LOADED, `⟦${KWARGS}⟧`), findings: [{ message: "before trl 0.15", severity: "warning" }] },
  ],
});
