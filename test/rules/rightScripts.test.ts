/** Whole scripts that are right, in forms that many people start from: no rule has anything to say of them, whichever versions are meant. */
import { describe, expect, it } from "vitest";
import { py } from "../support/script.js";
import { check } from "../support/ruleTest.js";

/** Unsloth loads and wraps the model; its trainers and configs stand in for TRL's and take what TRL took before. */
const unsloth = (imports: string, rest: string): string => `from unsloth import FastLanguageModel
import torch
${imports}

model, tokenizer = FastLanguageModel.from_pretrained("unsloth/Llama-3.2-1B-Instruct", max_seq_length=2048, load_in_4bit=True)
model = FastLanguageModel.get_peft_model(
    model, r=16, lora_alpha=16, lora_dropout=0, bias="none", use_gradient_checkpointing="unsloth",
    target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
)
${rest}
trainer.train()
model.save_pretrained("adapter")
tokenizer.save_pretrained("adapter")
`;

const DATA = 'rows = load_dataset("yahma/alpaca-cleaned", split="train").map(to_text, batched=True)';

const scripts: Readonly<Record<string, string>> = {
  "unsloth, the trainer's options beside TrainingArguments": unsloth(
    "from datasets import load_dataset\nfrom transformers import TrainingArguments\nfrom trl import SFTTrainer",
    py`
      def to_text(batch):
          return {"text": [question + answer + tokenizer.eos_token for question, answer in zip(batch["instruction"], batch["output"])]}
      ${DATA}
      trainer = SFTTrainer(
          model=model, tokenizer=tokenizer, train_dataset=rows, dataset_text_field="text", max_seq_length=2048, dataset_num_proc=2, packing=False,
          args=TrainingArguments(
              per_device_train_batch_size=2, gradient_accumulation_steps=4, warmup_steps=5, max_steps=60, learning_rate=2e-4, optim="adamw_8bit",
              fp16=not torch.cuda.is_bf16_supported(), bf16=torch.cuda.is_bf16_supported(), logging_steps=1, output_dir="outputs", report_to="none",
          ),
      )
    `,
  ),
  "unsloth, everything in SFTConfig": unsloth(
    "from datasets import load_dataset\nfrom trl import SFTConfig, SFTTrainer",
    py`
      def to_text(batch):
          return {"text": [question + answer + tokenizer.eos_token for question, answer in zip(batch["instruction"], batch["output"])]}
      ${DATA}
      trainer = SFTTrainer(
          model=model, tokenizer=tokenizer, train_dataset=rows,
          args=SFTConfig(dataset_text_field="text", max_seq_length=2048, per_device_train_batch_size=2, max_steps=30, optim="adamw_8bit", output_dir="outputs", report_to="none"),
      )
    `,
  ),
  "unsloth, GRPO with a batch of one": unsloth(
    "from datasets import load_dataset\nfrom trl import GRPOConfig, GRPOTrainer",
    py`
      def rewards(completions, **kwargs):
          return [1.0 if "answer" in each[0]["content"] else 0.0 for each in completions]
      rows = load_dataset("openai/gsm8k", "main", split="train").map(lambda row: {"prompt": [{"role": "user", "content": row["question"]}]})
      args = GRPOConfig(
          learning_rate=5e-6, per_device_train_batch_size=1, gradient_accumulation_steps=1, num_generations=8, max_prompt_length=256, max_completion_length=200,
          max_steps=250, save_steps=250, report_to="none", output_dir="outputs",
      )
      trainer = GRPOTrainer(model=model, processing_class=tokenizer, reward_funcs=[rewards], args=args, train_dataset=rows)
    `,
  ),
  "unsloth, DPO": unsloth(
    "from datasets import load_dataset\nfrom unsloth import PatchDPOTrainer\nPatchDPOTrainer()\nfrom trl import DPOConfig, DPOTrainer",
    py`
      pairs = load_dataset("HuggingFaceH4/ultrafeedback_binarized", split="train_prefs[:1%]")
      trainer = DPOTrainer(
          model=model, ref_model=None, tokenizer=tokenizer, beta=0.1, train_dataset=pairs, max_length=1024, max_prompt_length=512,
          args=DPOConfig(per_device_train_batch_size=2, gradient_accumulation_steps=4, num_train_epochs=1, learning_rate=5e-6, output_dir="outputs", report_to="none"),
      )
    `,
  ),
  "one script for two kinds of adapter": py`
    import argparse
    from datasets import load_dataset
    from peft import LoraConfig, OFTConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer, DataCollatorForLanguageModeling, Trainer, TrainingArguments

    def main(cli):
        if cli.kind not in ("lora", "oft"):
            raise ValueError(f"no adapter {cli.kind}")
        options = {"target_modules": "all-linear", "task_type": "CAUSAL_LM"}
        if cli.kind == "lora":
            options.update(r=cli.rank, lora_alpha=2 * cli.rank, lora_dropout=0.05)
        else:
            options.update(oft_block_size=cli.rank, module_dropout=0.05)
        tokenizer = AutoTokenizer.from_pretrained(cli.model)
        model = AutoModelForCausalLM.from_pretrained(cli.model)
        if cli.kind != "lora":
            config = OFTConfig(**options)
        else:
            config = LoraConfig(**options)
        model = get_peft_model(model, config)
        rows = load_dataset("stanfordnlp/imdb", split="train").map(lambda batch: tokenizer(batch["text"], truncation=True), batched=True, remove_columns=["text", "label"])
        trainer = Trainer(
            model=model, args=TrainingArguments(output_dir="outputs", num_train_epochs=1, report_to="none"), train_dataset=rows,
            data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False),
        )
        trainer.train()
        trainer.save_model("outputs/last")

    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="facebook/opt-350m")
    parser.add_argument("--kind", default="lora")
    parser.add_argument("--rank", type=int, default=8)
    main(parser.parse_args())
  `,
};

const VERSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unknown: {},
  "of late 2025": { transformers: "4.57.6", trl: "0.24.0", peft: "0.18.0", datasets: "4.4.0", accelerate: "1.12.0" },
  "the newest": { transformers: "5.18.0", trl: "1.13.0", peft: "0.21.0", datasets: "5.0.0", accelerate: "1.15.0" },
};

describe.each(Object.entries(VERSIONS))("with versions that are %s", (_, versions) => {
  it.each(Object.entries(scripts))("%s", (_name, code) => {
    expect(check(code, { versions }).map(({ rule, message, range }) => `${rule}: ${code.slice(range.start, range.end)}: ${message}`)).toEqual([]);
  });
});
