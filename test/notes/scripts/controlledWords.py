from transformers import AutoTokenizer, AutoModelForCausalLM


def ids_of_words(model_name, words):
    tokenizer_with_space = AutoTokenizer.from_pretrained(model_name, add_prefix_space=True)
    found = []
    for word in words:
        ids = tokenizer_with_space([word], add_special_tokens=False).input_ids[0]
        found.append(ids)
    return found


model = AutoModelForCausalLM.from_pretrained("gpt2")
tokenizer = AutoTokenizer.from_pretrained("gpt2")
tokenizer.pad_token_ids = tokenizer.eos_token_id

prompt = "A lot has happened since the bridge was built"

inputs = tokenizer(prompt, return_tensors="pt")
output_ids = model.generate(inputs["input_ids"], max_new_tokens=5)
print(tokenizer.batch_decode(output_ids, skip_special_tokens=True)[0])

words_ids = ids_of_words(model_name="gpt2", words=["Ada", "Grace"])

output_ids = model.generate(inputs["input_ids"], max_new_tokens=5, bad_words_ids=words_ids)
print(tokenizer.batch_decode(output_ids, skip_special_tokens=True)[0])

output_ids = model.generate(inputs["input_ids"], max_new_tokens=5, force_words_ids=words_ids, num_beams=10)
print(tokenizer.batch_decode(output_ids, skip_special_tokens=True)[0])
