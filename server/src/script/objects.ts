/**
 * Objects with an identity, and what they hold at a place: their events (events.ts), applied in order as far as they reach it.
 *
 * An object is the expression that makes it and, inside a helper function, the call that ran the helper.
 */
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field } from "../syntax/kind.js";
import type { Call } from "./calls.js";
import type { ClassInfo, Frame } from "./functions.js";
import { EventCollector, type ObjectEvent } from "./events.js";
import { END_OF_SCOPE, reachingEffects } from "./reaching.js";
import type { Scope } from "./scopes.js";
import type { Script } from "./script.js";
import { ABSENT, oneOf, stringOf, UNKNOWN, type RecordEntry, type RecordValue, type Sequence, type Value } from "./values.js";

export class ScriptObject {
  constructor(
    /** Canonical name of the library class; undefined for the file's own classes. */
    readonly className: string | undefined,
    readonly localClass: ClassInfo | undefined,
    /** The constructor call; undefined when somebody else built it (HfArgumentParser). */
    readonly call: Call | undefined,
    /** The expression that makes it. */
    readonly origin: Node,
    readonly frame: Frame | undefined,
    /** Whether its fields may have been set from outside the script. */
    readonly fieldsUnknown = false,
    /** Which item of the expression's result it is, where that is a tuple. */
    readonly item?: number,
  ) {}
}

/** Methods of a dict or list that leave it as it is. */
const READING_METHODS: ReadonlySet<string> = new Set(["get", "items", "keys", "values", "copy", "index", "count"]);

export class Objects {
  private readonly tree: FlatTree;
  private readonly eventsByOrigin = new Map<string, readonly ObjectEvent[]>();
  private readonly framedEvents = new WeakMap<Frame, Map<string, readonly ObjectEvent[]>>();
  private readonly busy = new Set<string>();

  constructor(private readonly script: Script) {
    this.tree = script.tree;
  }

  /** What happens to the object that an expression makes, in source order. */
  eventsOf(origin: Node, frame?: Frame, item?: number): readonly ObjectEvent[] {
    let cache = this.eventsByOrigin;
    if (frame) {
      cache = this.framedEvents.get(frame) ?? new Map<string, readonly ObjectEvent[]>();
      this.framedEvents.set(frame, cache);
    }
    const key = `${origin}/${item ?? ""}`;
    const known = cache.get(key);
    if (known) return known;
    // While they are being collected there are none: what asks then is a value inside the object's own making.
    cache.set(key, []);
    const collector = new EventCollector(this.script);
    collector.followExpression({ node: origin, frame, anchor: undefined, depth: 0, item });
    const events = collector.events.sort((a, b) => a.node - b.node || a.from - b.from);
    cache.set(key, events);
    return events;
  }

  /**
   * A field's value as a reader sees it: what the constructor was given, then what was written to it since. `absent` when it was never
   * set in the script, so that the library's default holds.
   */
  fieldAt(object: ScriptObject, field: string, reader: Node, frame?: Frame): Value {
    const given = object.fieldsUnknown ? UNKNOWN : (object.call?.value(field) ?? ABSENT);
    const events = this.eventsOf(object.origin, object.frame, object.item).filter((event) => affectsField(event, field, object));
    return this.applied(events, given, object.origin, reader, frame, (event) => this.writtenValue(event, () => this.fieldAt(object, field, event.node, frame)));
  }

  /** The value of a field when the constructor runs: later writes don't count. */
  fieldAtConstruction(object: ScriptObject, field: string, position = -1): Value {
    if (object.fieldsUnknown) return UNKNOWN;
    return object.call?.value(field, position) ?? ABSENT;
  }

  private writtenValue(event: ObjectEvent, before: () => Value): Value {
    switch (event.kind) {
      case "written":
        return event.value === undefined ? UNKNOWN : this.script.evaluate(event.value, event.frame);
      case "augmented": {
        const operator = this.tree.textOf(this.tree.child(event.node, Field.operator)).replace(/=$/, "");
        const right = event.value ?? NO_NODE;
        return this.script.evaluator.binary(operator, before(), this.script.evaluate(right, event.frame), [event.target ?? NO_NODE, right], event.node);
      }
      case "deleted":
        return ABSENT;
      default:
        return UNKNOWN;
    }
  }

