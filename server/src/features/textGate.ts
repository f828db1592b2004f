/** The gate before parsing: a text that names none of the libraries can have no findings. */

/** Import names of the libraries that rules speak of, and of those that bring them in. */
const IMPORT_NAMES = ["transformers", "trl", "peft", "accelerate", "datasets", "langchain", "wandb", "bitsandbytes", "deepspeed"] as const;

/** `transformers` covers sentence_transformers and simpletransformers; it costs a few searches of the text. */
export function mentionsLibrary(text: string): boolean {
  return IMPORT_NAMES.some((name) => text.includes(name));
}
