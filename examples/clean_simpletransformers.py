"""A right one: simpletransformers on several GPUs, evaluated ten times however large the data is."""

import math
import os

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import pandas as pd
from datasets import load_dataset
from simpletransformers.classification import ClassificationArgs, ClassificationModel
from sklearn.model_selection import train_test_split

reviews = load_dataset("stanfordnlp/imdb")
train_df = pd.DataFrame(reviews["train"]).rename(columns={"label": "labels"})
test_df = pd.DataFrame(reviews["test"]).rename(columns={"label": "labels"})
train_df, eval_df = train_test_split(train_df, test_size=0.1, random_state=42)

EVALUATIONS, LOGS = 10, 100

model_args = ClassificationArgs(
    n_gpu=4,
    num_train_epochs=3,
    train_batch_size=32,
    eval_batch_size=64,
    gradient_accumulation_steps=2,
    learning_rate=1e-5,
    max_seq_length=256,
    output_dir="outputs/simple",
    best_model_dir="outputs/simple/best",
    overwrite_output_dir=True,
    save_steps=-1,
    save_model_every_epoch=False,
    save_eval_checkpoints=False,
    evaluate_during_training=True,
    evaluate_each_epoch=False,
    early_stopping_metric="auroc",
    early_stopping_metric_minimize=False,
)

# `train_batch_size` is the batch of all GPUs together, so their number has no part in this.
steps_per_epoch = math.ceil(len(train_df) / model_args.train_batch_size) // model_args.gradient_accumulation_steps
total_steps = steps_per_epoch * model_args.num_train_epochs
model_args.evaluate_during_training_steps = max(1, math.ceil(total_steps / EVALUATIONS))
model_args.logging_steps = max(1, math.ceil(total_steps / LOGS))

model = ClassificationModel("roberta", "FacebookAI/roberta-base", num_labels=2, args=model_args)
model.train_model(train_df, eval_df=eval_df)

best_model = ClassificationModel("roberta", model_args.best_model_dir, num_labels=2, args=model_args)
result, outputs, wrong_predictions = best_model.eval_model(test_df)
print(result)
