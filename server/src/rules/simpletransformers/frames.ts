/** The columns of a pandas frame where the script says all of them, in their order, and what is in them as far as it is written. */
import { hubDataset } from "../../knowledge/hubDatasets.js";
import type { Call } from "../../script/calls.js";
import { splitOf } from "../../script/datasetSplits.js";
import type { ObjectEvent } from "../../script/events.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf, truthOf, UNKNOWN, type RecordValue, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";

/** Column names in order, each with its values (unknown where they aren't written). */
export type Frame = ReadonlyMap<string, Value>;

/** Methods that give the same columns. */
const SAME_COLUMNS: ReadonlySet<string> = new Set("sample head tail copy dropna drop_duplicates sort_values query".split(" "));

/** Methods that change nothing. */
const HARMLESS: ReadonlySet<string> = new Set(
  "sample head tail copy dropna drop_duplicates sort_values query rename drop reset_index info describe to_csv to_json to_parquet iterrows itertuples groupby isna isnull nunique value_counts assign astype".split(" "),
);

/** What looks at a frame and leaves it as it is. */
const READ_BY = /^(?:sklearn\.|datasets\.Dataset\.from_pandas$|pandas\.concat$|builtins\.(?:len|print|list|str|type|isinstance)$|simpletransformers\.)/;

/** Transformations of datasets that a known dataset's columns outlive. */
const PLAIN_DATASET: ReadonlySet<string> = new Set("shuffle select filter sort take skip to_pandas with_format".split(" "));

const DEEPEST = 16;

/** @param reader where the frame is used: what is written to it before counts. */
export function frameOf(script: Script, value: Value, reader: Node, depth = 0): Frame | undefined {
  if (depth > DEEPEST) return undefined;
  const made = madeBy(script, value, reader, depth);
  const origin = value.kind === "instance" ? value.object.origin : value.kind === "call" || value.kind === "item" ? value.origin : undefined;
  return made && origin !== undefined ? afterEvents(script, made, script.objects.eventsOf(origin, undefined, partOf(value)), reader) : undefined;
}

/** Which part of a tuple a value is, where it is unpacked from one. */
function partOf(value: Value): number | undefined {
  return value.kind === "item" ? numberOf(value.key) : undefined;
}

function madeBy(script: Script, value: Value, reader: Node, depth: number): Frame | undefined {
  switch (value.kind) {
    case "instance":
      return value.object.className === "pandas.DataFrame" && value.object.call ? fromConstructor(script, value.object.call) : undefined;
    case "call":
      return fromCall(script, value.call, depth);
    case "item": {
      // train_test_split(frame)[0]; frame[["text", "label"]]
      if (value.object.kind === "call" && value.object.call.name === "sklearn.model_selection.train_test_split") {
        const { positional } = value.object.call;
        return positional.length === 1 && numberOf(value.key) !== undefined ? frameOf(script, positional[0]?.value ?? UNKNOWN, reader, depth + 1) : undefined;
      }
      const names = namesIn(value.key);
      const whole = names && frameOf(script, value.object, reader, depth + 1);
      return whole && new Map(names.map((name) => [name, whole.get(name) ?? UNKNOWN]));
    }
    default:
      return undefined;
  }
}

function fromConstructor(script: Script, call: Call): Frame | undefined {
  const data = script.objects.asSeenFrom(call.value("data", 0), call.node, call.frame);
  const columns = call.value("columns", 2);
  const names = namesIn(columns);
  if (data.kind === "record") return columns.kind === "absent" && !data.open ? fromRecord(data) : undefined;
  if (columns.kind === "absent") {
    const known = hubColumns(data);
    if (known) return known;
    const rows = data.kind === "sequence" ? data.items : [];
    const [first] = rows;
    return first?.kind === "record" && rows.every((row) => row.kind === "record" && !row.open) ? new Map([...first.entries.keys()].map((name) => [name, UNKNOWN])) : undefined;
  }
  if (!names) return undefined;
  return new Map(names.map((name, index) => [name, columnOfRows(data, index)]));
}

function fromRecord(record: RecordValue): Frame {
  return new Map([...record.entries].map(([name, entry]) => [name, entry.value]));
}

