"""The best model cannot be loaded, because the checkpoints do not fall on the evaluations.

Look at the arguments: the model is evaluated ten times, every tenth of the training, but saved at the end of each epoch,
and `load_best_model_at_end` needs both at the same moments. TrainingArguments raises ValueError when it is built.
"""

import numpy as np
from datasets import load_dataset
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    EvalPrediction,
    Trainer,
    TrainingArguments,
)

MODEL = "FacebookAI/roberta-base"

tokenizer = AutoTokenizer.from_pretrained(MODEL)
model = AutoModelForSequenceClassification.from_pretrained(MODEL, num_labels=2)
reviews = load_dataset("cornell-movie-review-data/rotten_tomatoes")
reviews = reviews.map(lambda batch: tokenizer(batch["text"], truncation=True, max_length=128), batched=True)


def compute_metrics(prediction: EvalPrediction) -> dict[str, float]:
    logits = prediction.predictions[0] if isinstance(prediction.predictions, tuple) else prediction.predictions
    return {"accuracy": float(np.mean(np.argmax(logits, axis=1) == prediction.label_ids))}


args = TrainingArguments(
    output_dir="outputs/roberta-reviews",
    num_train_epochs=3,
    per_device_train_batch_size=16,
    per_device_eval_batch_size=64,
    learning_rate=2e-5,
    logging_steps=10,
    eval_strategy="steps",
    eval_steps=0.1,
    save_strategy="epoch",
    save_total_limit=2,
    load_best_model_at_end=True,
    metric_for_best_model="accuracy",
    greater_is_better=True,
    report_to="none",
)

trainer = Trainer(
    model=model,
    args=args,
    train_dataset=reviews["train"],
    eval_dataset=reviews["validation"],
    processing_class=tokenizer,
    compute_metrics=compute_metrics,
)
trainer.train()
print(trainer.evaluate(reviews["test"], metric_key_prefix="test"))
