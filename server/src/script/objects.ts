/**
 * Objects with an identity, and what happens to them in order: fields written, methods called, passed on, changed by code that
 * can't be seen.
 *
 * An object is the expression that makes it (and, inside a helper function, the call that ran the helper). Its events are found by
 * following it to the names that it is given.
 */
import { isHarmless, isKindOf, RETURN_FIRST_ARGUMENT, returnsSelf, TRAINER_LINKS } from "../knowledge/classes.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import type { Call } from "./calls.js";
import type { ClassInfo, Frame } from "./functions.js";
import { END_OF_SCOPE, reachingEffects, type Effect } from "./reaching.js";
import type { Binding, Scope } from "./scopes.js";
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

export type ObjectEventKind =
  /** `o.field = v`, `o["field"] = v`, `setattr(o, "field", v)`. `value` is absent for a deletion. */
  | "written"
  /** `o.field += v`; `value` is the right side. */
  | "augmented"
  | "deleted"
  | "called"
  /** `o["field"]` read: what is kept there can be changed through it. */
  | "read"
  | "passed"
  /** Handed to code that can't be seen, or kept where others can reach it. */
  | "escaped";

export interface ObjectEvent extends Effect {
  readonly kind: ObjectEventKind;
  /** The field (dotted for `model.config.x`), the key, or the method's name. */
  readonly field?: string;
  /** A written value's expression. */
  readonly value?: Node;
  /** The call of a method, or the call that it was passed to. */
  readonly call?: Call;
  /** Whether the field is an item (`o["x"]`) and not an attribute. */
  readonly isItem?: boolean;
  /** In which evaluation of a helper function the value is to be read. */
  readonly frame: Frame | undefined;
  /** The target that is written, for messages and fixes. */
  readonly target?: Node;
}

/** Methods of a dict or list that leave it as it is. */
const READING_METHODS: ReadonlySet<string> = new Set(["get", "items", "keys", "values", "copy", "index", "count"]);

const DEEPEST_FOLLOW = 3;

interface Alias {
  readonly node: Node;
  readonly frame: Frame | undefined;
  /** The place at which everything found through this alias happens: a call of the helper that it was passed to. */
  readonly anchor: Node | undefined;
  readonly depth: number;
  /** Which item of the expression's result the object is, where that is a tuple. */
  readonly item?: number | undefined;
}

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
    return oneOf(alternatives);
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

/** Finds the events of one object by following its names. */
class EventCollector {
  readonly events: ObjectEvent[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly script: Script) {}

  private get tree(): FlatTree {
    return this.script.tree;
  }

  /** Looks at what is done with an expression that yields the object. */
  followExpression(alias: Alias): void {
    const { tree } = this;
    let { node } = alias;
    if (tree.kind(tree.parent(node)) === Kind.parameters) return this.followParameter(node, alias);
    for (;;) {
      const parent = tree.parent(node);
      const kind = tree.kind(parent);
      const field = tree.field(node);
      if (kind === Kind.parenthesized_expression || kind === Kind.await || (kind === Kind.conditional_expression && tree.childAt(parent, 1) !== node)) {
        node = parent;
        continue;
      }
      if (kind === Kind.boolean_operator || (kind === Kind.named_expression && field === Field.value)) {
        if (kind === Kind.named_expression) this.followTarget(tree.child(parent, Field.name), alias);
        node = parent;
        continue;
      }
      if (kind === Kind.assignment && field === Field.right) {
        const left = tree.child(parent, Field.left);
        const isPattern = tree.kind(left) === Kind.pattern_list || tree.kind(left) === Kind.tuple_pattern || tree.kind(left) === Kind.list_pattern;
        if (!isPattern) this.followTarget(left, alias);
        else if (alias.item !== undefined) {
          const target = tree.children(left)[alias.item];
          if (target !== undefined) this.followTarget(target, { ...alias, item: undefined });
        }
        node = parent;
        continue;
      }
      if ((kind === Kind.expression_list || kind === Kind.tuple) && this.followUnpacking(parent, node, alias)) return;
      if (kind === Kind.expression_statement) return;
      if (kind === Kind.return_statement || (kind === Kind.lambda && field === Field.body)) return this.followReturn(alias);
      break;
    }
    this.classify({ ...alias, node });
  }

