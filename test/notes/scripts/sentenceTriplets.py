import wandb
import random
import logging
from collections import defaultdict
from datetime import datetime

import pandas as pd
from datasets import load_dataset
from sentence_transformers import SentenceTransformer, InputExample, SentencesDataset
from sentence_transformers import LoggingHandler
from sentence_transformers.evaluation import TripletEvaluator
from sentence_transformers.losses import BatchHardTripletLoss
from torch.utils.data import DataLoader

logging.basicConfig(format="%(asctime)s - %(message)s", level=logging.INFO, handlers=[LoggingHandler()])


def triplets_of(records, text_column="sentence", label_column="label"):
    examples = [
        InputExample(guid=str(guid), texts=[record[text_column]], label=record[label_column])
        for guid, record in enumerate(records)
    ]

    triplets = []
    by_label = defaultdict(list)
    for example in examples:
        by_label[example.label].append(example)

    for example in examples:
        anchor = example

        if len(by_label[example.label]) < 2:
            continue

        positive = None
        while positive is None or positive.guid == anchor.guid:
            positive = random.choice(by_label[example.label])

        negative = None
        while negative is None or negative.label == anchor.label:
            negative = random.choice(examples)

        triplets.append(InputExample(texts=[anchor.texts[0], positive.texts[0], negative.texts[0]]))

    return triplets


model_name = "t5-base"
num_epochs = 10

now = datetime.now().strftime("%Y-%m-%d_%H-%M-%S")
wandb.init(project="sentence_transformers", name=f"{model_name}-{now}")

output_path = "output/" + model_name + "-" + now

model = SentenceTransformer(model_name)


def loader_of(df, split, text_column, label_column, batch_size=8):
    records = df.to_dict("records")
    examples = [InputExample(texts=[record[text_column]], label=record[label_column]) for record in records]
    dataset = SentencesDataset(examples=examples, model=model)
    dataloader = DataLoader(dataset, shuffle=True, batch_size=batch_size)

    return dataloader


ds = load_dataset("sst2")

train_df = pd.DataFrame(ds["train"])
val_df = pd.DataFrame(ds["validation"])
test_df = pd.DataFrame(ds["test"])

train_dataloader = loader_of(train_df, "train", text_column="sentence", label_column="label")

train_loss = BatchHardTripletLoss(model=model)
val_evaluator = TripletEvaluator.from_input_examples(
    triplets_of(val_df[["sentence", "label"]].to_dict("records")),
    name="eval"
)
val_evaluator(model)


def log_with_wandb(score, epoch, steps):
    wandb.log(data={"score": score}, step=steps)


warmup_steps = int(len(train_dataloader) * num_epochs * 0.1)

model.fit(
    [(train_dataloader, train_loss)],
    show_progress_bar=True,
    epochs=num_epochs,
    evaluator=val_evaluator,
    evaluation_steps=50,
    warmup_steps=warmup_steps,
    output_path=output_path,
    callback=log_with_wandb
)

test_evaluator = TripletEvaluator.from_input_examples(
    triplets_of(test_df[["sentence", "label"]].to_dict("records")),
    name="test"
)
model.evaluate(test_evaluator)
