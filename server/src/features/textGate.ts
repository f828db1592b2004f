/** The gate before parsing: a text that imports none of the libraries can have no findings. */

/** Import names of the libraries that rules speak of. A script that has torch alone isn't asked about, though two rules would have a word for it. */
const IMPORT_NAMES = ["transformers", "sentence_transformers", "simpletransformers", "trl", "peft", "accelerate", "datasets", "wandb", "langchain\\w*"] as const;

const NAME = `(?:${IMPORT_NAMES.join("|")})\\b`;
/** A backslash continues the line. */
const CONTINUED = String.raw`\\(?:\r\n|[^])`;
/** `from` and the name that follows, or `import` and a name among others. What can't be in such a list ends the search: most of all the end of the line. */
const IMPORT = new RegExp(`\\bfrom(?:[ \\t\\f]|${CONTINUED})+${NAME}|\\bimport\\b(?:[^\\r\\n\\\\;#()'"\`]|${CONTINUED})*?(?<![\\w.])${NAME}`);

/** What is searched for first: plain searches are far quicker than the expression, and most of other people's files end here. */
const PARTS = ["transformers", "trl", "peft", "accelerate", "datasets", "wandb", "langchain"] as const;

/**
 * Whether a text may import one of the libraries, or has a suppression comment that could be of no use. Strings and comments pass too: it only has to be
 * certain that what doesn't pass imports none.
 */
export function mayImportLibrary(text: string): boolean {
  if (!PARTS.some((part) => text.includes(part))) return false;
  return IMPORT.test(text) || text.includes("hf-preflight:");
}
