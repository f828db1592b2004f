/** A call, with its arguments as they arrive: keywords, positionals, and the entries of dicts unpacked into it. */
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import type { Span } from "../syntax/text.js";
import type { Frame } from "./functions.js";
import type { Script } from "./script.js";
import { ABSENT, oneOf, UNKNOWN, type Value } from "./values.js";

export interface Argument {
  /** Absent for a positional argument. */
  readonly name?: string | undefined;
  /** Index among the positionals; -1 for a keyword. */
  readonly position: number;
  readonly value: Value;
  /** The value's expression, wherever it is written: in the call, or in the dict that is unpacked into it. */
  readonly node: Node;
  /** The keyword's name, or the dict's key as written with its quotes. NO_NODE for a positional. */
  readonly key: Node;
  /** The whole `name=value` or dict entry. */
  readonly entry: Node;
  /** How it got here; an entry that came by `**` is edited where the dict is written. */
  readonly via: "positional" | "keyword" | "unpacked";
}

/** An argument that is written in the call itself: many are only asked for their names, so the value waits until somebody wants it. */
class WrittenArgument implements Argument {
  private known: Value | undefined;

  constructor(
    private readonly call: { readonly script: Script; readonly frame: Frame | undefined },
    readonly node: Node,
    readonly entry: Node,
    readonly key: Node,
    readonly position: number,
    readonly name?: string | undefined,
  ) {}

  get via(): "positional" | "keyword" {
    return this.name === undefined ? "positional" : "keyword";
  }

  get value(): Value {
    this.known ??= this.call.script.evaluate(this.node, this.call.frame);
    return this.known;
  }
}

/** What a tokenizer or processor puts into its result: tensors for the model, and no generation keyword ever. */
const ENCODING_KEYS: ReadonlySet<string> = new Set(
  "input_ids attention_mask token_type_ids special_tokens_mask labels decoder_input_ids position_ids pixel_values input_features length overflowing_tokens".split(" "),
);

/** Whether a value is what a tokenizer returned. */
export function isEncoding(value: Value): boolean {
  return value.kind === "instance" && value.object.className === "transformers.BatchEncoding";
}

export class Call {
  private parts: { readonly positional: readonly Argument[]; readonly keywords: ReadonlyMap<string, Argument>; readonly isOpen: boolean; readonly hasEncoding: boolean } | undefined;
  private calleeValue: Value | undefined;

  constructor(
    private readonly script: Script,
    readonly node: Node,
    readonly frame: Frame | undefined,
  ) {}

  /** The expression that is called. */
  get function(): Node {
    return this.script.tree.child(this.node, Field.function);
  }

  get callee(): Value {
    this.calleeValue ??= this.script.evaluate(this.function, this.frame);
    return this.calleeValue;
  }

  /**
   * The canonical name of what is called: `transformers.Trainer` for the class however it was imported, `transformers.Trainer.train`
   * for a method of an instance, `datasets.load_dataset().map` for a method of a call's result. Undefined for the file's own functions and
   * for what is not known.
   */
  get name(): string | undefined {
    return nameOf(this.callee);
  }

  /** What a method is called on: the value left of the dot. */
  get receiver(): Value | undefined {
    const { tree } = this.script;
    if (tree.kind(this.function) !== Kind.attribute) return undefined;
    return this.script.evaluate(tree.child(this.function, Field.object), this.frame);
  }

  /** The name after the last dot, or the plain name. */
  get method(): string {
    const { tree } = this.script;
    return tree.kind(this.function) === Kind.attribute ? tree.textOf(tree.child(this.function, Field.attribute)) : tree.textOf(this.function);
  }

  get positional(): readonly Argument[] {
    return this.arguments.positional;
  }

  get keywords(): ReadonlyMap<string, Argument> {
    return this.arguments.keywords;
  }

  /** Whether a `*` or `**` that can't be resolved may add arguments: then nothing can be said to be missing. */
  get isOpen(): boolean {
    return this.arguments.isOpen;
  }

  /** The argument as written, by keyword or by position. */
  argument(name: string, position = -1): Argument | undefined {
    return this.keywords.get(name) ?? (position >= 0 ? this.positional[position] : undefined);
  }

  /** The argument's value: `absent` when it is certainly not passed, `unknown` when an open splat may pass it. */
  value(name: string, position = -1): Value {
    const argument = this.argument(name, position);
    if (argument) return argument.value;
    return this.isOpen || (this.arguments.hasEncoding && ENCODING_KEYS.has(name)) ? UNKNOWN : ABSENT;
  }