  /** The dict of `**kwargs` and the tuple of `*args` are made where the function begins. */
  private followParameter(parameter: Node, alias: Alias): void {
    const { script, tree } = this;
    const scope = script.scopes.byNode.get(tree.parent(tree.parent(parameter)));
    for (const bindings of scope?.bindings.values() ?? []) {
      for (const binding of bindings) {
        if (binding.source.kind === "parameter" && binding.source.parameter === parameter) this.followName(binding, alias);
      }
    }
  }

  /** `a, b = x, Trainer(...)`: b is the object. */
  private followUnpacking(list: Node, item: Node, alias: Alias): boolean {
    const { tree } = this;
    const assignment = tree.parent(list);
    if (tree.kind(assignment) !== Kind.assignment || tree.field(list) !== Field.right) return false;
    const targets = tree.child(assignment, Field.left);
    const target = tree.children(targets)[tree.children(list).indexOf(item)];
    if (target !== undefined && tree.kind(targets) !== Kind.identifier) this.followTarget(target, alias);
    return true;
  }

  private followTarget(target: Node, alias: Alias): void {
    const { tree, script } = this;
    const kind = tree.kind(target);
    if (kind === Kind.identifier) {
      const name = tree.textOf(target);
      const scope = script.scopes.resolve(name, script.scopes.scopeOf(target));
      const binding = scope?.bindings.get(name)?.find((each) => each.node === target);
      if (scope && binding) this.followName(binding, alias);
    } else if (kind === Kind.attribute) {
      const owner = script.selfOwnerOf(target);
      if (owner !== NO_NODE) this.followSelf(owner, tree.textOf(tree.child(target, Field.attribute)), target, alias);
      else this.escape(alias, target);
    } else if (kind === Kind.subscript) {
      const holder = script.evaluate(tree.child(target, Field.value), alias.frame);
      const key = stringOf(script.evaluate(tree.child(target, Field.subscript), alias.frame));
      this.followItem(holder.kind === "record" ? holder.origin : NO_NODE, key, target, alias);
    }
  }

  /** The object is kept under a key of a dict of the script: what reads that key reads the object. */
  private followItem(holder: Node, key: string | undefined, place: Node, alias: Alias): void {
    if (holder === NO_NODE || key === undefined || alias.depth >= DEEPEST_FOLLOW) return this.escape(alias, place);
    for (const event of this.script.objects.eventsOf(holder, alias.frame)) {
      if (event.kind === "escaped") this.escape(alias, event.node);
      if (event.kind !== "read" || event.target === undefined || event.target === place) continue;
      if (event.field === undefined) this.escape(alias, event.node);
      else if (event.field === key) this.followExpression({ ...alias, node: event.target, depth: alias.depth + 1 });
    }
  }