/** The values at one place of rows that are all written out. */
function columnOfRows(rows: Value, index: number): Value {
  if (rows.kind !== "sequence" || rows.open) return UNKNOWN;
  const items = rows.items.map((row) => (row.kind === "sequence" && !row.open ? row.items[index] : undefined));
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length && known.length > 0 ? { kind: "sequence", type: "list", items: known, open: false, origin: rows.origin } : UNKNOWN;
}

/** What is loaded from the Hub and neither renamed nor mapped. */
function hubColumns(value: Value): Frame | undefined {
  const split = isPlain(value, 0) ? splitOf(value) : undefined;
  const path = split && stringOf(split.load.value("path", 0));
  const known = path === undefined ? undefined : hubDataset(path, stringOf(split?.load.value("name", 1) ?? UNKNOWN));
  return known && new Map(known.columns.map((name) => [name, UNKNOWN]));
}

function isPlain(value: Value, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (value.kind === "item") return isPlain(value.object, depth + 1);
  if (value.kind !== "call") return false;
  const { call } = value;
  return call.name === "datasets.load_dataset" || (PLAIN_DATASET.has(call.method) && call.receiver !== undefined && isPlain(call.receiver, depth + 1));
}

function fromCall(script: Script, call: Call, depth: number): Frame | undefined {
  if (call.method === "to_pandas") return call.receiver && hubColumns(call.receiver);
  const before = call.receiver && frameOf(script, call.receiver, call.node, depth + 1);
  if (!before || call.isOpen || call.value("inplace").kind !== "absent") return undefined;
  if (SAME_COLUMNS.has(call.method)) return before;
  switch (call.method) {
    case "rename": {
      const mapping = call.value("columns");
      return mapping.kind === "record" && !mapping.open ? renamed(before, mapping) : undefined;
    }
    case "drop": {
      const byAxis = numberOf(call.value("axis", 1)) === 1 ? call.value("labels", 0) : UNKNOWN;
      const given = call.value("columns");
      const names = namesIn(given.kind === "absent" ? byAxis : given);
      return names && new Map([...before].filter(([name]) => !names.includes(name)));
    }
    case "reset_index":
      return truthOf(call.value("drop")) === true ? before : new Map([["index", UNKNOWN], ...before]);
    default:
      return undefined;
  }
}

function renamed(before: Frame, mapping: RecordValue): Frame | undefined {
  const names = [...before.keys()].map((name) => {
    const to = mapping.entries.get(name);
    return to ? stringOf(to.value) : name;
  });
  return names.every((name) => name !== undefined) ? new Map(names.map((name, index) => [name, [...before.values()][index] ?? UNKNOWN])) : undefined;
}

/** What is done to a frame in place: new columns, new names for all of them. Anything else may be anything. */
function afterEvents(script: Script, made: Frame, events: readonly ObjectEvent[], reader: Node): Frame | undefined {
  let frame: Frame | undefined = made;
  // What is handed to a library is told twice: that it is passed, and that it may be kept.
  const looked = new Set(events.filter((event) => event.kind === "passed" && READ_BY.test(event.call?.name ?? "")).map((event) => event.node));
  for (const event of events) {
    if (event.node >= reader || !frame) break;
    if (event.kind === "read" || looked.has(event.node)) continue;
    if (event.kind === "called") {
      if (event.call && HARMLESS.has(event.field ?? "") && event.call.value("inplace").kind === "absent") continue;
      return undefined;
    }
    if (event.kind === "written" && event.field !== undefined && event.value !== undefined && script.precedes(event.node, reader)) {
      const value = script.evaluate(event.value, event.frame);
      if (event.isItem) frame = new Map([...frame, [event.field, value]]);
      else if (event.field === "columns") {
        const names = namesIn(value);
        frame = names?.length === frame.size ? new Map([...frame.values()].map((each, index) => [names[index] ?? "", each])) : undefined;
      } else return undefined;
      continue;
    }
    return undefined;
  }
  return frame;
}

/** The names in a list that is written out; a single name is a column and no frame. */
function namesIn(value: Value): string[] | undefined {
  if (value.kind !== "sequence" || value.open) return undefined;
  const names = value.items.map(stringOf);
  return names.every((name) => name !== undefined) ? names : undefined;
}
