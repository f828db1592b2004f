/**
 * What is known of well-known checkpoints on the Hugging Face Hub. Each row says where it was seen.
 * `beams` is `num_beams` of the checkpoint's own generation config (1 where it sets none), `samples` its `do_sample`.
 */
export interface CheckpointFacts {
  readonly beams: number;
  readonly samples: boolean;
  readonly source: string;
}

const NO_BEAMS = "generation_config.json of the repository on the Hub sets no num_beams";
const OWN_BEAMS = "config.json / generation_config.json of the repository on the Hub";

const ROWS: readonly (readonly [pattern: RegExp, facts: CheckpointFacts])[] = [
  [/^(openai-community\/)?(gpt2|gpt2-medium|gpt2-large|gpt2-xl|distilgpt2)$|^distilbert\/distilgpt2$/, { beams: 1, samples: false, source: NO_BEAMS }],
  [/^(google-t5\/)?t5-(small|base|large|3b|11b)$|^google\/flan-t5-(small|base|large|xl|xxl)$/, { beams: 1, samples: false, source: NO_BEAMS }],
  [/^facebook\/opt-(125m|350m|1\.3b|2\.7b|6\.7b|13b|30b)$/, { beams: 1, samples: false, source: NO_BEAMS }],
  [/^EleutherAI\/(pythia-[\w.]+|gpt-neo-[\w.]+|gpt-j-6b)$/i, { beams: 1, samples: false, source: NO_BEAMS }],
  [/^facebook\/bart-large-(cnn|xsum)$/, { beams: 4, samples: false, source: OWN_BEAMS }],
  [/^Helsinki-NLP\/opus-mt-[\w-]+$/, { beams: 4, samples: false, source: OWN_BEAMS }],
  [/^google\/pegasus-[\w]+$/, { beams: 8, samples: false, source: OWN_BEAMS }],
];

/** The facts of a checkpoint by its repository name, or undefined when it isn't a known one. */
export function checkpointFacts(repository: string): CheckpointFacts | undefined {
  return ROWS.find(([pattern]) => pattern.test(repository))?.[1];
}
