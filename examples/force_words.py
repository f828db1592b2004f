"""Words that a generation must contain, asked for without beam search.

Look at the second `generate`: forcing words is a search over beams, and `num_beams` is 1 unless something says otherwise. It
raises ValueError. From transformers 4.57 on it raises whatever the beams, because the search moved to a repository on the Hub.
"""

from transformers import AutoModelForCausalLM, AutoTokenizer

MODEL = "openai-community/gpt2"

model = AutoModelForCausalLM.from_pretrained(MODEL)
tokenizer = AutoTokenizer.from_pretrained(MODEL)
tokenizer.pad_token = tokenizer.eos_token


def token_ids_of(words: list[str]) -> list[list[int]]:
    """A word inside a sentence begins with a space, and has other tokens than at its start."""
    with_space = AutoTokenizer.from_pretrained(MODEL, add_prefix_space=True)
    return [with_space([word], add_special_tokens=False).input_ids[0] for word in words]


inputs = tokenizer("Great changes have taken place in the past 30 years", return_tensors="pt").to(model.device)

plain = model.generate(
    **inputs,
    max_new_tokens=20,
    bad_words_ids=token_ids_of(["war", "crisis"]),
    pad_token_id=tokenizer.pad_token_id,
)
print(tokenizer.batch_decode(plain, skip_special_tokens=True)[0])

forced = model.generate(
    **inputs,
    max_new_tokens=20,
    force_words_ids=token_ids_of(["science", "cities"]),
    pad_token_id=tokenizer.pad_token_id,
)
print(tokenizer.batch_decode(forced, skip_special_tokens=True)[0])