  private followName(binding: Binding, alias: Alias): void {
    const { script, tree } = this;
    const key = `${binding.node}/${alias.frame?.call.node ?? -1}/${alias.anchor ?? -1}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const scope = binding.scope;
    for (const occurrence of script.scopes.occurrences(binding.name)) {
      if (occurrence === binding.node || script.scopes.resolve(binding.name, script.scopes.scopeOf(occurrence)) !== scope) continue;
      if (isBindingSite(tree, occurrence)) {
        this.augmentedName(occurrence, binding, alias);
        continue;
      }
      const inSameFunction = script.functionScope(script.scopes.scopeOf(occurrence)) === script.functionScope(scope);
      if (inSameFunction) {
        const reaching = reachingEffects(script.flow, scope.bindings.get(binding.name) ?? [], occurrence);
        // An augmented assignment of a list or dict keeps the object under its name.
        const sees = !reaching || reaching.reaches.some(({ effect }) => effect === binding || effect.source.kind === "augmented");
        if (!sees) continue;
      }
      this.followExpression({ ...alias, node: occurrence });
    }
  }

  /** `d |= {...}` changes the object. */
  private augmentedName(occurrence: Node, binding: Binding, alias: Alias): void {
    const { tree, script } = this;
    const statement = tree.parent(occurrence);
    if (tree.kind(statement) !== Kind.augmented_assignment) return;
    const before = (script.scopes.resolve(binding.name, script.scopes.scopeOf(occurrence))?.bindings.get(binding.name) ?? []).filter((each) => each.node !== occurrence);
    const reaching = reachingEffects(script.flow, before, occurrence);
    if (reaching && !reaching.reaches.some(({ effect }) => effect === binding)) return;
    this.add(alias, { kind: "augmented", node: statement, from: tree.subtreeEnd(statement), value: tree.child(statement, Field.right) });
  }

  /** `self.args` in the other methods of the class. */
  private followSelf(owner: Node, name: string, target: Node, alias: Alias): void {
    const { script, tree } = this;
    const key = `self.${owner}.${name}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    for (const attribute of script.scopes.attributes(name)) {
      if (attribute === target || script.selfOwnerOf(attribute) !== owner) continue;
      if (tree.field(attribute) === Field.left && tree.kind(tree.parent(attribute)) === Kind.assignment) continue;
      this.followExpression({ ...alias, node: attribute });
    }
  }

  /** The object is what a function returns: it lives on where the function was called. */
  private followReturn(alias: Alias): void {
    if (alias.frame) this.followExpression({ node: alias.frame.call.node, frame: alias.frame.call.frame, anchor: alias.anchor, depth: alias.depth + 1 });
  }

  /** What is done with the object at one place where it is used. */
  private classify(alias: Alias): void {
    const { tree } = this;
    const { node } = alias;
    const parent = tree.parent(node);
    const field = tree.field(node);
    switch (tree.kind(parent)) {
      case Kind.attribute:
        if (field === Field.object) this.classifyAttribute(parent, tree.textOf(tree.child(parent, Field.attribute)), alias);
        return;
      case Kind.subscript:
        if (field === Field.value) this.classifySubscript(parent, alias);
        return;
      case Kind.argument_list:
        return this.classifyPassed(tree.parent(parent), alias, { position: tree.children(parent).indexOf(node) });
      case Kind.keyword_argument:
        if (field === Field.value) this.classifyPassed(tree.parent(tree.parent(parent)), alias, { keyword: tree.textOf(tree.child(parent, Field.name)) });
        return;
      case Kind.call:
        // The object itself is called.
        if (field === Field.function) this.add(alias, { kind: "called", node: parent, from: tree.subtreeEnd(parent), field: "__call__", call: this.script.callAt(parent, alias.frame) });
        return;
      case Kind.pair:
        if (field === Field.value) {
          const key = stringOf(this.script.evaluate(tree.child(parent, Field.key), alias.frame));
          this.followItem(tree.parent(parent), key, parent, alias);
        }
        return;
      case Kind.list:
      case Kind.tuple:
      case Kind.set:
      case Kind.expression_list:
      case Kind.yield:
        // Kept in a container: others can reach it from there.
        this.escape(alias, parent);
        return;
      case Kind.delete_statement:
        return;
    }
  }

  private classifyAttribute(attribute: Node, name: string, alias: Alias): void {
    const { tree, script } = this;
    let path = name;
    let node = attribute;
    // model.config.use_cache = False writes the field "config.use_cache".
    while (tree.kind(tree.parent(node)) === Kind.attribute && tree.field(node) === Field.object) {
      node = tree.parent(node);
      path += `.${tree.textOf(tree.child(node, Field.attribute))}`;
    }
    const parent = tree.parent(node);
    const kind = tree.kind(parent);
    if (kind === Kind.assignment && tree.field(node) === Field.left) {
      return this.add(alias, { kind: "written", node: parent, from: tree.subtreeEnd(parent), field: path, value: tree.child(parent, Field.right), target: node });
    }
    if (kind === Kind.augmented_assignment && tree.field(node) === Field.left) {
      return this.add(alias, { kind: "augmented", node: parent, from: tree.subtreeEnd(parent), field: path, value: tree.child(parent, Field.right), target: node });
    }
    if (kind === Kind.call && tree.field(node) === Field.function) {
      const call = script.callAt(parent, alias.frame);
      this.add(alias, { kind: "called", node: parent, from: tree.subtreeEnd(parent), field: path, call });
      const owner = script.evaluate(tree.child(attribute, Field.object), alias.frame);
      if (owner.kind === "instance" && returnsSelf(owner.object.className ?? "", path)) this.followExpression({ ...alias, node: parent });
      return;
    }
    const statement = targetStatement(tree, node);
    if (statement !== NO_NODE) {
      const deleted = tree.kind(statement) === Kind.delete_statement;
      this.add(alias, { kind: deleted ? "deleted" : "written", node: statement, from: tree.subtreeEnd(statement), field: path, target: node });
    }
  }

