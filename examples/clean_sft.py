"""A right one: a language model tuned with LoRA on prompts and completions; the loss is on the completions."""

from datasets import load_dataset
from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

examples = load_dataset("stanfordnlp/imdb", split="train").shuffle(seed=42)


def as_instruction(row):
    sentiment = "positive" if row["label"] == 1 else "negative"
    return {"prompt": f"Review: {row['text']}\nSentiment:", "completion": f" {sentiment}"}


examples = examples.map(as_instruction, remove_columns=["text", "label"]).train_test_split(test_size=500, seed=42)

args = SFTConfig(
    output_dir="outputs/qwen-sentiment",
    max_length=1024,
    num_train_epochs=1,
    per_device_train_batch_size=4,
    per_device_eval_batch_size=4,
    gradient_accumulation_steps=4,
    learning_rate=2e-4,
    warmup_steps=50,
    logging_steps=10,
    eval_strategy="steps",
    eval_steps=200,
    save_strategy="steps",
    save_steps=200,
    save_total_limit=2,
    load_best_model_at_end=True,
    metric_for_best_model="eval_loss",
    greater_is_better=False,
    report_to="none",
)

trainer = SFTTrainer(
    model="Qwen/Qwen3-0.6B",
    args=args,
    train_dataset=examples["train"],
    eval_dataset=examples["test"],
    peft_config=LoraConfig(r=16, lora_alpha=32, lora_dropout=0.05, target_modules="all-linear", task_type="CAUSAL_LM"),
)
trainer.train()
trainer.save_model("outputs/qwen-sentiment/best")
