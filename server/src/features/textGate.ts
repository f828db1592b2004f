/** The gate before parsing: a text that imports none of the libraries can have no findings. */

/** Import names of the libraries that rules speak of, and of those that bring them in. */
const IMPORT_NAMES = ["transformers", "trl", "peft", "accelerate", "datasets", "langchain", "wandb", "bitsandbytes", "deepspeed"] as const;

/**
 * A line (with what a backslash continues) that imports one of them, or a suppression comment that could be of no use. Comments and strings pass too: it
 * only has to be certain that what doesn't pass imports none. `transformers` covers sentence_transformers and simpletransformers.
 */
const IMPORT = new RegExp(`\\b(?:import|from)\\b(?:[^\\r\\n\\\\]|\\\\(?:\\r\\n|[^]))*?(?:${IMPORT_NAMES.join("|")})`);

/** Whether a text may import one of the libraries. */
export function mayImportLibrary(text: string): boolean {
  // Plain searches are far quicker than the expression, and most of other people's files end here.
  if (!IMPORT_NAMES.some((name) => text.includes(name))) return false;
  return IMPORT.test(text) || text.includes("hf-preflight:");
}
