/** What a DeepSpeed configuration says, key by key, whether it is a dict in the script or a JSON file: one reading for all rules. */
import type { RelatedPlace } from "../../analysis/finding.js";
import { shownCode } from "../../analysis/message.js";
import type { ReadFile } from "../../analysis/scriptFile.js";
import type { Script } from "../../script/script.js";
import type { RecordEntry, RecordValue, Value } from "../../script/values.js";
import { parseJson, type JsonNode, type JsonObject, type JsonProblem } from "../../syntax/json.js";
import type { Span } from "../../syntax/text.js";

export type SettingValue = string | number | boolean | null | readonly SettingValue[];

/** One key of a configuration. */
export interface Setting {
  readonly value: SettingValue;
  readonly place: SettingPlace;
}

/** Where a key is written. */
export interface SettingPlace {
  /** Absent: in the script. */
  readonly file?: ReadFile;
  /** The key with its value. */
  readonly entry: Span;
  readonly value: Span;
}

/** `absent`: certainly not there. `unknown`: it may be there, or its value can't be seen. `section`: it holds further keys. */
export type Found = Setting | "absent" | "unknown" | "section";

export interface DeepspeedConfiguration {
  /** For messages: the file's name, or "the dict". */
  readonly name: string;
  readonly file?: ReadFile;
  /** What a path such as `optimizer.params.lr` leads to. */
  at(path: string): Found;
}

/** The configuration in a file, or what keeps it from being one. */
export function configurationIn(file: ReadFile): DeepspeedConfiguration | { readonly problem: JsonProblem } {
  const parsed = parsedFile(file);
  if ("problem" in parsed) return parsed;
  const { root } = parsed;
  if (root.kind !== "object") return { problem: { what: `its outermost value is ${root.kind === "array" ? "a list" : "a single value"}, and no object`, span: root.span } };
  return { name: file.name, file, at: (path) => foundInJson(root, path.split("."), file) };
}

/** A dict of the script as it is where it is passed on. */
export function configurationOf(record: RecordValue, script: Script): DeepspeedConfiguration {
  return { name: "the dict", at: (path) => foundInRecord(record, path.split("."), script) };
}

/** Several rules ask for the same file in one check. */
const parsedFiles = new WeakMap<ReadFile, ReturnType<typeof parseJson>>();

function parsedFile(file: ReadFile): ReturnType<typeof parseJson> {
  let parsed = parsedFiles.get(file);
  if (!parsed) {
    parsed = parseJson(file.text);
    parsedFiles.set(file, parsed);
  }
  return parsed;
}

function foundInJson(object: JsonObject, [key = "", ...rest]: readonly string[], file: ReadFile): Found {
  const entry = object.entries.get(key);
  if (!entry) return "absent";
  const { value } = entry;
  if (rest.length > 0) return value.kind === "object" ? foundInJson(value, rest, file) : isNull(value) ? "absent" : "unknown";
  const plain = plainJson(value);
  return plain === undefined ? "section" : { value: plain, place: { file, entry: { start: entry.key.start, end: value.span.end }, value: value.span } };
}

function isNull(node: JsonNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** Undefined for what has an object in it. */
function plainJson(node: JsonNode): SettingValue | undefined {
  if (node.kind === "scalar") return node.value;
  return node.kind === "object" ? undefined : allKnown(node.items.map(plainJson));
}

function foundInRecord(record: RecordValue, [key = "", ...rest]: readonly string[], script: Script): Found {
  const entry = record.entries.get(key);
  if (!entry) return record.open ? "unknown" : "absent";
  const { value } = entry;
  if (value.kind === "record") return rest.length > 0 ? foundInRecord(value, rest, script) : "section";
  if (rest.length > 0) return value.kind === "literal" && value.type === "none" ? "absent" : "unknown";
  const plain = plainValue(value);
  return plain === undefined ? "unknown" : { value: plain, place: placeOf(entry, script) };
}

function placeOf(entry: RecordEntry, script: Script): SettingPlace {
  return { entry: script.tree.span(entry.entry), value: script.tree.span(script.valueNode(entry.entry)) };
}

/** A value of Python as JSON has it; undefined where it isn't known. */
export function plainValue(value: Value): SettingValue | undefined {
  if (value.kind === "sequence") return value.open || value.type === "set" ? undefined : allKnown(value.items.map(plainValue));
  return value.kind === "literal" && value.type !== "bytes" && value.type !== "ellipsis" ? value.value : undefined;
}

function allKnown(items: readonly (SettingValue | undefined)[]): readonly SettingValue[] | undefined {
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? known : undefined;
}

export function isSetting(found: Found): found is Setting {
  return typeof found === "object";
}

/** A value that is certain and no placeholder that is filled in later. */
export function settled(found: Found): Setting | undefined {
  return isSetting(found) && found.value !== "auto" ? found : undefined;
}

/** Whether a switch (`fp16.enabled`) is certainly on. */
export function isOn(configuration: DeepspeedConfiguration, path: string): boolean {
  const found = configuration.at(path);
  return isSetting(found) && found.value === true;
}

/** The ZeRO stage, where it is certain. */
export function zeroStage(configuration: DeepspeedConfiguration): (Setting & { readonly value: number }) | undefined {
  const found = configuration.at("zero_optimization.stage");
  return isSetting(found) && typeof found.value === "number" ? (found as Setting & { readonly value: number }) : undefined;
}

/** The place of a key as a related place of a finding. */
export function relatedPlace(message: string, { file, entry }: SettingPlace): RelatedPlace {
  return { message, range: entry, ...(file && { file }) };
}

/** As the file or the script has it, short enough for a message. */
export function shownSetting(value: SettingValue, inFile: boolean): string {
  const text = JSON.stringify(value) ?? String(value);
  const written = inFile ? text : text.replace(/\btrue\b/g, "True").replace(/\bfalse\b/g, "False").replace(/\bnull\b/g, "None");
  return shownCode(written);
}
