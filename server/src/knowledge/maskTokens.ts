/**
 * Checkpoints whose tokenizer has no mask token: families of decoder-only models whose tokenizer class has no default for it
 * (transformers/models/{gpt2,gpt_neox,llama,qwen2,bloom}) and whose repositories on the Hub add none.
 */
const FAMILIES: readonly RegExp[] = [
  /^(?:openai-community\/)?gpt2(?:-medium|-large|-xl)?$/,
  /^(?:distilbert\/)?distilgpt2$/,
  /^EleutherAI\/(?:pythia-[\w.-]+|gpt-neo-[\w.]+|gpt-j-6b|gpt-neox-20b)$/i,
  /^facebook\/opt-[\w.]+$/,
  /^bigscience\/bloomz?(?:-[\w.]+)?$/,
  /^meta-llama\/(?:Llama|Meta-Llama)-[\w.-]+$/,
  /^TinyLlama\/TinyLlama[\w.-]+$/,
  /^mistralai\/Mistral-7B-[\w.-]+$/,
  /^Qwen\/Qwen(?:1\.5|2|2\.5|3)-[\w.-]+$/,
];

/** Whether a checkpoint's tokenizer certainly has no mask token. */
export function hasNoMaskToken(repository: string): boolean {
  return FAMILIES.some((family) => family.test(repository));
}
