/** What an expression is known to be. Every value knows where it was written, so that a fix can edit the origin. */
import type { Node } from "../syntax/flatTree.js";
import type { Call } from "./calls.js";
import { both, type Conditions } from "./conditions.js";
import type { ClassInfo, FunctionInfo } from "./functions.js";
import type { ScriptObject } from "./objects.js";

export type LiteralType = "int" | "float" | "str" | "bytes" | "bool" | "none" | "ellipsis";

/** A single known datum. Integers are exact up to 2^53, which covers every argument that rules speak of. */
export interface Literal {
  readonly kind: "literal";
  readonly type: LiteralType;
  readonly value: string | number | boolean | null;
  readonly origin: Node;
  /** The arithmetic that it was folded from, if it was. */
  readonly folded?: Operation;
}

export interface Sequence {
  readonly kind: "sequence";
  readonly type: "list" | "tuple" | "set";
  readonly items: readonly Value[];
  /** Whether there may be more items than these. */
  readonly open: boolean;
  readonly origin: Node;
}

export interface RecordEntry {
  readonly value: Value;
  /** Where the key is written: the string of a pair, the name of a keyword; the whole entry is `entry`. */
  readonly key: Node;
  readonly entry: Node;
}

/** A dict with string keys. A closed record has these keys and no others; of an open one only the keys listed are known. */
export interface RecordValue {
  readonly kind: "record";
  readonly entries: ReadonlyMap<string, RecordEntry>;
  readonly open: boolean;
  readonly origin: Node;
}

/** A name that lives in a library: a class, a function, a module, an enum member. `name` is canonical. */
export interface Reference {
  readonly kind: "reference";
  readonly name: string;
  readonly origin: Node;
}

export interface FunctionValue {
  readonly kind: "function";
  readonly function: FunctionInfo;
  /** The value that a method is bound to. */
  readonly self?: Value;
  readonly origin: Node;
}

export interface ClassValue {
  readonly kind: "class";
  readonly class: ClassInfo;
  readonly origin: Node;
}

/** An object whose class is known. */
export interface Instance {
  readonly kind: "instance";
  readonly object: ScriptObject;
  readonly origin: Node;
}

/** A few known possibilities, each with the decisions that lead to it. */
export interface OneOf {
  readonly kind: "oneOf";
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  readonly value: Value;
  readonly conditions: Conditions;
}

/** An operator over values that don't fold: it can be asked what is divided by what. */
export interface Operation {
  readonly kind: "operation";
  readonly operator: string;
  readonly operands: readonly Value[];
  /** The expressions of the operands, where they are written out. */
  readonly nodes: readonly Node[];
  readonly origin: Node;
}

/** A call whose result is not known further. */
export interface CallValue {
  readonly kind: "call";
  readonly call: Call;
  readonly origin: Node;
}

/** `object.name` where the object's attribute is not known. */
export interface AttributeValue {
  readonly kind: "attribute";
  readonly object: Value;
  readonly name: string;
  readonly origin: Node;
}

/** `object[key]` where the item is not known. */
export interface ItemValue {
  readonly kind: "item";
  readonly object: Value;
  readonly key: Value;
  readonly origin: Node;
}

/** A parameter of a function of the file, seen from inside it. */
export interface ParameterValue {
  readonly kind: "parameter";
  readonly name: string;
  readonly function: FunctionInfo;
  readonly origin: Node;
}

/** Not there: an argument that was not passed, a field that was not written. */
export interface Absent {
  readonly kind: "absent";
}

export interface Unknown {
  readonly kind: "unknown";
  readonly origin?: Node;
}

export type Symbolic = Operation | CallValue | AttributeValue | ItemValue | ParameterValue;
export type Value = Literal | Sequence | RecordValue | Reference | FunctionValue | ClassValue | Instance | OneOf | Symbolic | Absent | Unknown;

export const ABSENT: Absent = { kind: "absent" };
export const UNKNOWN: Unknown = { kind: "unknown" };

export function unknownAt(origin: Node): Unknown {
  return { kind: "unknown", origin };
}

/** More alternatives than these are as good as unknown: nobody could be told about them. */
const MOST_ALTERNATIVES = 24;

/** A few alternatives as one value: equal ones count once, nested ones are flattened, and a single one is itself. */
export function oneOf(alternatives: OneOf["alternatives"]): Value {
  const [only] = alternatives;
  if (only && alternatives.length === 1 && only.value.kind !== "oneOf") return only.value;
  const flat = alternatives.flatMap(({ value, conditions }): Alternative[] => {
    if (value.kind !== "oneOf") return [{ value, conditions }];
    return value.alternatives.flatMap((inner) => {
      const together = both(conditions, inner.conditions);
      return together ? [{ value: inner.value, conditions: together }] : [];
    });
  });
  const [first] = flat;
  if (!first || flat.length > MOST_ALTERNATIVES) return UNKNOWN;
  if (flat.every(({ value }) => isSame(value, first.value))) return first.value;
  return { kind: "oneOf", alternatives: flat };
}

/** What a value can still be where some decisions have been taken. Where they leave nothing, the place isn't reached, and the value stays as it is. */
export function where(decided: Conditions, value: OneOf): Value {
  const left = value.alternatives.filter(({ conditions }) => both(decided, conditions) !== undefined);
  return left.length === 0 || left.length === value.alternatives.length ? value : oneOf(left);
}

/** Whether two values are certainly the same datum. */
export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === "literal" && b.kind === "literal") return a.type === b.type && a.value === b.value;
  if (a.kind === "reference" && b.kind === "reference") return a.name === b.name;
  if (a.kind === "instance" && b.kind === "instance") return a.object === b.object;
  if (a.kind === "function" && b.kind === "function") return a.function === b.function;
  if (a.kind === "class" && b.kind === "class") return a.class === b.class;
  return a.kind === "absent" && b.kind === "absent";
}

/** Whether something holds of a value whichever way it comes about. */
export function everyAlternative(value: Value, test: (each: Exclude<Value, OneOf>) => boolean): boolean {
  return value.kind === "oneOf" ? value.alternatives.every((alternative) => everyAlternative(alternative.value, test)) : test(value);
}

export function stringOf(value: Value): string | undefined {
  return value.kind === "literal" && value.type === "str" ? (value.value as string) : undefined;
}

/** An int or a float; a bool is none, although Python lets it be one. */
export function numberOf(value: Value): number | undefined {
  return value.kind === "literal" && (value.type === "int" || value.type === "float") ? (value.value as number) : undefined;
}

/** Python's truth of a value, where it is known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case "literal":
      if (value.type === "ellipsis") return true;
      return value.type === "str" || value.type === "bytes" ? value.value !== "" : Boolean(value.value);
    case "sequence":
      return value.items.length > 0 ? true : value.open ? undefined : false;
    case "record":
      return value.entries.size > 0 ? true : value.open ? undefined : false;
    case "function":
    case "class":
      return true;
    default:
      return undefined;
  }
}