  get span(): Span {
    return this.script.tree.span(this.node);
  }

  /** The span of the called name, where a finding about the call as a whole belongs. */
  get nameSpan(): Span {
    const { tree } = this.script;
    const attribute = tree.kind(this.function) === Kind.attribute ? tree.child(this.function, Field.attribute) : this.function;
    return tree.span(attribute === NO_NODE ? this.function : attribute);
  }

  private get arguments(): NonNullable<Call["parts"]> {
    this.parts ??= this.readArguments();
    return this.parts;
  }

  private readArguments(): NonNullable<Call["parts"]> {
    const { script, frame } = this;
    const { tree } = script;
    const positional: Argument[] = [];
    const keywords = new Map<string, Argument>();
    let isOpen = false;
    const list = tree.child(this.node, Field.arguments);
    if (tree.kind(list) !== Kind.argument_list) {
      // f(x for x in y): the generator is the one argument.
      if (list !== NO_NODE) positional.push(new WrittenArgument({ script, frame }, list, list, NO_NODE, 0));
      return { positional, keywords, isOpen, hasEncoding: false };
    }
    let hasEncoding = false;
    const context = { script, frame };
    for (const node of tree.children(list)) {
      switch (tree.kind(node)) {
        case Kind.keyword_argument: {
          const key = tree.child(node, Field.name);
          const name = tree.textOf(key);
          keywords.set(name, new WrittenArgument(context, tree.child(node, Field.value), node, key, -1, name));
          break;
        }
        case Kind.list_splat: {
          const value = script.evaluate(tree.firstChild(node), frame);
          if (value.kind !== "sequence" || value.open) isOpen = true;
          else for (const item of value.items) positional.push({ position: positional.length, value: item, node, key: NO_NODE, entry: node, via: "unpacked" });
          break;
        }
        case Kind.dictionary_splat: {
          const unpacked = script.evaluate(tree.firstChild(node), frame);
          if (isEncoding(unpacked)) hasEncoding = true;
          else isOpen = this.unpack(unpacked, keywords) || isOpen;
          break;
        }
        case Kind.ERROR:
          isOpen = true;
          break;
        default:
          positional.push(new WrittenArgument(context, node, node, NO_NODE, positional.length));
      }
    }
    if (tree.hasError(list)) isOpen = true;
    return { positional, keywords, isOpen, hasEncoding };
  }

  /** Adds the entries of an unpacked dict; returns whether there may be others. */
  private unpack(value: Value, keywords: Map<string, Argument>): boolean {
    if (value.kind === "record") {
      for (const [name, { value: item, key, entry }] of value.entries) {
        keywords.set(name, { name, position: -1, value: item, node: this.script.valueNode(entry), key, entry, via: "unpacked" });
      }
      return value.open;
    }
    if (value.kind !== "oneOf" || value.alternatives.some((alternative) => alternative.value.kind !== "record")) return true;
    // One of a few dicts: an argument is there under the decisions that lead to a dict which has it.
    let isOpen = false;
    const names = new Set<string>();
    for (const { value: record } of value.alternatives) {
      if (record.kind !== "record") continue;
      isOpen ||= record.open;
      for (const name of record.entries.keys()) names.add(name);
    }
    for (const name of names) {
      const choices = value.alternatives.map(({ value: record, conditions }) => ({
        value: (record.kind === "record" ? record.entries.get(name)?.value : undefined) ?? ABSENT,
        conditions,
      }));
      const written = value.alternatives.map(({ value: record }) => (record.kind === "record" ? record.entries.get(name) : undefined)).find((entry) => entry !== undefined);
      if (!written) continue;
      keywords.set(name, { name, position: -1, value: oneOf(choices), node: this.script.valueNode(written.entry), key: written.key, entry: written.entry, via: "unpacked" });
    }
    return isOpen;
  }
}

/** The canonical name that a value can be called by. */
export function nameOf(value: Value): string | undefined {
  switch (value.kind) {
    case "reference":
      return value.name;
    case "instance":
      return value.object.className && `${value.object.className}()`;
    case "call": {
      const name = value.call.name;
      return name && `${name}()`;
    }
    case "attribute": {
      const owner = value.object.kind === "instance" ? value.object.object.className : nameOf(value.object);
      return owner && `${owner}.${value.name}`;
    }
    case "item": {
      const owner = nameOf(value.object);
      return owner && `${owner}[]`;
    }
    default:
      return undefined;
  }
}
