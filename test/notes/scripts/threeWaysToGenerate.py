import os

os.environ["CUDA_VISIBLE_DEVICES"] = str(0)
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import torch
from transformers import pipeline, AutoTokenizer, AutoModelForCausalLM
from langchain.llms.huggingface_pipeline import HuggingFacePipeline

model = AutoModelForCausalLM.from_pretrained("gpt2")
tokenizer = AutoTokenizer.from_pretrained("gpt2")

prompt = "A lot has happened since the bridge was built"

# by hand: the model and what it gets have to be moved
config = {
    "do_sample": True,
    "top_p": 1,
    "num_return_sequences": 5,
    "temperature": 1,
    "max_new_tokens": 16,
}

device = torch.device("cuda:0")
model = model.to(device)
tokenizer.pad_token = tokenizer.eos_token

first = model.generate(
    **tokenizer(prompt, return_tensors="pt").to(device),
    **config,
).squeeze()

texts = tokenizer.batch_decode(first)

# with a pipeline
config = {
    "do_sample": True,
    "top_p": 1,
    "num_return_sequences": 5,
    "temperature": 1,
    "max_new_tokens": 16,
    "device": "cuda:0",
}

pipeline = pipeline("text-generation", model=model, tokenizer=tokenizer, **config)

second = pipeline(prompt)
texts = [answer["generated_text"] for answer in second]

# with langchain: one at a time
llm = HuggingFacePipeline(pipeline=pipeline)
texts = list()
for _ in range(5):
    texts.append(llm(prompt))
