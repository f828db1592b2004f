/** Which columns a dataset has after the calls that made it, and whether it has a length. */
import { hubDataset } from "../knowledge/hubDatasets.js";
import { NO_NODE } from "../syntax/flatTree.js";
import type { Call } from "./calls.js";
import { isLoad } from "./datasetSplits.js";
import type { Script } from "./script.js";
import { stringOf, truthOf, type RecordEntry, type Value } from "./values.js";

/** Column names; of an open set only those listed are certain, and others may be there too. */
export interface Columns {
  readonly names: ReadonlySet<string>;
  readonly open: boolean;
  /** The well-known dataset of the Hub that they come from, and where they may change. */
  readonly hub?: string;
}

const NOTHING_KNOWN: Columns = { names: new Set(), open: true };

/** Methods that keep the columns as they are. */
const KEEP: ReadonlySet<string> = new Set(
  "shuffle select filter sort shard train_test_split take skip with_format with_transform repeat batch flatten_indices to_iterable_dataset cast_column class_encode_column".split(" "),
);

/** Methods of a streamed dataset that give a streamed dataset. */
const STAYS_ITERABLE: ReadonlySet<string> = new Set(
  "map filter shuffle take skip batch with_format with_transform select_columns remove_columns rename_column rename_columns add_column cast cast_column shard repeat".split(" "),
);

const DEEPEST = 24;

/** The columns of a dataset value. A DatasetDict has those of its splits, which the libraries keep alike. */
export function columnsOf(script: Script, value: Value, depth = 0): Columns {
  if (depth > DEEPEST) return NOTHING_KNOWN;
  switch (value.kind) {
    case "item":
      // dataset["train"]
      return columnsOf(script, value.object, depth + 1);
    case "oneOf": {
      const each = value.alternatives.map((alternative) => columnsOf(script, alternative.value, depth + 1));
      const [first = NOTHING_KNOWN] = each;
      const names = new Set([...first.names].filter((name) => each.every((columns) => columns.names.has(name))));
      const hub = each.find((columns) => columns.hub !== undefined);
      return { ...(hub ?? first), names, open: each.some((columns) => columns.open || columns.names.size !== names.size) };
    }
    case "call":
      return afterCall(script, value.call, depth);
    default:
      return NOTHING_KNOWN;
  }
}

function afterCall(script: Script, call: Call, depth: number): Columns {
  const name = call.name ?? "";
  if (/^datasets\.Dataset\.from_\w+$/.test(name)) return madeFrom(script, call);
  if (isLoad(call)) return loadedFrom(call);
  if (name === "datasets.concatenate_datasets") {
    const parts = call.positional[0]?.value;
    return parts?.kind === "sequence" && parts.items[0] ? columnsOf(script, parts.items[0], depth + 1) : NOTHING_KNOWN;
  }
  const { receiver } = call;
  if (!receiver || (receiver.kind !== "call" && receiver.kind !== "item" && receiver.kind !== "oneOf")) return NOTHING_KNOWN;
  const before = columnsOf(script, receiver, depth + 1);
  const names = new Set(before.names);
  const { method } = call;
  if (KEEP.has(method)) return before;
  switch (method) {
    case "map":
      return afterMap(script, call, before);
    case "rename_column": {
      const [from, to] = [stringOf(call.value("original_column_name", 0)), stringOf(call.value("new_column_name", 1))];
      if (from === undefined || to === undefined) return NOTHING_KNOWN;
      names.delete(from);
      names.add(to);
      return { ...before, names };
    }
    case "rename_columns": {
      const mapping = call.value("column_mapping", 0);
      if (mapping.kind !== "record" || mapping.open) return NOTHING_KNOWN;
      for (const [from, entry] of mapping.entries) {
        const to = stringOf(entry.value);
        if (to === undefined) return NOTHING_KNOWN;
        names.delete(from);
        names.add(to);
      }
      return { ...before, names };
    }
    case "remove_columns": {
      const removed = listed(call.value("column_names", 0), before);
      if (!removed) return NOTHING_KNOWN;
      for (const column of removed) names.delete(column);
      return { ...before, names };
    }
    case "select_columns": {
      const kept = listed(call.value("column_names", 0), before);
      return kept ? { ...before, names: new Set(kept), open: false } : NOTHING_KNOWN;
    }
    case "add_column": {
      const added = stringOf(call.value("name", 0));
      if (added === undefined) return NOTHING_KNOWN;
      return { ...before, names: names.add(added) };
    }
    default:
      return NOTHING_KNOWN;
  }
}

