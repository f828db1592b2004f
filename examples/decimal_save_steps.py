"""A fraction as `save_steps` of an SFTTrainer: a checkpoint after every tenth of the training, it is hoped.

Look at `save_steps`. The fraction is taken of the number of steps that the trainer plans. With packing in trl before 0.7.5 that
plan counts the rows before they are packed, so training ends long before it is fulfilled and checkpoints are missing;
transformers before 4.29 knows no fractions at all. With newer versions it works. An integer is right everywhere.
"""

from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

reviews = load_dataset("stanfordnlp/imdb", split="train")

args = SFTConfig(
    output_dir="outputs/opt-imdb",
    dataset_text_field="text",
    num_train_epochs=1,
    per_device_train_batch_size=4,
    gradient_accumulation_steps=4,
    learning_rate=2e-5,
    warmup_steps=50,
    logging_steps=10,
    save_strategy="steps",
    save_steps=0.1,
    save_total_limit=3,
    report_to="none",
)

trainer = SFTTrainer(
    model="facebook/opt-350m",
    args=args,
    train_dataset=reviews,
)
trainer.train()
trainer.save_model("outputs/opt-imdb/final")
