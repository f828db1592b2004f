import rule from "../../../server/src/rules/transformers/unknown-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (transformers: string) => ({ versions: { transformers } });
const args = (written: string): string => `from transformers import TrainingArguments\nargs = TrainingArguments("out", ${written})\n`;
const error = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "known", code: args("num_train_epochs=3, learning_rate=1e-4") },
    { name: "new, version unknown", code: args(`eval_strategy="epoch"`) },
    { name: "new, in an open range", code: args(`eval_strategy="epoch"`), ...at(">=4.30") },
    { name: "new, in its release", code: args(`eval_strategy="epoch"`), ...at("4.41.0") },
    { name: "an open splat", code: args("**options") },
    { name: "a subclass of the script's own", code: `from transformers import TrainingArguments\nclass A(TrainingArguments):\n    mine: int = 1\nA("o", mine=1)\n` },
    { name: "another class of the name", code: `import transformers\nfrom mine import TrainingArguments\nTrainingArguments("o", epochs=1)\n` },
    { name: "anything goes into a model's kwargs", code: `from transformers import AutoModelForCausalLM\nAutoModelForCausalLM.from_pretrained("g", my_config_attribute=1)\n` },
    { name: "anything goes into a config", code: `from transformers import GenerationConfig\nGenerationConfig(max_new_tokens=3)\n` },
    { name: "for the Trainer: another rule", code: args("compute_metrics=f") },
    { name: "TypeError is caught", code: `from transformers import TrainingArguments\ntry:\n    TrainingArguments("o", epochs=1)\nexcept TypeError as e:\n    print(e)\n` },
    { name: "expected to fail", code: `import pytest\nfrom transformers import TrainingArguments\nwith pytest.raises(TypeError):\n    TrainingArguments("o", epochs=1)\n` },
    { name: "dtype, version unknown", code: `from transformers import AutoModel\nAutoModel.from_pretrained("g", dtype=t)\n` },
    { name: "device of a pipeline", code: `from transformers import pipeline\npipeline("text-generation", device=0)\n` },
    { name: "Seq2SeqTrainingArguments has it", code: `from transformers import Seq2SeqTrainingArguments\nSeq2SeqTrainingArguments("o", predict_with_generate=True)\n` },
  ],
  invalid: [
    { name: "epochs", code: args("⟦epochs⟧=3"), findings: error("Did you mean num_train_epochs?"), fixed: args("num_train_epochs=3") },
    { name: "lr", code: args("⟦lr⟧=3"), ...at("5.18.0"), findings: error("Did you mean learning_rate?"), fixed: args("learning_rate=3") },
    { name: "both are given", code: args("⟦lr⟧=3, learning_rate=3"), findings: error("no argument lr") },
    { name: "gradient_checking", code: args("⟦gradient_checking⟧=True"), findings: error("gradient_checkpointing"), fixed: args("gradient_checkpointing=True") },
    { name: "a slip", code: args("⟦learning_rat⟧=3"), findings: error("Did you mean learning_rate?"), fixed: args("learning_rate=3") },
    { name: "an option of the example scripts", code: args("⟦model_name_or_path⟧='gpt2'"), findings: error("ModelArguments") },
    { name: "nothing near", code: args("⟦zzzzzz⟧=1"), findings: error("TrainingArguments has no argument zzzzzz") },
    { name: "in a dict", code: `from transformers import TrainingArguments\nd = {"epochs": 3}\nd[⟦"lr"⟧] = 1\nTrainingArguments("o", **d)\n`.replace(`"epochs"`, `⟦"epochs"⟧`).replace(`d[⟦"lr"⟧]`, `d["seed"]`), findings: error("num_train_epochs"), fixed: `from transformers import TrainingArguments\nd = {"num_train_epochs": 3}\nd["seed"] = 1\nTrainingArguments("o", **d)\n` },
    { name: "eval_strategy in 4.30", code: args(`⟦eval_strategy⟧="no"`), ...at("4.30.2"), findings: error("only from transformers 4.41 on"), fixed: args(`evaluation_strategy="no"`) },
    { name: "processing_class in 4.45", code: `from transformers import Trainer\nTrainer(m, ⟦processing_class⟧=t)\n`, ...at("4.45.2"), findings: error("only from transformers 4.46"), fixed: `from transformers import Trainer\nTrainer(m, tokenizer=t)\n` },
    { name: "dtype before 4.56", code: `from transformers import AutoModel\nAutoModel.from_pretrained("g", ⟦dtype⟧=t)\n`, ...at("4.46.3"), findings: error("only from transformers 4.56 on"), fixed: `from transformers import AutoModel\nAutoModel.from_pretrained("g", torch_dtype=t)\n` },
    { name: "device in from_pretrained", code: `from transformers import AutoModel\nAutoModel.from_pretrained("g", ⟦device⟧="cuda")\n`, findings: error("Use device_map=") },
    { name: "generation options on plain arguments", code: args("⟦predict_with_generate⟧=True"), findings: error("Seq2SeqTrainingArguments"), unsafe: `from transformers import TrainingArguments, Seq2SeqTrainingArguments\nargs = Seq2SeqTrainingArguments("out", predict_with_generate=True)\n` },
  ],
});