  /** The base value with the events applied that a reader may see; unknown where their order isn't known. */
  private applied(events: readonly ObjectEvent[], base: Value, origin: Node, reader: Node, frame: Frame | undefined, value: (event: ObjectEvent) => Value): Value {
    if (events.length === 0) return base;
    const { script } = this;
    const functionOf = (node: Node): Scope => script.functionScope(script.scopes.scopeOf(node));
    const home = functionOf(frame && frame.call.node < origin ? frame.call.node : origin);
    const here = reader === END_OF_SCOPE ? home : functionOf(reader);
    const early = events.filter((event) => functionOf(event.node) === home && !this.isLater(event, reader, frame));
    const late = home === here ? [] : events.filter((event) => functionOf(event.node) === here);
    if (events.some((event) => functionOf(event.node) !== home && functionOf(event.node) !== here)) return UNKNOWN;
    const first = this.appliedIn(early, base, home === here ? reader : END_OF_SCOPE, value);
    return this.appliedIn(late, first, reader, value);
  }

  private appliedIn(events: readonly ObjectEvent[], base: Value, reader: Node, value: (event: ObjectEvent) => Value): Value {
    if (events.length === 0) return base;
    const reaching = reachingEffects(this.script.flow, events, reader);
    if (!reaching) return UNKNOWN;
    const alternatives = reaching.reaches.map(({ effect, conditions }) => ({ value: value(effect), conditions }));
    if (reaching.maybeNone) alternatives.push({ value: base, conditions: reaching.noneConditions });
    return this.script.flow.narrowed(oneOf(alternatives), reader);
  }

  /** A dict or list as it is where a reader reads it, with what was done to it since it was written. */
  asSeenFrom(value: Value, reader: Node, frame: Frame | undefined): Value {
    if (value.kind === "record") return this.recordAt(value, reader, frame);
    if (value.kind === "sequence" && value.type === "list") return this.listAt(value, reader, frame);
    return value;
  }

  private recordAt(record: RecordValue, reader: Node, frame: Frame | undefined): Value {
    return this.guarded(record.origin, frame, record, () => {
      const events = this.eventsOf(record.origin, this.frameOf(record.origin, frame)).filter((event) => !this.isLater(event, reader, frame));
      if (events.length === 0) return record;
      const keyed = new Map<string, ObjectEvent[]>();
      let open = record.open;
      let scrambled = false;
      for (const event of events) {
        const keys = this.keysWritten(event);
        if (keys === "none") continue;
        if (keys === "any") {
          if (this.mayReach(event, reader, frame)) scrambled = true;
          continue;
        }
        if (keys.open) {
          if (this.mayReach(event, reader, frame)) scrambled = true;
        }
        for (const key of keys.entries.keys()) keyed.set(key, [...(keyed.get(key) ?? []), event]);
      }
      // Code that can't be seen may have put in anything, over anything.
      if (scrambled) return { ...record, entries: new Map(), open: true };
      const entries = new Map(record.entries);
      for (const [key, writers] of keyed) {
        const before = entries.get(key);
        const value = this.applied(writers, before?.value ?? ABSENT, record.origin, reader, frame, (event) => {
          const keys = this.keysWritten(event);
          return keys === "none" || keys === "any" ? UNKNOWN : (keys.entries.get(key)?.value ?? UNKNOWN);
        });
        const last = writers.at(-1);
        const keys = last ? this.keysWritten(last) : "none";
        const written = keys === "none" || keys === "any" ? undefined : keys.entries.get(key);
        if (value.kind === "absent") entries.delete(key);
        else if (written) entries.set(key, { ...written, value });
        else if (before) entries.set(key, { ...before, value });
        else open = true;
      }
      return { ...record, entries, open };
    });
  }

  /** Which keys an event writes, and what: "any" when that is not known. */
  private keysWritten(event: ObjectEvent): { readonly entries: ReadonlyMap<string, RecordEntry>; readonly open: boolean } | "none" | "any" {
    const one = (value: Value): { entries: ReadonlyMap<string, RecordEntry>; open: boolean } => {
      const entry = event.node;
      return { entries: new Map([[event.field ?? "", { value, key: event.target ?? entry, entry }]]), open: false };
    };
    switch (event.kind) {
      case "written":
        if (event.field === undefined) return "any";
        return one(event.value === undefined ? UNKNOWN : this.script.evaluate(event.value, event.frame));
      case "augmented":
        if (event.field !== undefined) return one(UNKNOWN);
        return this.entriesOf(event.value === undefined ? UNKNOWN : this.script.evaluate(event.value, event.frame));
      case "deleted":
        return event.field === undefined ? "any" : one(ABSENT);
      case "escaped":
        return "any";
      case "passed":
      case "read":
        return "none";
      case "called":
        return this.keysWrittenByMethod(event, one);
    }
  }

