/** Beginnings that the tables of generation rules share. */
export const MODEL = `from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig
model = AutoModelForCausalLM.from_pretrained("gpt2")
`;

/** A model of which nothing is known but its class. */
export const OTHER_MODEL = `from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained("me/mine")
`;

export const TOKENIZER = `from transformers import AutoModelForCausalLM, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("gpt2")
model = AutoModelForCausalLM.from_pretrained("gpt2")
`;

/** `model.generate(ids, ...)` on GPT-2. */
export const generate = (args: string): string => `${MODEL}model.generate(ids, ${args})\n`;

export const OLD = { transformers: "4.46" };
export const NEW = { transformers: "5.18" };
export const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
