"""A right one: a batch of prompts, padded on the left, sampled with a GenerationConfig."""

import os

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

MODEL = "openai-community/gpt2"
SEQUENCES = 3

device = "cuda" if torch.cuda.is_available() else "cpu"
model = AutoModelForCausalLM.from_pretrained(MODEL).to(device)
tokenizer = AutoTokenizer.from_pretrained(MODEL, padding_side="left")
tokenizer.pad_token = tokenizer.eos_token

prompts = [
    "Great changes have taken place in the past 30 years",
    "The most surprising result of the experiment was",
]
inputs = tokenizer(prompts, padding=True, return_tensors="pt").to(model.device)

config = GenerationConfig(
    max_new_tokens=40,
    do_sample=True,
    temperature=0.8,
    top_p=0.95,
    num_return_sequences=SEQUENCES,
    bad_words_ids=tokenizer([" war", " crisis"], add_special_tokens=False).input_ids,
    pad_token_id=tokenizer.pad_token_id,
    eos_token_id=tokenizer.eos_token_id,
)
outputs = model.generate(**inputs, generation_config=config)

new_tokens = outputs[:, inputs["input_ids"].shape[1] :]
texts = tokenizer.batch_decode(new_tokens, skip_special_tokens=True)
for position, prompt in enumerate(prompts):
    print(prompt)
    for text in texts[position * SEQUENCES : (position + 1) * SEQUENCES]:
        print(" ->", text.strip())
