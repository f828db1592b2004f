/** How many rows a dataset or frame has, where the script says how it comes about: from a well-known dataset, a sample, a split of it. */
import { splitRows } from "../knowledge/splitRows.js";
import { numberOf, stringOf, truthOf, type ItemValue, type Value } from "./values.js";
import type { Call } from "./calls.js";
import { isLoad } from "./datasetSplits.js";
import type { Script } from "./script.js";

/** Methods that leave the number of rows as it is. */
const SAME_COUNT: ReadonlySet<string> = new Set(
  (
    "map shuffle sort with_format with_transform rename_column rename_columns remove_columns select_columns cast cast_column class_encode_column flatten_indices add_column " +
    "to_pandas copy reset_index rename astype sort_values assign"
  ).split(" "),
);

const DEEPEST = 24;

/** The number of rows, or undefined. Anything that may drop rows unseen is unknown. */
export function rowsOf(script: Script, value: Value, depth = 0): number | undefined {
  if (depth > DEEPEST) return undefined;
  switch (value.kind) {
    case "sequence":
      return value.open ? undefined : value.items.length;
    case "item":
      return rowsOfItem(script, value, depth + 1);
    case "instance": {
      const { className, call } = value.object;
      const changed = script.eventsOf(value.object).some((event) => event.kind === "escaped" || (event.kind === "called" && event.call !== undefined && event.call.value("inplace").kind !== "absent"));
      return className === "pandas.DataFrame" && call && !changed ? rowsOfFrame(script, call.value("data", 0), depth + 1) : undefined;
    }
    case "call":
      return rowsOfCall(script, value.call, depth + 1);
    default:
      return undefined;
  }
}

/** Of what a DataFrame is made of: a dict of columns, a list of rows, a dataset. */
function rowsOfFrame(script: Script, data: Value, depth: number): number | undefined {
  if (data.kind !== "record") return rowsOf(script, data, depth);
  const columns = [...data.entries.values()].map(({ value }) => rowsOf(script, value, depth));
  const [first] = columns;
  return !data.open && columns.every((rows) => rows === first) ? first : undefined;
}

/** `load_dataset("imdb")["train"]`, and the parts of scikit-learn's `train_test_split`. */
function rowsOfItem(script: Script, { object, key }: ItemValue, depth: number): number | undefined {
  if (object.kind !== "call") return undefined;
  const { call } = object;
  const name = stringOf(key);
  if (isLoad(call) && call.value("split").kind === "absent" && name !== undefined) return loadedRows(call, name);
  if (name !== undefined && SAME_COUNT.has(call.method) && call.receiver) return rowsOfItem(script, { kind: "item", object: call.receiver, key, origin: object.origin }, depth + 1);
  if (call.name !== "sklearn.model_selection.train_test_split" || call.positional.length !== 1) return undefined;
  const rows = rowsOf(script, call.positional[0]?.value ?? object, depth);
  const size = call.value("test_size");
  const share = size.kind === "absent" ? 0.25 : numberOf(size);
  if (rows === undefined || share === undefined || call.value("train_size").kind !== "absent") return undefined;
  const test = share < 1 ? Math.ceil(share * rows) : share;
  const part = numberOf(key);
  return part === 0 ? rows - test : part === 1 ? test : undefined;
}

function rowsOfCall(script: Script, call: Call, depth: number): number | undefined {
  if (isLoad(call)) {
    const [, split = "", first] = /^(\w+)(?:\[:(\d+)\])?$/.exec(stringOf(call.value("split")) ?? "") ?? [];
    const all = split === "" ? undefined : loadedRows(call, split);
    return all === undefined || first === undefined ? all : Math.min(all, Number(first));
  }
  if (call.name === "datasets.Dataset.from_pandas" && call.positional[0]) return rowsOf(script, call.positional[0].value, depth);
  const { receiver } = call;
  const before = receiver && rowsOf(script, receiver, depth);
  if (before === undefined) return undefined;
  switch (call.method) {
    case "sample": {
      const [share, count] = [call.value("frac"), call.value("n", 0)];
      if (share.kind === "absent") return count.kind === "absent" ? 1 : numberOf(count);
      const part = numberOf(share);
      return part === undefined ? undefined : roundHalfEven(part * before);
    }
    case "head": {
      const count = call.value("n", 0);
      return Math.min(before, count.kind === "absent" ? 5 : (numberOf(count) ?? Number.NaN)) || undefined;
    }
    case "select":
    case "take": {
      const indices = call.value(call.method === "take" ? "n" : "indices", 0);
      const range = indices.kind === "call" && indices.call.name === "builtins.range" && indices.call.positional.length === 1 ? indices.call.positional[0]?.value : undefined;
      const count = numberOf(range ?? indices);
      return count === undefined ? undefined : Math.min(before, count);
    }
    default:
      return SAME_COUNT.has(call.method) && truthOf(call.value("batched")) !== true ? before : undefined;
  }
}

function loadedRows(call: Call, split: string): number | undefined {
  const path = stringOf(call.value("path", 0));
  return path === undefined ? undefined : splitRows(path, stringOf(call.value("name", 1)), split);
}

/** As Python's `round` and numpy's: a half goes to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}
