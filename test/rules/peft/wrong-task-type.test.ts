import rule from "../../../server/src/rules/peft/wrong-task-type.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from peft import LoraConfig, TaskType, get_peft_model\nfrom transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoModelForTokenClassification\n`;
const script = (config: string, model = 'AutoModelForSequenceClassification.from_pretrained("roberta-base", num_labels=2)', rest = ""): string =>
  `${HEAD}config = ${config}\nmodel = get_peft_model(${model}, config)\n${rest}`;
const NEW = { versions: { transformers: "4.57.6" } };
const OLD = { versions: { transformers: "4.51.3" } };

ruleTest(rule, {
  valid: [
    { name: "right", code: script('LoraConfig(task_type="SEQ_CLS")') },
    { name: "right, as a member", code: script("LoraConfig(task_type=TaskType.SEQ_CLS)") },
    { name: "the other classifier", code: script('LoraConfig(task_type="TOKEN_CLS")') },
    { name: "a causal model", code: script('LoraConfig(task_type="CAUSAL_LM")', 'AutoModelForCausalLM.from_pretrained("gpt2")') },
    { name: "a causal model without a type", code: script("LoraConfig(r=8)", 'AutoModelForCausalLM.from_pretrained("gpt2")') },
    { name: "the head is saved", code: script('LoraConfig(modules_to_save=["classifier"])') },
    { name: "the script trains the head", code: script("LoraConfig(r=8)", undefined, "model.classifier.requires_grad_(True)\n") },
    { name: "set afterwards", code: script("LoraConfig(r=8)").replace("model =", 'config.task_type = "SEQ_CLS"\nmodel =') },
    { name: "from outside", code: script("LoraConfig(task_type=cli.task)") },
    { name: "perhaps in the splat", code: script("LoraConfig(**options)") },
    { name: "a model that isn't seen", code: script("LoraConfig(r=8)", "load()") },
    { name: "another kind of config", code: `${script("PromptTuningConfig(num_virtual_tokens=8)").replace("LoraConfig", "PromptTuningConfig")}` },
  ],
  invalid: [
    { name: "none", code: script("⟦LoraConfig⟧(r=8)"), findings: [{ message: "random weights stay", severity: "warning" }], unsafe: script('LoraConfig(r=8, task_type="SEQ_CLS")') },
    { name: "of a generator, before 4.52", code: script('LoraConfig(⟦task_type="CAUSAL_LM"⟧)'), ...OLD, findings: [{ message: "leaves it frozen", severity: "warning" }], unsafe: script('LoraConfig(task_type="SEQ_CLS")') },
    { name: "of a generator", code: script("LoraConfig(⟦task_type=TaskType.CAUSAL_LM⟧)"), ...NEW, findings: [{ message: "raises AttributeError", severity: "error" }] },
    { name: "of a generator, version unknown", code: script("LoraConfig(⟦task_type=TaskType.SEQ_2_SEQ_LM⟧)"), findings: [{ message: "4.52", severity: "warning" }] },
    { name: "tokens", code: script("⟦LoraConfig⟧()", 'AutoModelForTokenClassification.from_pretrained("bert-base-cased")'), findings: [{ message: "TOKEN_CLS", severity: "warning" }], unsafe: script('LoraConfig(task_type="TOKEN_CLS")', 'AutoModelForTokenClassification.from_pretrained("bert-base-cased")') },
  ],
});
