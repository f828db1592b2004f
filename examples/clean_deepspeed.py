"""A right one: a model larger than one GPU, sharded by ZeRO stage 3. Run with: deepspeed clean_deepspeed.py"""

from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, DataCollatorForLanguageModeling, Trainer, TrainingArguments

CHECKPOINT = "facebook/opt-6.7b"

# Before the model: the arguments tell from_pretrained to shard it. What the file leaves at "auto" is taken from here.
args = TrainingArguments(
    output_dir="outputs/opt-reviews",
    num_train_epochs=1,
    per_device_train_batch_size=4,
    gradient_accumulation_steps=8,
    learning_rate=1e-5,
    bf16=True,
    gradient_checkpointing=True,
    logging_steps=10,
    save_strategy="epoch",
    report_to="none",
    deepspeed="ds_zero3.json",
)

tokenizer = AutoTokenizer.from_pretrained(CHECKPOINT)
model = AutoModelForCausalLM.from_pretrained(CHECKPOINT)

reviews = load_dataset("stanfordnlp/imdb", split="train")
rows = reviews.map(lambda batch: tokenizer(batch["text"], truncation=True, max_length=512), batched=True, remove_columns=["text", "label"])

trainer = Trainer(
    model=model,
    args=args,
    train_dataset=rows,
    data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False),
)
trainer.train()
trainer.save_model("outputs/opt-reviews/final")