  private keysWrittenByMethod(
    event: ObjectEvent,
    one: (value: Value) => { readonly entries: ReadonlyMap<string, RecordEntry>; readonly open: boolean },
  ): { readonly entries: ReadonlyMap<string, RecordEntry>; readonly open: boolean } | "none" | "any" {
    const { call } = event;
    if (!call || READING_METHODS.has(event.field ?? "")) return "none";
    const key = stringOf(call.positional[0]?.value ?? UNKNOWN);
    const keyed = (value: Value): ReturnType<typeof one> => {
      const { entries } = one(value);
      return { entries: new Map([[key ?? "", [...entries.values()][0]]].filter((pair): pair is [string, RecordEntry] => pair[1] !== undefined)), open: false };
    };
    switch (event.field) {
      case "pop":
        return key === undefined ? "any" : keyed(ABSENT);
      case "setdefault":
        return key === undefined ? "any" : keyed(UNKNOWN);
      case "update": {
        const entries = new Map<string, RecordEntry>();
        let open = call.isOpen;
        const [base] = call.positional;
        if (base) {
          const given = this.entriesOf(base.value);
          if (given === "any") open = true;
          else {
            for (const [name, entry] of given.entries) entries.set(name, entry);
            open ||= given.open;
          }
        }
        for (const [name, argument] of call.keywords) entries.set(name, { value: argument.value, key: argument.key, entry: argument.entry });
        return { entries, open };
      }
      default:
        return "any";
    }
  }

  private entriesOf(value: Value): { readonly entries: ReadonlyMap<string, RecordEntry>; readonly open: boolean } | "any" {
    return value.kind === "record" ? value : "any";
  }

  private listAt(list: Sequence, reader: Node, frame: Frame | undefined): Value {
    return this.guarded(list.origin, frame, list, () => {
      const events = this.eventsOf(list.origin, this.frameOf(list.origin, frame));
      const leavesIt = (event: ObjectEvent): boolean =>
        event.kind === "passed" || event.kind === "read" || (event.kind === "called" && READING_METHODS.has(event.field ?? ""));
      const changing = events.filter((event) => !leavesIt(event) && this.mayReach(event, reader, frame));
      if (changing.length === 0) return list;
      // The items that were written stay known to be there unless something took them out.
      const adds = (event: ObjectEvent): boolean => (event.kind === "called" && (event.field === "append" || event.field === "extend")) || event.kind === "augmented";
      const items = changing.every(adds) ? list.items : [];
      return { ...list, items, open: true };
    });
  }

  /** Whether a reader may see an event at all. */
  private mayReach(event: ObjectEvent, reader: Node, frame: Frame | undefined): boolean {
    const seenFrom = this.readerOf(event, reader, frame);
    if (seenFrom === END_OF_SCOPE) return true;
    const reaching = reachingEffects(this.script.flow, [event], seenFrom);
    return !reaching || reaching.reaches.length > 0;
  }

  /** Whether an event comes after the call that the reader's function is running for. Inside one function a loop may still carry it back. */
  private isLater(event: ObjectEvent, reader: Node, frame: Frame | undefined): boolean {
    return !this.sameFunction(event.node, reader) && event.from > this.readerOf(event, reader, frame);
  }

  /** The place in an event's own function that a reader stands for: itself, or the call that led to it, or the end. */
  private readerOf(event: ObjectEvent, reader: Node, frame: Frame | undefined): Node {
    if (reader === END_OF_SCOPE || this.sameFunction(event.node, reader)) return reader;
    return frame && this.sameFunction(event.node, frame.call.node) ? frame.call.node : END_OF_SCOPE;
  }

  private sameFunction(a: Node, b: Node): boolean {
    if (b === END_OF_SCOPE) return false;
    const { script } = this;
    return script.functionScope(script.scopes.scopeOf(a)) === script.functionScope(script.scopes.scopeOf(b));
  }

  /** The frame in which an object was made: only what lies inside the running function belongs to it. */
  private frameOf(origin: Node, frame: Frame | undefined): Frame | undefined {
    return frame && this.tree.contains(frame.function.node, origin) ? frame : undefined;
  }

  private guarded(origin: Node, frame: Frame | undefined, fallback: Value, compute: () => Value): Value {
    const key = `${origin}/${frame?.call.node ?? -1}/${frame?.depth ?? 0}`;
    if (this.busy.has(key)) return fallback;
    this.busy.add(key);
    try {
      return compute();
    } finally {
      this.busy.delete(key);
    }
  }
}

function affectsField(event: ObjectEvent, field: string, object: ScriptObject): boolean {
  switch (event.kind) {
    case "written":
    case "augmented":
    case "deleted":
      return event.isItem !== true && (event.field === undefined || event.field === field);
    case "escaped":
      return true;
    case "called":
      // TrainingArguments.set_save() and its siblings, update(), load(): they write fields.
      return /^(set|update|load|merge|parse|add_argument|__setattr__)/.test(event.field ?? "") || object.localClass?.methods.has(event.field ?? "") === true;
    case "passed":
    case "read":
      return false;
  }
}
