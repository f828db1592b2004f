/** What is known of well-known datasets on the Hugging Face Hub. `datasets.json` has one row per dataset and kind of configuration, each with its source. */
import rows from "./datasets.json" with { type: "json" };
import { Remembered } from "./remembered.js";

export interface HubDataset {
  /** In the order in which the dataset has them. */
  readonly columns: readonly string[];
  readonly splits: readonly string[];
  /** Splits whose labels are all -1. */
  readonly unlabelled?: readonly string[];
  readonly source: string;
}

interface Row extends HubDataset {
  /** Regular expression for the whole repository name. */
  readonly match: string;
  /** The same for the configuration, where the columns depend on it. */
  readonly config?: string;
}

/** The rows of a dataset, whatever its configuration: a script says the same few names again and again. */
const rowsOf = new Remembered((path) => (rows as readonly Row[]).filter((row) => new RegExp(`^(?:${row.match})$`, "i").test(path)));

/** @param config the second argument of `load_dataset`. Undefined where the dataset isn't a known one, or its columns depend on a configuration that isn't given. */
export function hubDataset(path: string, config: string | undefined): HubDataset | undefined {
  return rowsOf.get(path).find((row) => row.config === undefined || (config !== undefined && new RegExp(`^(?:${row.config})$`).test(config)));
}