  private classifySubscript(subscript: Node, alias: Alias): void {
    const { tree, script } = this;
    const parent = tree.parent(subscript);
    const keys = tree.children(subscript, Field.subscript);
    const key = keys.length === 1 ? stringOf(script.evaluate(keys[0] ?? NO_NODE, alias.frame)) : undefined;
    const item = { isItem: true, target: subscript, ...(key === undefined ? {} : { field: key }) } as const;
    const isLeft = tree.field(subscript) === Field.left;
    if (tree.kind(parent) === Kind.assignment && isLeft) {
      this.add(alias, { kind: "written", node: parent, from: tree.subtreeEnd(parent), value: tree.child(parent, Field.right), ...item });
    } else if (tree.kind(parent) === Kind.augmented_assignment && isLeft) {
      this.add(alias, { kind: "written", node: parent, from: tree.subtreeEnd(parent), ...item });
    } else {
      const statement = targetStatement(tree, subscript);
      if (statement === NO_NODE) return this.add(alias, { kind: "read", node: subscript, from: tree.subtreeEnd(subscript), ...item });
      const deleted = tree.kind(statement) === Kind.delete_statement;
      this.add(alias, { kind: deleted ? "deleted" : "written", node: statement, from: tree.subtreeEnd(statement), ...item });
    }
  }

  private classifyPassed(callNode: Node, alias: Alias, how: { readonly position?: number; readonly keyword?: string }): void {
    const { tree, script } = this;
    if (tree.kind(callNode) !== Kind.call) return;
    const call = script.callAt(callNode, alias.frame);
    const from = tree.subtreeEnd(callNode);
    const name = call.name ?? "";
    if (name === "builtins.setattr" && how.position === 0) {
      const field = stringOf(call.positional[1]?.value ?? UNKNOWN);
      const value = call.positional[2]?.node;
      return this.add(alias, { kind: "written", node: callNode, from, ...(field === undefined ? {} : { field }), ...(value === undefined ? {} : { value }) });
    }
    this.add(alias, { kind: "passed", node: callNode, from, field: name, call });
    if (RETURN_FIRST_ARGUMENT.has(name)) return this.followExpression({ ...alias, node: callNode });
    const { callee } = call;
    if (callee.kind === "function") return this.followIntoFunction(call, alias, how);
    if (isKindOf(name, "transformers.Trainer")) return this.followTrainerLink(call, alias);
    if (callee.kind === "class" || isHarmless(name) || isBuilderOfText(tree, callNode)) return;
    if (call.receiver?.kind === "record" || call.receiver?.kind === "sequence") {
      // d.update(e) reads e; l.append(d) keeps d.
      if (call.method === "update" || call.method === "extend") return;
    }
    this.escape(alias, callNode);
  }

  /** The same object under `trainer.args`. */
  private followTrainerLink(call: Call, alias: Alias): void {
    const { script, tree } = this;
    const made = script.evaluate(call.node, call.frame);
    if (made.kind !== "instance") return;
    const passedAs = [...call.keywords].find(([, argument]) => argument.node === alias.node)?.[0] ?? ["model", "args"][call.positional.findIndex((argument) => argument.node === alias.node)];
    for (const [attribute, argument] of Object.entries(TRAINER_LINKS)) {
      if (argument !== passedAs) continue;
      for (const node of script.scopes.attributes(attribute)) {
        const owner = script.evaluate(tree.child(node, Field.object), alias.frame);
        if (owner.kind === "instance" && owner.object === made.object) this.followExpression({ ...alias, node });
      }
    }
  }

