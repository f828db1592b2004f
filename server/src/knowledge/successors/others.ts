/** Arguments that left the smaller libraries. */
import type { Successor } from "./successor.js";

const SENTENCE_TRANSFORMERS = "https://sbert.net/docs/migration_guide.html";

export const otherSuccessors: readonly Successor[] = [
  ...["dispatch_batches", "even_batches", "use_seedable_sampler"].map(
    (name): Successor => ({
      callables: ["accelerate.Accelerator"],
      name,
      library: "accelerate",
      remedy: { kind: "rewrite", any: `dataloader_config=DataLoaderConfiguration(${name}={value})`, isUnsafe: true, needs: { module: "accelerate", name: "DataLoaderConfiguration" } },
      advice: `Use dataloader_config=DataLoaderConfiguration(${name}=...).`,
      source: "https://github.com/huggingface/accelerate/blob/v1.0.0/src/accelerate/accelerator.py",
    }),
  ),
  ...Object.entries({ model_name: "model_name_or_path", automodel_args: "model_kwargs", config_args: "config_kwargs", cache_dir: "cache_folder", default_activation_function: "activation_fn" }).map(
    ([name, to]) => translated(["sentence_transformers.CrossEncoder"], name, to),
  ),
  // 4.0 called it tokenizer_kwargs, 5.4 processor_kwargs.
  { ...translated(["sentence_transformers.CrossEncoder"], "tokenizer_args", "tokenizer_kwargs"), advice: "Use tokenizer_kwargs, or processor_kwargs from 5.4 on." },
  { ...translated(["sentence_transformers.CrossEncoder"], "classifier_dropout", "config_kwargs"), remedy: { kind: "rewrite", any: 'config_kwargs={"classifier_dropout": {value}}' }, advice: "Use config_kwargs." },
  translated(["sentence_transformers.CrossEncoder.predict"], "sentences", "inputs"),
  ...["predict", "rank"].flatMap((method): Successor[] => [
    translated([`sentence_transformers.CrossEncoder.${method}`], "activation_fct", "activation_fn"),
    { ...translated([`sentence_transformers.CrossEncoder.${method}`], "num_workers", ""), remedy: { kind: "drop" } },
  ]),
  translated(["sentence_transformers.SentenceTransformer.save_to_hub"], "repo_name", "repo_id"),
  ...["SentenceTransformer", "SparseEncoder", "CrossEncoder"].map((model) => translated([`sentence_transformers.${model}`], "tokenizer_kwargs", "processor_kwargs")),
  translated(["sentence_transformers.SentenceTransformerTrainer"], "tokenizer", "processing_class"),
];

/** sentence-transformers keeps the old names alive by decorators (`cross_encoder_init_args_decorator`, `deprecated_kwargs`). */
function translated(callables: readonly string[], name: string, to: string): Successor {
  return { callables, name, library: "sentence-transformers", isTranslated: true, remedy: { kind: "rename", to }, source: SENTENCE_TRANSFORMERS };
}
