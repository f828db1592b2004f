import os

os.environ["CUDA_VISIBLE_DEVICES"] = str(0)

import numpy as np
from datasets import Dataset
from transformers import Trainer, logging, TrainingArguments, AutoModelForSequenceClassification

from project.memory import print_gpu_utilization

logging.set_verbosity_error()

rows, length = 512, 512
train_dataset = Dataset.from_dict(
    {
        "input_ids": np.random.randint(100, 30000, (rows, length)),
        "labels": np.random.randint(0, 1, rows),
    }
)
train_dataset.set_format("pt")
print_gpu_utilization()

default_args = {
    "output_dir": "tmp",
    "evaluation_strategy": "steps",
    "num_train_epochs": 1,
    "log_level": "error",
    "report_to": "none",
}

training_args = TrainingArguments(
    per_device_train_batch_size=4,
    **default_args
)

model = AutoModelForSequenceClassification.from_pretrained("bert-large-uncased").to("cuda")
print_gpu_utilization()

trainer = Trainer(
    model=model,
    args=training_args,
    train_dataset=train_dataset
)
result = trainer.train()
