/** Splits of well-known datasets whose labels are withheld: every label is -1. */

export interface UnlabelledSplit {
  readonly dataset: string;
  /** The split that has labels and serves the same end. */
  readonly labelled: string;
  readonly source: string;
}

const GLUE = "dataset card of nyu-mll/glue: the test labels are withheld (-1) but for MRPC; datasets issues #245, #5624";

/** What is known of a split of a dataset, by the arguments of `load_dataset`. Undefined for one whose labels are there, or not known. */
export function unlabelledSplit(path: string, config: string | undefined, split: string): UnlabelledSplit | undefined {
  if (/^(?:glue|nyu-mll\/glue)$/.test(path)) {
    if (config === undefined || config === "mrpc" || config === "ax" || !/^test(?:_matched|_mismatched)?$/.test(split)) return undefined;
    const labelled = config === "mnli" ? `validation_${split.endsWith("_mismatched") ? "mismatched" : "matched"}` : "validation";
    return { dataset: `GLUE's ${config}`, labelled, source: GLUE };
  }
  if (/^(?:sst2|stanfordnlp\/sst2)$/.test(path) && split === "test") return { dataset: "SST-2", labelled: "validation", source: "dataset card of stanfordnlp/sst2" };
  return undefined;
}
