"""The four mistakes of the other examples, written so that no single line shows them.

Look for them through a dict that is unpacked, a constant defined above, an alias of an import, and an attribute written
after the object was built but before the library reads it.
"""

import math

import pandas as pd
import transformers
from datasets import load_dataset
from simpletransformers.classification import ClassificationArgs as Settings
from simpletransformers.classification import ClassificationModel
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers import TrainingArguments as Arguments
from trl import SFTConfig, SFTTrainer

GPUS = 4
SAVES = 10
BEST = True

# Saved by epoch, evaluated by steps, and the best model wanted: the pieces lie in a dict, a constant and the call.
schedule = {"eval_strategy": "steps", "eval_steps": 100, "save_strategy": "epoch"}
arguments = Arguments("outputs/classifier", load_best_model_at_end=BEST, report_to="none", **schedule)

# A fraction that nobody wrote as one, set after the configuration was built. The trainer reads it when training starts.
config = SFTConfig(output_dir="outputs/sft", dataset_text_field="text", report_to="none")
config.save_steps = 1 / SAVES
trainer = SFTTrainer("facebook/opt-350m", args=config, train_dataset=load_dataset("stanfordnlp/imdb", split="train"))
trainer.train()

# Forced words inside a configuration that is read by another name of the module, and no beams anywhere.
model = AutoModelForCausalLM.from_pretrained("openai-community/gpt2")
tokenizer = AutoTokenizer.from_pretrained("openai-community/gpt2", add_prefix_space=True)
words = tokenizer(["science", "cities"], add_special_tokens=False).input_ids
search = transformers.GenerationConfig(max_new_tokens=20, pad_token_id=tokenizer.eos_token_id)
search.force_words_ids = words
inputs = tokenizer("Great changes have taken place", return_tensors="pt")
print(tokenizer.batch_decode(model.generate(**inputs, generation_config=search)))


def steps_of(rows: int, settings: Settings) -> float:
    return math.ceil(rows / settings.train_batch_size) * settings.num_train_epochs / GPUS


# The division sits in a function, by a constant that is also given to `n_gpu`.
frame = pd.DataFrame({"text": ["good", "bad"] * 500, "labels": [1, 0] * 500})
settings = Settings(n_gpu=GPUS, train_batch_size=32, num_train_epochs=2, overwrite_output_dir=True)
settings.logging_steps = max(1, round(steps_of(len(frame), settings) / 100))
ClassificationModel("roberta", "FacebookAI/roberta-base", num_labels=2, args=settings).train_model(frame)