  /** A function of the file gets the object: what it does with its parameter happens at the call. */
  private followIntoFunction(call: Call, alias: Alias, how: { readonly position?: number; readonly keyword?: string }): void {
    const { script } = this;
    const { callee } = call;
    if (callee.kind !== "function") return;
    if (alias.depth >= DEEPEST_FOLLOW) return this.escape(alias, call.node);
    const info = callee.function;
    const offset = callee.self ? 1 : 0;
    const parameter = how.keyword !== undefined ? info.parameters.find((each) => each.name === how.keyword) : info.parameters[(how.position ?? 0) + offset];
    const scope = script.scopes.byNode.get(info.node);
    const binding = parameter && scope?.bindings.get(parameter.name)?.find((each) => each.source.kind === "parameter");
    if (!binding || parameter.kind === "args" || parameter.kind === "kwargs") return this.escape(alias, call.node);
    this.followName(binding, { node: binding.node, frame: undefined, anchor: alias.anchor ?? call.node, depth: alias.depth + 1 });
  }

  private escape(alias: Alias, node: Node): void {
    this.add(alias, { kind: "escaped", node, from: this.tree.subtreeEnd(node) });
  }

  private add(alias: Alias, event: Omit<ObjectEvent, "frame">): void {
    if (alias.anchor === undefined) {
      this.events.push({ ...event, frame: alias.frame });
      return;
    }
    // Inside the helper a branch may or may not be taken; then all that is known is that something may have been written.
    const conditional = this.script.flow.armsOf(event.node).length > 0;
    const { value, ...rest } = event;
    const known = !conditional && value !== undefined ? { value } : {};
    const kind = conditional && event.kind !== "passed" && event.kind !== "called" ? "written" : event.kind;
    this.events.push({ ...rest, ...known, kind, node: alias.anchor, from: this.tree.subtreeEnd(alias.anchor), frame: alias.frame });
  }
}

/** The statement that a node is a target of: a tuple assignment, a for, a del. */
function targetStatement(tree: FlatTree, node: Node): Node {
  let inner = node;
  for (let parent = tree.parent(inner); parent !== NO_NODE; inner = parent, parent = tree.parent(inner)) {
    const kind = tree.kind(parent);
    if (kind === Kind.delete_statement) return parent;
    if (kind === Kind.assignment || kind === Kind.for_statement) return tree.field(inner) === Field.left ? parent : NO_NODE;
    if (kind !== Kind.pattern_list && kind !== Kind.tuple_pattern && kind !== Kind.list_pattern && kind !== Kind.expression_list) return NO_NODE;
  }
  return NO_NODE;
}

/** Whether an identifier is written here and not read. */
function isBindingSite(tree: FlatTree, identifier: Node): boolean {
  const parent = tree.parent(identifier);
  const kind = tree.kind(parent);
  if ((kind === Kind.assignment || kind === Kind.augmented_assignment) && tree.field(identifier) === Field.left) return true;
  if (kind === Kind.pattern_list || kind === Kind.tuple_pattern || kind === Kind.list_pattern || kind === Kind.as_pattern_target) return true;
  return kind === Kind.global_statement || kind === Kind.nonlocal_statement || (kind === Kind.named_expression && tree.field(identifier) === Field.name);
}

/** `logger.info(args)`, `print(args)`, `"...".format(args)`: the callee only makes text of it. */
function isBuilderOfText(tree: FlatTree, call: Node): boolean {
  const callee = tree.child(call, Field.function);
  if (tree.kind(callee) !== Kind.attribute) return false;
  return /^(info|debug|warning|error|critical|exception|log|print|format|log_params|log_param|pprint)$/.test(tree.textOf(tree.child(callee, Field.attribute)));
}

