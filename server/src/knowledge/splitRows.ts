/** How many rows the splits of well-known datasets have, from their cards on the Hub. */

/** Dataset, or dataset and configuration, by regular expression; then rows by split. */
const ROWS: readonly (readonly [name: RegExp, rows: Readonly<Record<string, number>>])[] = [
  [/^(?:stanfordnlp\/)?imdb$/, { train: 25000, test: 25000, unsupervised: 50000 }],
  [/^(?:(?:stanfordnlp\/)?sst2|(?:nyu-mll\/)?glue:sst2)$/, { train: 67349, validation: 872, test: 1821 }],
  [/^(?:nyu-mll\/)?glue:cola$/, { train: 8551, validation: 1043, test: 1063 }],
  [/^(?:nyu-mll\/)?glue:mrpc$/, { train: 3668, validation: 408, test: 1725 }],
  [/^(?:nyu-mll\/)?glue:rte$/, { train: 2490, validation: 277, test: 3000 }],
  [/^(?:nyu-mll\/)?glue:stsb$/, { train: 5749, validation: 1500, test: 1379 }],
  [/^(?:fancyzhx\/)?ag_news$/, { train: 120000, test: 7600 }],
  [/^(?:cornell-movie-review-data\/)?rotten_tomatoes$/, { train: 8530, validation: 1066, test: 1066 }],
  [/^(?:dair-ai\/)?emotion$/, { train: 16000, validation: 2000, test: 2000 }],
  [/^(?:Yelp\/)?yelp_review_full$/, { train: 650000, test: 50000 }],
];

/** The rows of a split; undefined where the dataset isn't a known one. */
export function splitRows(path: string, config: string | undefined, split: string): number | undefined {
  const name = config === undefined ? path : `${path}:${config}`;
  return ROWS.find(([pattern]) => pattern.test(name))?.[1][split];
}
