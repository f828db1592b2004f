"""The number of training steps divided by the number of GPUs, in simpletransformers.

Look at `total_steps`: `train_batch_size` is the batch of all GPUs together, so the loop takes the same number of steps on four
GPUs as on one. Divided by four, the model is evaluated and logged four times too often.
"""

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

model_args = ClassificationArgs()
model_args.n_gpu = 4
model_args.num_train_epochs = 3
model_args.train_batch_size = 32
model_args.gradient_accumulation_steps = 1
model_args.learning_rate = 1e-5
model_args.max_seq_length = 256
model_args.output_dir = "outputs/simple"
model_args.best_model_dir = "outputs/simple/best"
model_args.overwrite_output_dir = True
model_args.save_steps = -1
model_args.save_model_every_epoch = False
model_args.save_eval_checkpoints = False
model_args.early_stopping_metric = "auroc"
model_args.early_stopping_metric_minimize = False
model_args.evaluate_during_training = True
model_args.evaluate_each_epoch = False

steps_per_epoch = math.ceil(len(train_df) / model_args.train_batch_size) // model_args.gradient_accumulation_steps
total_steps = steps_per_epoch * model_args.num_train_epochs / model_args.n_gpu
model_args.evaluate_during_training_steps = max(1, round(total_steps / 10))
model_args.logging_steps = max(1, round(total_steps / 100))

model = ClassificationModel("roberta", "FacebookAI/roberta-base", num_labels=2, args=model_args)
model.train_model(train_df, eval_df=eval_df)

best_model = ClassificationModel("roberta", model_args.best_model_dir, num_labels=2, args=model_args)
result, outputs, wrong_predictions = best_model.eval_model(test_df)
print(result)
