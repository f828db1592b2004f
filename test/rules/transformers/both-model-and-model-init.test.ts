import rule from "../../../server/src/rules/transformers/both-model-and-model-init.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = 'from transformers import AutoModelForCausalLM, Trainer\nimport torch\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\ndef init():\n    return AutoModelForCausalLM.from_pretrained("gpt2")\n';
const script = (args: string): string => `${HEAD}trainer = Trainer(${args})\n`;
const one = <S extends string>(severity: S, message: string) => [{ message, severity }] as const;
const OPTIMIZERS = "optimizers=(torch.optim.AdamW(p), None)";

ruleTest(rule, {
  valid: [
    { name: "a model", code: script("model=model") },
    { name: "a model by position", code: script("model, args") },
    { name: "an init", code: script("model_init=init, args=args") },
    { name: "an init, no model", code: script("model=None, model_init=init") },
    { name: "an unknown splat", code: script("args=args, **more") },
    { name: "one of the two", code: script("model=None if cli.search else model, model_init=init if cli.search else None") },
    { name: "an init from outside", code: script("model=model, model_init=cli.init"), versions: { transformers: "5.18" } },
    { name: "a model from outside", code: script("model=cli.model, model_init=init"), versions: { transformers: "5.18" } },
    { name: "optimizers for a model", code: script(`model=model, ${OPTIMIZERS}`) },
    { name: "empty optimizers", code: script("model_init=init, optimizers=(None, None)") },
    { name: "a Trainer of the script with its own init", code: `${HEAD}class T(Trainer):\n    def __init__(self): ...\nT(args=a)\n` },
    { name: "TRL", code: "from trl import SFTTrainer\nSFTTrainer(args=a)\n" },
  ],
  invalid: [
    { name: "neither", code: script("args=args, train_dataset=d").replace("= Trainer(", "= ⟦Trainer⟧("), findings: one("error", "neither a model nor a model_init") },
    { name: "None", code: script("model=None").replace("= Trainer(", "= ⟦Trainer⟧("), findings: one("error", "neither") },
    { name: "both", code: script("model=model, ⟦model_init=init⟧"), versions: { transformers: "5.18" }, findings: one("error", "raises ValueError"), unsafe: script("model=model") },
    { name: "both, not known", code: script("model=model, ⟦model_init=init⟧"), findings: one("warning", "before, warns"), unsafe: script("model=model") },
    { name: "both on 5.2, where it raises first", code: script("model=model, ⟦model_init=init⟧"), versions: { transformers: "5.2.0" }, findings: one("error", "raises ValueError"), unsafe: script("model=model") },
    { name: "both on 5.0, which still warns", code: script("model=model, ⟦model_init=init⟧"), versions: { transformers: "5.0.0" }, findings: one("warning", "from transformers 5.2 on"), unsafe: script("model=model") },
    { name: "both on 4", code: script("model=model, ⟦model_init=lambda: model⟧"), versions: { transformers: "4.57" }, findings: one("warning", "model_init wins") },
    { name: "optimizers", code: script(`⟦model_init=init⟧, ${OPTIMIZERS}`), findings: one("error", "can't take optimizers") },
  ],
});