/** `Dataset.from_dict({...})` has the dict's keys, `from_list([{...}, ...])` those of its dicts where they are alike; of the other ways to make one nothing is known. */
function madeFrom(script: Script, call: Call): Columns {
  const mapping = script.objects.asSeenFrom(call.value("mapping", 0), call.node, call.frame);
  if (call.method === "from_dict" && mapping.kind === "record") return { names: new Set(mapping.entries.keys()), open: mapping.open };
  if (call.method !== "from_list" || mapping.kind !== "sequence" || mapping.open) return NOTHING_KNOWN;
  const rows = mapping.items.map((item) => (item.kind === "record" && !item.open ? new Set(item.entries.keys()) : undefined));
  const [first] = rows;
  const areAlike = first !== undefined && rows.every((row) => row?.size === first.size && [...first].every((name) => row.has(name)));
  return areAlike ? { names: first, open: false } : NOTHING_KNOWN;
}

/** `load_dataset("imdb")`: what is known of well-known datasets, unless the script says which of their files it wants. */
function loadedFrom(call: Call): Columns {
  const path = stringOf(call.value("path", 0));
  const config = call.value("name", 1);
  const isPlain = ["data_files", "data_dir", "features", "revision"].every((name) => call.value(name).kind === "absent") && call.positional.length <= 2;
  const found = path !== undefined && isPlain && (config.kind === "absent" || stringOf(config) !== undefined) ? hubDataset(path, stringOf(config)) : undefined;
  return found && path !== undefined ? { names: new Set(found.columns), open: false, hub: path } : NOTHING_KNOWN;
}

/** Where a column is written in the dict that a dataset was made of, as long as nothing since has changed its name or its values. */
export function writtenColumn(script: Script, value: Value, column: string, depth = 0): RecordEntry | undefined {
  if (depth > DEEPEST) return undefined;
  if (value.kind === "item") return writtenColumn(script, value.object, column, depth + 1);
  if (value.kind !== "call") return undefined;
  const { call } = value;
  if (call.name === "datasets.Dataset.from_dict") {
    const mapping = script.objects.asSeenFrom(call.value("mapping", 0), call.node, call.frame);
    return mapping.kind === "record" ? mapping.entries.get(column) : undefined;
  }
  const keeps = KEEP.has(call.method) && !/^(?:cast_column|class_encode_column|with_transform|batch)$/.test(call.method);
  return keeps && call.receiver ? writtenColumn(script, call.receiver, column, depth + 1) : undefined;
}

/** `map(f)` adds what f returns to what is there, less `remove_columns`. */
function afterMap(script: Script, call: Call, before: Columns): Columns {
  const names = new Set(before.names);
  let { open } = before;
  const removed = call.value("remove_columns");
  if (removed.kind !== "absent" && !(removed.kind === "literal" && removed.type === "none")) {
    const columns = listed(removed, before);
    if (columns === "all") {
      names.clear();
      open = false;
    } else if (!columns) return NOTHING_KNOWN;
    else for (const column of columns) names.delete(column);
  }
  const mapper = call.value("function", 0);
  if (mapper.kind !== "function" || truthOf(call.value("with_indices")) === true) return { names, open: true };
  const added = returnedKeys(script, script.returnValue(mapper.function));
  for (const name of added.names) names.add(name);
  return { ...before, names, open: open || added.open };
}

