/** Names of the linear and embedding modules of well-known model families, as `named_modules` gives them (built from configs with transformers 4.57.6). */

export interface ModelFamily {
  readonly name: string;
  readonly modules: ReadonlySet<string>;
  /** What LoRA usually targets there. */
  readonly targets: readonly string[];
}

const LLAMA = "q_proj k_proj v_proj o_proj gate_proj up_proj down_proj embed_tokens lm_head";
const NEOX = "query_key_value dense dense_h_to_4h dense_4h_to_h";

function family(name: string, modules: string, targets: string): ModelFamily {
  return { name, modules: new Set(modules.split(" ")), targets: targets.split(" ") };
}

const gpt2 = family("GPT-2", "c_attn c_fc c_proj lm_head wpe wte", "c_attn");
const llama = family("Llama", LLAMA, "q_proj v_proj");
const mistral = family("Mistral", LLAMA, "q_proj v_proj");
const qwen = family("Qwen2", LLAMA, "q_proj v_proj");
const gemma = family("Gemma", LLAMA, "q_proj v_proj");
const opt = family("OPT", "q_proj k_proj v_proj out_proj fc1 fc2 embed_tokens embed_positions lm_head", "q_proj v_proj");
const bloom = family("BLOOM", `${NEOX} word_embeddings lm_head`, "query_key_value");
const falcon = family("Falcon", `${NEOX} word_embeddings lm_head`, "query_key_value");
const neox = family("GPT-NeoX", `${NEOX} embed_in embed_out`, "query_key_value");
const gptj = family("GPT-J", "q_proj k_proj v_proj out_proj fc_in fc_out wte lm_head", "q_proj v_proj");
const phi3 = family("Phi-3", "qkv_proj o_proj gate_up_proj down_proj embed_tokens lm_head", "qkv_proj");
const t5 = family("T5", "q k v o wi wi_0 wi_1 wo shared lm_head relative_attention_bias", "q v");
const bert = family("BERT", "query key value dense classifier word_embeddings position_embeddings token_type_embeddings decoder", "query value");
const roberta = family("RoBERTa", "query key value dense out_proj decoder word_embeddings position_embeddings token_type_embeddings", "query value");
const distilbert = family("DistilBERT", "q_lin k_lin v_lin out_lin lin1 lin2 pre_classifier classifier word_embeddings position_embeddings", "q_lin v_lin");
const bart = family("BART", "q_proj k_proj v_proj out_proj fc1 fc2 embed_tokens embed_positions shared lm_head", "q_proj v_proj");

/** Repositories on the Hub by their names, and model classes. */
const CHECKPOINTS: readonly (readonly [pattern: RegExp, family: ModelFamily])[] = [
  [/^(openai-community\/)?(gpt2|gpt2-medium|gpt2-large|gpt2-xl|distilgpt2)$|^distilbert\/distilgpt2$/, gpt2],
  [/^meta-llama\/(Llama-2|Meta-Llama-3|Llama-3(\.[12])?)-?[\w.-]*$|^huggyllama\/llama-\w+$|^TinyLlama\/TinyLlama-[\w.-]+$/, llama],
  [/^mistralai\/Mistral-7B-[\w.-]+$/, mistral],
  [/^Qwen\/Qwen2(\.5)?-[\d.]+B[\w.-]*$/, qwen],
  [/^google\/gemma-(2-)?\d+b(-it)?$/, gemma],
  [/^facebook\/opt-[\w.]+$/, opt],
  [/^bigscience\/bloom(z)?(-[\w.]+)?$/, bloom],
  [/^tiiuae\/falcon-(7b|40b)(-instruct)?$/, falcon],
  [/^EleutherAI\/(pythia-[\w.-]+|gpt-neox-20b)$/i, neox],
  [/^EleutherAI\/gpt-j-6b$/i, gptj],
  [/^microsoft\/Phi-3-[\w.-]*(mini|medium)[\w.-]*$/i, phi3],
  [/^(google-t5\/)?t5-(small|base|large|3b|11b)$|^google\/flan-t5-(small|base|large|xl|xxl)$/, t5],
  [/^(google-bert\/)?bert-(base|large)-[\w-]+$/, bert],
  [/^(FacebookAI\/)?(xlm-)?roberta-(base|large)$/, roberta],
  [/^(distilbert\/)?distilbert-base-[\w-]+$/, distilbert],
  [/^facebook\/bart-(base|large)[\w-]*$/, bart],
];

const CLASSES: readonly (readonly [pattern: RegExp, family: ModelFamily])[] = [
  [/^transformers\.GPT2(LMHead|For)?\w*$/, gpt2],
  [/^transformers\.Llama(For\w+|Model)$/, llama],
  [/^transformers\.Mistral(For\w+|Model)$/, mistral],
  [/^transformers\.OPT(For\w+|Model)$/, opt],
  [/^transformers\.Bloom(For\w+|Model)$/, bloom],
  [/^transformers\.GPTNeoX(For\w+|Model)$/, neox],
  [/^transformers\.T5(For\w+|Model)$/, t5],
  [/^transformers\.Bert(For\w+|Model)$/, bert],
  [/^transformers\.DistilBert(For\w+|Model)$/, distilbert],
];

/** The family of a checkpoint, or undefined for one that isn't known. */
export function familyOfCheckpoint(repository: string): ModelFamily | undefined {
  return CHECKPOINTS.find(([pattern]) => pattern.test(repository))?.[1];
}

/** The family of a model class by its canonical name; Auto classes have none. */
export function familyOfClass(name: string): ModelFamily | undefined {
  return CLASSES.find(([pattern]) => pattern.test(name))?.[1];
}
