import rule from "../../../server/src/rules/transformers/removed-argument.js";
import { ruleTest } from "../../support/ruleTest.js";
import { py } from "../../support/script.js";

const at = (transformers: string) => ({ versions: { transformers } });
const args = (written: string): string => `from transformers import TrainingArguments\nargs = TrainingArguments("out", ${written})\n`;
const trainer = (written: string): string => `from transformers import Trainer\ntrainer = Trainer(model=m, args=a, ${written})\n`;
const model = (written: string, imports = "AutoModelForCausalLM"): string => `from transformers import ${imports}\nm = AutoModelForCausalLM.from_pretrained("gpt2", ${written})\n`;
const one = (severity: "error" | "warning" | "hint", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "evaluation_strategy in 4.30", code: args(`evaluation_strategy="epoch"`), ...at("4.30.2") },
    { name: "eval_strategy in 5", code: args(`eval_strategy="epoch"`), ...at("5.18.0") },
    { name: "still valid in 5", code: args("fp16_full_eval=True, local_rank=0, do_train=True, resume_from_checkpoint='x'"), ...at("5.18.0") },
    { name: "tokenizer in 4.45", code: trainer("tokenizer=tok"), ...at("4.45.2") },
    { name: "processing_class in 5", code: trainer("processing_class=tok"), ...at("5.18.0") },
    { name: "deprecated only in the newest release, version unknown", code: args("gradient_checkpointing=True") },
    { name: "torch_dtype, version unknown", code: model("torch_dtype=t") },
    { name: "TypeError is caught", code: `from transformers import TrainingArguments\ntry:\n    a = TrainingArguments("o", evaluation_strategy="no")\nexcept TypeError:\n    a = TrainingArguments("o", eval_strategy="no")\n`, ...at("5.18.0") },
    { name: "the fall-back for an older release", code: `from transformers import TrainingArguments\ntry:\n    a = TrainingArguments("o", eval_strategy="no")\nexcept TypeError:\n    a = TrainingArguments("o", evaluation_strategy="no")\n`, ...at("5.18.0") },
    {
      name: "a branch on the version",
      code: py`
        import transformers
        from packaging import version
        from transformers import TrainingArguments
        if version.parse(transformers.__version__) < version.parse("4.41"):
            args = TrainingArguments("o", evaluation_strategy="epoch")
        else:
            args = TrainingArguments("o", eval_strategy="epoch")
      `,
    },
    {
      name: "the signature is asked",
      code: py`
        import inspect
        from transformers import TrainingArguments
        names = inspect.signature(TrainingArguments.__init__).parameters
        options = {"output_dir": "o"}
        if "eval_strategy" in names:
            options["eval_strategy"] = "epoch"
        else:
            options["evaluation_strategy"] = "epoch"
        TrainingArguments(**options)
      `,
      ...at("5.18.0"),
    },
    {
      name: "the signature is asked in an expression",
      code: py`
        import inspect
        from transformers import TrainingArguments
        has_new = "eval_strategy" in inspect.signature(TrainingArguments).parameters
        TrainingArguments("o", **({"eval_strategy": "no"} if has_new else {"evaluation_strategy": "no"}))
      `,
      ...at("5.18.0"),
    },
    { name: "a key that is chosen at run time", code: `from transformers import TrainingArguments\nkey = pick()\nTrainingArguments("o", **{key: "epoch"})\n`, ...at("5.18.0") },
    { name: "a filtered dict", code: `from transformers import TrainingArguments\nd = {"evaluation_strategy": "no"}\nTrainingArguments("o", **{k: v for k, v in d.items() if k in names})\n`, ...at("5.18.0") },
    { name: "a subclass of the script's own", code: `from transformers import TrainingArguments\nclass Mine(TrainingArguments):\n    evaluation_strategy: str = "no"\nMine("o", evaluation_strategy="no")\n`, ...at("5.18.0") },
    { name: "a class of the same name", code: `import transformers\nclass TrainingArguments:\n    def __init__(self, **k): ...\nTrainingArguments(evaluation_strategy="no")\n`, ...at("5.18.0") },
    { name: "another library's trainer", code: `import transformers\nfrom setfit import Trainer\nTrainer(m, tokenizer=t)\n`, ...at("5.18.0") },
    { name: "a dead branch", code: `from transformers import TrainingArguments\nif False:\n    TrainingArguments("o", evaluation_strategy="no")\n`, ...at("5.18.0") },
    { name: "pad_to_max_length of something else", code: `import transformers\ndef pad(x, pad_to_max_length=False): ...\npad(1, pad_to_max_length=True)\n`, ...at("5.18.0") },
    { name: "trl's own argument", code: `from trl import SFTConfig\nSFTConfig("o", packing=True)\n`, ...at("5.18.0") },
    { name: "a range that ends before the removal", code: args(`evaluation_strategy="no"`), ...at(">=4.30,<4.41") },
    { name: "from_tf of the example scripts", code: model(`from_tf=bool(".ckpt" in name)`), ...at("5.18.0") },
    { name: "from_flax that asks for nothing", code: model("from_flax=False"), ...at("5.18.0") },
    { name: "a configuration takes any keyword", code: `from transformers import PretrainedConfig\nPretrainedConfig(num_labels=3, mine=1)\n`, ...at("5.18.0") },
  ],
  invalid: [
    { name: "from_tf", code: model("⟦from_tf⟧=True"), ...at("5.18.0"), findings: one("warning", "silently ignores from_tf"), unsafe: `from transformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained("gpt2")\n` },
    { name: "evaluation_strategy in 4.45", code: args(`⟦evaluation_strategy⟧="epoch"`), ...at("4.45.2"), findings: one("hint", "deprecated"), fixed: args(`eval_strategy="epoch"`) },
    { name: "evaluation_strategy in 4.57", code: args(`⟦evaluation_strategy⟧="epoch"`), ...at("4.57.6"), findings: one("error", "from transformers 4.51 on: raises TypeError. Use eval_strategy."), fixed: args(`eval_strategy="epoch"`) },
    { name: "evaluation_strategy in 5.18", code: args(`⟦evaluation_strategy⟧="epoch"`), ...at("5.18.0"), findings: one("error", "Use eval_strategy"), fixed: args(`eval_strategy="epoch"`) },
    { name: "evaluation_strategy, version unknown", code: args(`⟦evaluation_strategy⟧="epoch"`), findings: one("warning", "from transformers 4.51 on"), unsafe: args(`eval_strategy="epoch"`) },
    { name: "evaluation_strategy in an open range", code: args(`⟦evaluation_strategy⟧="epoch"`), ...at(">=4.45"), findings: one("warning", "from transformers 4.51 on"), fixed: args(`eval_strategy="epoch"`) },
    { name: "on a TRL config, by the version of transformers", code: `from trl import SFTConfig\nSFTConfig("o", ⟦evaluation_strategy⟧="epoch")\n`, ...at("4.57.6"), findings: one("error", "SFTConfig doesn't take"), fixed: `from trl import SFTConfig\nSFTConfig("o", eval_strategy="epoch")\n` },
    { name: "in a dict", code: `from transformers import TrainingArguments\nd = {'output_dir': 'o', ⟦'evaluation_strategy'⟧: 'no'}\nTrainingArguments(**d)\n`, ...at("4.57.6"), findings: one("error", "eval_strategy"), fixed: `from transformers import TrainingArguments\nd = {'output_dir': 'o', 'eval_strategy': 'no'}\nTrainingArguments(**d)\n` },
    { name: "under an alias", code: `import transformers as t\nA = t.TrainingArguments\nA("o", ⟦no_cuda⟧=True)\n`, ...at("5.18.0"), findings: one("error", "use_cpu"), fixed: `import transformers as t\nA = t.TrainingArguments\nA("o", use_cpu=True)\n` },
    { name: "the Trainer's tokenizer in 4.57", code: trainer("⟦tokenizer⟧=tok"), ...at("4.57.6"), findings: one("hint", "deprecated"), fixed: trainer("processing_class=tok") },
    { name: "the Trainer's tokenizer in 5", code: trainer("⟦tokenizer⟧=tok"), ...at("5.18.0"), findings: one("error", "from transformers 5.0 on"), fixed: trainer("processing_class=tok") },
    { name: "both names: no rename", code: trainer("⟦tokenizer⟧=tok, processing_class=tok"), ...at("5.18.0"), findings: one("error", "processing_class") },
    { name: "group_by_length", code: args("⟦group_by_length⟧=True"), ...at("5.18.0"), findings: one("error", "train_sampling_strategy"), fixed: args(`train_sampling_strategy="group_by_length"`) },
    { name: "group_by_length that is off", code: args("⟦group_by_length⟧=False, seed=1"), ...at("5.18.0"), findings: one("error", "train_sampling_strategy"), fixed: args("seed=1") },
    { name: "warmup_ratio takes another form", code: args("⟦warmup_ratio⟧=0.1"), ...at("5.18.0"), findings: one("error", "below 1 it is a share"), unsafe: args("warmup_steps=0.1") },
    { name: "overwrite_output_dir had no effect", code: args("⟦overwrite_output_dir⟧=True, seed=1"), ...at("5.18.0"), findings: one("error", "drop it"), fixed: args("seed=1") },
    { name: "model_path of train()", code: trainer("train_dataset=d") + "trainer.train(⟦model_path⟧=p)\n", ...at("5.18.0"), findings: one("error", "Trainer.train doesn't take model_path"), fixed: trainer("train_dataset=d") + "trainer.train(resume_from_checkpoint=p)\n" },
    { name: "load_in_4bit, with its import", code: model("⟦load_in_4bit⟧=True"), ...at("5.18.0"), findings: one("error", "BitsAndBytesConfig"), fixed: model("quantization_config=BitsAndBytesConfig(load_in_4bit=True)", "AutoModelForCausalLM, BitsAndBytesConfig") },
    { name: "torch_dtype in 4.57", code: model("⟦torch_dtype⟧=t"), ...at("4.57.6"), findings: one("hint", "Use dtype"), fixed: model("dtype=t") },
    { name: "swallowed: return_all_scores", code: `from transformers import pipeline\npipe = pipeline("text-classification", ⟦return_all_scores⟧=True)\n`, ...at("5.18.0"), findings: one("warning", "silently ignores"), fixed: `from transformers import pipeline\npipe = pipeline("text-classification", top_k=None)\n` },
  ],
});