/** The column names that a value lists; "all" for `dataset.column_names`. */
function listed(value: Value, before: Columns): readonly string[] | "all" | undefined {
  if (value.kind === "literal") {
    const one = stringOf(value);
    return one === undefined ? undefined : [one];
  }
  if (value.kind === "sequence" && !value.open) {
    const names = value.items.map(stringOf);
    return names.every((name) => name !== undefined) ? names : undefined;
  }
  const isColumnNames = (value.kind === "attribute" && value.name === "column_names") || (value.kind === "item" && value.object.kind === "attribute" && value.object.name === "column_names");
  return isColumnNames ? (before.open ? "all" : [...before.names]) : undefined;
}

/**
 * Which keys a function returns, from its return value: the keys of every dict that it may return. Closed when each of them is a
 * closed dict; a function that may return anything else is open.
 */
export function returnedKeys(script: Script, value: Value): Columns {
  switch (value.kind) {
    case "record":
      return { names: new Set(value.entries.keys()), open: value.open };
    case "instance":
      // A tokenizer's result: these at least, and what its model wants besides.
      return value.object.className === "transformers.BatchEncoding" ? { names: new Set(["input_ids", "attention_mask"]), open: true } : NOTHING_KNOWN;
    case "parameter":
      // `def f(example): example["x"] = 1; return example`
      return { names: writtenKeys(script, value), open: true };
    case "oneOf": {
      const each = value.alternatives.map((alternative) => returnedKeys(script, alternative.value));
      const names = new Set(each.flatMap((columns) => [...columns.names]));
      return { names, open: each.some((columns) => columns.open) };
    }
    default:
      return NOTHING_KNOWN;
  }
}

/** Keys that a function writes into its own parameter before it returns it. */
function writtenKeys(script: Script, parameter: Extract<Value, { kind: "parameter" }>): Set<string> {
  const names = new Set<string>();
  const node = parameter.function.parameters.find((each) => each.name === parameter.name)?.node ?? NO_NODE;
  for (const event of script.objects.eventsOf(node)) if (event.kind === "written" && event.isItem && event.field !== undefined) names.add(event.field);
  return names;
}

/**
 * Whether a dataset is certainly one without a length: streamed by `load_dataset(..., streaming=True)`, made by `to_iterable_dataset()`, or an
 * `IterableDataset`, of the libraries or of the file, that has no `__len__`.
 */
export function hasNoLength(script: Script, value: Value, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  switch (value.kind) {
    case "item":
      return hasNoLength(script, value.object, depth + 1);
    case "oneOf":
      return value.alternatives.every((alternative) => hasNoLength(script, alternative.value, depth + 1));
    case "instance": {
      const { localClass } = value.object;
      if (!localClass || script.methodOf(localClass, "__len__")) return false;
      const bases = script.lineage(localClass).flatMap((each) => each.bases.map((base) => script.evaluate(base)));
      const known = bases.filter((base) => base.kind !== "class");
      return known.length === 1 && known[0]?.kind === "reference" && known[0].name === "torch.utils.data.IterableDataset";
    }
    case "call": {
      const { call } = value;
      if (call.name === "datasets.load_dataset") return truthOf(call.value("streaming")) === true;
      if (call.name?.startsWith("datasets.IterableDataset.from_")) return true;
      if (call.method === "to_iterable_dataset") return true;
      if (call.name === "datasets.interleave_datasets" || call.name === "datasets.concatenate_datasets") {
        const parts = call.value("datasets", 0);
        const dsets = parts.kind === "absent" ? call.value("dsets") : parts;
        return dsets.kind === "sequence" && !dsets.open && dsets.items.length > 0 && dsets.items.every((part) => hasNoLength(script, part, depth + 1));
      }
      const { receiver } = call;
      const isDataset = receiver && (receiver.kind === "call" || receiver.kind === "item" || receiver.kind === "oneOf");
      return isDataset === true && STAYS_ITERABLE.has(call.method) && hasNoLength(script, receiver, depth + 1);
    }
    default:
      return false;
  }
}
