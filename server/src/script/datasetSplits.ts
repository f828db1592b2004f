/** Which split of which dataset of the Hub a value holds, and whether it is a dict of splits. */
import { nameOf, type Call } from "./calls.js";
import { stringOf, type ItemValue, type Value } from "./values.js";
import type { Node } from "../syntax/flatTree.js";

/** Methods that give the same rows, or some of them, in another form. */
const SAME_ROWS: ReadonlySet<string> = new Set(
  (
    "map filter shuffle select sort shard take skip with_format with_transform rename_column rename_columns remove_columns select_columns cast cast_column class_encode_column " +
    "flatten flatten_indices add_column to_iterable_dataset to_pandas to_dict to_list to_polars copy dropna reset_index rename drop sample head astype"
  ).split(" "),
);

const DEEPEST = 24;

/** One split of a dataset that is loaded by its name. */
export interface Split {
  readonly load: Call;
  /** `test`, or `test[:100]` without its slice. */
  readonly name: string;
  /** The string that chooses the split, where it is written. */
  readonly node: Node;
}

export function isLoad(call: Call): boolean {
  return call.name === "datasets.load_dataset";
}

/** The split whose rows a value holds, through the methods that keep the rows; undefined where it isn't certain. */
export function splitOf(value: Value, depth = 0): Split | undefined {
  if (depth > DEEPEST) return undefined;
  if (value.kind === "item") return splitOfItem(value, depth);
  if (value.kind === "oneOf") {
    const splits = value.alternatives.map((alternative) => splitOf(alternative.value, depth + 1));
    return splits.every((split) => split !== undefined && split.name === splits[0]?.name) ? splits[0] : undefined;
  }
  const call = value.kind === "call" ? value.call : value.kind === "instance" ? value.object.call : undefined;
  if (!call) return undefined;
  if (isLoad(call)) {
    const split = call.argument("split");
    const name = split && stringOf(split.value);
    return split && name !== undefined ? { load: call, name: name.replace(/\[.*\]$/, ""), node: split.node } : undefined;
  }
  // pandas.DataFrame(split), Dataset.from_pandas(frame)
  const name = call.name ?? "";
  if (/^(?:pandas\.DataFrame|datasets\.Dataset\.from_pandas)$/.test(name) && call.positional[0]) return splitOf(call.positional[0].value, depth + 1);
  return SAME_ROWS.has(call.method) && call.receiver ? splitOf(call.receiver, depth + 1) : undefined;
}

/** `load_dataset("glue", "sst2")["test"]`, and a column of a split. */
function splitOfItem(value: ItemValue, depth: number): Split | undefined {
  const { object, key } = value;
  const load = loadBehind(object, 0);
  const name = stringOf(key);
  if (load) return name !== undefined && key.kind === "literal" ? { load, name, node: key.origin } : undefined;
  return splitOf(object, depth + 1);
}

/** The `load_dataset` of a dict of splits, through the methods that work on all of them. */
function loadBehind(value: Value, depth: number): Call | undefined {
  if (value.kind !== "call" || depth > DEEPEST) return undefined;
  const { call } = value;
  if (isLoad(call)) return call.value("split").kind === "absent" ? call : undefined;
  return SAME_ROWS.has(call.method) && call.receiver ? loadBehind(call.receiver, depth + 1) : undefined;
}

/** The call that made a dict of splits out of something: `load_dataset` without a split, or `train_test_split`. */
export function splitsMadeBy(value: Value): Call | undefined {
  const load = loadBehind(value, 0);
  if (load) return load;
  if (value.kind !== "call") return undefined;
  const { call } = value;
  if (call.method === "train_test_split") return call.receiver && isDataset(call.receiver, 0) ? call : undefined;
  return SAME_ROWS.has(call.method) && call.receiver ? splitsMadeBy(call.receiver) : undefined;
}

function isDataset(value: Value, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (splitOf(value)) return true;
  const name = nameOf(value) ?? "";
  if (/^datasets\.Dataset\.from_\w+\(\)$/.test(name)) return true;
  return value.kind === "call" && SAME_ROWS.has(value.call.method) && value.call.receiver !== undefined && isDataset(value.call.receiver, depth + 1);
}
