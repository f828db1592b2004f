/**
 * The Script model: what a script says, independent of versions. Rules ask it and never walk syntax themselves.
 *
 * One pass finds scopes, names and calls; everything else is worked out when it is asked for, and remembered.
 */
import { isKindOf, leafNamesOf } from "../knowledge/classes.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import { CallIndex } from "./callIndex.js";
import { Call } from "./calls.js";
import { Evaluator } from "./evaluator.js";
import type { ObjectEvent } from "./events.js";
import { Flow } from "./flow.js";
import { readClass, readFunction, type ClassInfo, type Frame, type FunctionInfo } from "./functions.js";
import { Imports } from "./imports.js";
import { Objects, ScriptObject } from "./objects.js";
import { Scopes, type Scope } from "./scopes.js";
import { stringOf, UNKNOWN, type ParameterValue, type Value } from "./values.js";

/** A write to `self.name` in a method. */
export interface SelfWrite {
  /** The assignment; the write is in force from `from` on. */
  readonly node: Node;
  readonly from: Node;
  /** The expression written; NO_NODE when it is not a plain assignment. */
  readonly value: Node;
}

/** `os.environ["NAME"] = value` and its other spellings. */
export interface EnvironmentWrite {
  readonly name: string;
  readonly value: Value;
  readonly node: Node;
}

export class Script {
  readonly scopes: Scopes;
  readonly imports: Imports;
  readonly flow: Flow;
  readonly evaluator: Evaluator;
  readonly objects: Objects;
  private ownClasses: readonly ClassInfo[] | undefined;
  private readonly functions = new Map<Node, FunctionInfo>();
  private readonly methodCalls = new Map<string, readonly Call[]>();
  /** Method -> the call that made the object -> the calls. */
  private readonly methodCallsByMaker = new Map<string, ReadonlyMap<Node, readonly Call[]>>();
  private readonly classes = new Map<Node, ClassInfo>();
  private readonly plainCalls = new Map<Node, Call>();
  private readonly framedCalls = new WeakMap<Frame, Map<Node, Call>>();
  private readonly callsByName = new Map<string, readonly Call[]>();
  private readonly selfWritesByName = new Map<string, readonly SelfWrite[]>();
  private calls: CallIndex | undefined;
  private readonly callsByPattern = new Map<string, readonly Call[]>();

  constructor(readonly tree: FlatTree) {
    this.scopes = new Scopes(tree);
    this.imports = new Imports(this.scopes);
    this.flow = new Flow(this);
    this.evaluator = new Evaluator(this);
    this.objects = new Objects(this);
  }

  /** The calls by what is written of them; worked out when it is first asked for. */
  get index(): CallIndex {
    this.calls ??= new CallIndex(this.scopes);
    return this.calls;
  }

  get text(): string {
    return this.tree.text;
  }

  /** What an expression is known to be where it stands. */
  evaluate(node: Node, frame?: Frame): Value {
    return this.evaluator.evaluate(node, frame);
  }

  // --- calls -------------------------------------------------------------------------------------------------------------------

  /** The one Call object for a call node (and, inside a helper function, for one run of it). */
  callAt(node: Node, frame?: Frame): Call {
    let calls = this.plainCalls;
    if (frame) {
      calls = this.framedCalls.get(frame) ?? new Map<Node, Call>();
      this.framedCalls.set(frame, calls);
    }
    let call = calls.get(node);
    if (!call) {
      call = new Call(this, node, frame);
      calls.set(node, call);
    }
    return call;
  }

  /**
   * The calls to a library callable, however it was imported or renamed, in source order. With `subclasses` (the default) a class
   * includes the libraries' own subclasses; the user's never count. For methods write `transformers.Trainer.train`.
   */
  callsTo(name: string, { subclasses = true } = {}): readonly Call[] {
    const key = subclasses ? name : `=${name}`;
    const known = this.callsByName.get(key);
    if (known) return known;
    const owner = name.slice(0, name.lastIndexOf("."));
    const leaf = name.slice(name.lastIndexOf(".") + 1);
    const isMethod = /\.[A-Z]\w*$/.test(owner);
    const leaves = subclasses && !isMethod ? leafNamesOf(name) : undefined;
    const matches = (actual: string): boolean => {
      if (actual === name) return true;
      if (!subclasses) return false;
      if (!isMethod) return isKindOf(actual, name);
      const dot = actual.lastIndexOf(".");
      return actual.slice(dot + 1) === leaf && isKindOf(actual.slice(0, dot), owner);
    };
    const calls = (leaves ? this.index.namedAny(leaves) : this.index.named(leaf))
      .map((node) => this.callAt(node))
      .filter((call) => call.name !== undefined && matches(call.name));
    this.callsByName.set(key, calls);
    return calls;
  }

  /** The calls whose written name, or the name that it stands for, is one of these, in source order. Their canonical names are still to be asked. */
  callsNamed(leaves: ReadonlySet<string>): readonly Call[] {
    return this.index.namedAny(leaves).map((node) => this.callAt(node));
  }

  /** The calls of library callables whose canonical name matches, in source order; `leaf` has to match the name after the last dot. */
  callsMatching(name: RegExp, leaf: RegExp): readonly Call[] {
    const key = `${name.source} ${leaf.source}`;
    let calls = this.callsByPattern.get(key);
    if (!calls) {
      calls = this.index
        .namedLike(leaf)
        .map((node) => this.callAt(node))
        .filter((call) => name.test(call.name ?? ""));
      this.callsByPattern.set(key, calls);
    }
    return calls;
  }

  /** The classes that the file defines, in source order. */
  localClasses(): readonly ClassInfo[] {
    this.ownClasses ??= [...this.scopes.byNode.values()].filter((scope) => scope.kind === "class").map((scope) => this.classAt(scope.node));
    return this.ownClasses;
  }

  /** The calls that make an object of a class of the file, in source order. */
  callsToClass(info: ClassInfo): readonly Call[] {
    return this.index
      .named(info.name)
      .map((node) => this.callAt(node))
      .filter((call) => call.callee.kind === "class" && call.callee.class === info);
  }

  /** The library classes that a class of the file derives from, by canonical name, whatever classes of the file lie between. */
  libraryBases(info: ClassInfo): string[] {
    return this.lineage(info).flatMap((each) => each.bases.map((base) => this.evaluate(base)).flatMap((value) => (value.kind === "reference" ? [value.name] : [])));
  }

  /** The calls that are or may be given one of these keywords: written, or by a `**`. What is called is still to be asked. */
  callsGiven(...keywords: string[]): readonly Call[] {
    return this.index.givenAny(keywords).map((node) => this.callAt(node));
  }

  /** Calls of a method by its name, on whatever object, in source order. */
  callsOfMethod(method: string): readonly Call[] {
    let calls = this.methodCalls.get(method);
    if (!calls) {
      calls = this.index
        .written(method)
        .filter((node) => this.tree.kind(this.tree.child(node, Field.function)) === Kind.attribute)
        .map((node) => this.callAt(node));
      this.methodCalls.set(method, calls);
    }
    return calls;
  }

  /** The same on the very object that a call makes (`Trainer(...)` for `trainer.train()`). */
  callsOfMethodOn(maker: Node, method: string): readonly Call[] {
    let byMaker = this.methodCallsByMaker.get(method);
    if (!byMaker) {
      const found = new Map<Node, Call[]>();
      for (const call of this.callsOfMethod(method)) {
        const { receiver } = call;
        const made = receiver?.kind === "instance" ? receiver.object.call?.node : undefined;
        if (made === undefined) continue;
        const known = found.get(made);
        if (known) known.push(call);
        else found.set(made, [call]);
      }
      this.methodCallsByMaker.set(method, (byMaker = found));
    }
    return byMaker.get(maker) ?? [];
  }

  // --- functions and classes ---------------------------------------------------------------------------------------------------

  functionAt(node: Node): FunctionInfo {
    let info = this.functions.get(node);
    if (!info) {
      info = readFunction(this.tree, node);
      this.functions.set(node, info);
    }
    return info;
  }

  classAt(node: Node): ClassInfo {
    let info = this.classes.get(node);
    if (!info) {
      info = readClass(this.tree, node);
      this.classes.set(node, info);
    }
    return info;
  }

  /** What a function of the file returns, its parameters unknown. */
  returnValue(info: FunctionInfo, frame?: Frame): Value {
    return this.evaluator.returnValue(info, frame);
  }

  /** The function, lambda or module around a scope; comprehensions run with what surrounds them, class bodies too. */
  functionScope(scope: Scope): Scope {
    let current = scope;
    while ((current.kind === "comprehension" || current.kind === "class") && current.parent) current = current.parent;
    return current;
  }

  /** A class of the file and those of its bases that the file defines, the nearest first. */
  lineage(info: ClassInfo): ClassInfo[] {
    const found = [info];
    for (let index = 0; index < found.length && found.length < 16; index++) {
      for (const base of found[index]?.bases ?? []) {
        const value = this.evaluate(base);
        if (value.kind === "class" && !found.includes(value.class)) found.push(value.class);
      }
    }
    return found;
  }

  methodOf(info: ClassInfo, name: string): FunctionInfo | undefined {
    for (const each of this.lineage(info)) {
      const node = each.methods.get(name);
      if (node !== undefined) return this.functionAt(node);
    }
    return undefined;
  }

  /** Whether a parameter is the `self` of a method. */
  isSelf(value: ParameterValue): boolean {
    const { function: info, name } = value;
    return info.owner !== NO_NODE && info.parameters[0]?.name === name && !info.isStatic;
  }

  /** The class whose `self` an attribute is taken of, or NO_NODE. */
  selfOwnerOf(attribute: Node): Node {
    const object = this.tree.child(attribute, Field.object);
    if (this.tree.kind(object) !== Kind.identifier) return NO_NODE;
    const value = this.evaluate(object);
    return value.kind === "parameter" && this.isSelf(value) ? value.function.owner : NO_NODE;
  }

  /** Every write to `self.name` in the methods of a class, in source order. */
  selfWrites(owner: Node, name: string): readonly SelfWrite[] {
    const key = `${owner}.${name}`;
    const known = this.selfWritesByName.get(key);
    if (known) return known;
    const { tree } = this;
    const writes: SelfWrite[] = [];
    for (const attribute of this.scopes.attributes(name)) {
      if (tree.field(attribute) !== Field.left && !this.isPatternTarget(attribute)) continue;
      if (this.selfOwnerOf(attribute) !== owner) continue;
      const statement = tree.parent(attribute);
      const plain = tree.kind(statement) === Kind.assignment && tree.field(attribute) === Field.left;
      writes.push({ node: attribute, from: tree.subtreeEnd(statement), value: plain ? tree.child(statement, Field.right) : NO_NODE });
    }
    this.selfWritesByName.set(key, writes);
    return writes;
  }

  private isPatternTarget(node: Node): boolean {
    const kind = this.tree.kind(this.tree.parent(node));
    return kind === Kind.pattern_list || kind === Kind.tuple_pattern || kind === Kind.list_pattern;
  }

  /** Whether something outside writes an attribute of a class or of its instances (`CFG.lr = 1`). */
  classAttributeIsWritten(info: ClassInfo, name: string): boolean {
    const { tree } = this;
    return this.scopes.attributes(name).some((attribute) => {
      if (tree.field(attribute) !== Field.left && !this.isPatternTarget(attribute)) return false;
      const object = tree.child(attribute, Field.object);
      return tree.kind(object) === Kind.identifier && (tree.textOf(object) === info.name || tree.textOf(object) === "cls");
    });
  }

  // --- objects -----------------------------------------------------------------------------------------------------------------

  /** What happens to an object, in source order. */
  eventsOf(object: ScriptObject): readonly ObjectEvent[] {
    return this.objects.eventsOf(object.origin, object.frame, object.item);
  }

  /** The events that certainly come before a place: in the same function, earlier, and not in a branch that the place is outside of. */
  eventsBefore(object: ScriptObject, node: Node): readonly ObjectEvent[] {
    return this.eventsOf(object).filter((event) => event.from <= node && this.precedes(event.node, node));
  }

  /** Whether one place has certainly run when another is reached. */
  precedes(earlier: Node, later: Node): boolean {
    if (earlier >= later || this.functionScope(this.scopes.scopeOf(earlier)) !== this.functionScope(this.scopes.scopeOf(later))) return false;
    const arms = this.flow.armsOf(later);
    return this.flow.armsOf(earlier).every((arm, index) => arms[index]?.body === arm.body);
  }

  /** One part of what a call returns, where its result can be unpacked: the dataclasses of HfArgumentParser. */
  unpackedResult(call: Call, index: number): Value | undefined {
    if (call.method !== "parse_args_into_dataclasses" && call.method !== "parse_json_file" && call.method !== "parse_yaml_file" && call.method !== "parse_dict") return undefined;
    const parser = call.receiver;
    if (parser?.kind !== "instance" || !/(^|\.)(HfArgumentParser|TrlParser)$/.test(parser.object.className ?? "")) return undefined;
    const types = parser.object.call?.value("dataclass_types", 0) ?? UNKNOWN;
    const type = types.kind === "sequence" ? types.items[index] : index === 0 ? types : undefined;
    if (type?.kind === "reference") return { kind: "instance", object: this.parsed(call, index, type.name, undefined), origin: call.node };
    if (type?.kind === "class") return { kind: "instance", object: this.parsed(call, index, undefined, type.class), origin: call.node };
    return undefined;
  }

  private readonly parsedObjects = new Map<string, ScriptObject>();

  private parsed(call: Call, index: number, className: string | undefined, localClass: ClassInfo | undefined): ScriptObject {
    const key = `${call.node}/${index}`;
    let object = this.parsedObjects.get(key);
    if (!object) {
      object = new ScriptObject(className, localClass, undefined, call.node, call.frame, true, index);
      this.parsedObjects.set(key, object);
    }
    return object;
  }

  // --- the environment ---------------------------------------------------------------------------------------------------------

  /** Every write to an environment variable with a known name, in source order. */
  environmentWrites(): EnvironmentWrite[] {
    const { tree } = this;
    const writes: EnvironmentWrite[] = [];
    for (const attribute of this.scopes.attributes("environ")) {
      const value = this.evaluate(attribute);
      if (value.kind !== "reference" || value.name !== "os.environ") continue;
      const parent = tree.parent(attribute);
      if (tree.kind(parent) === Kind.subscript && tree.field(parent) === Field.left) {
        const name = stringOf(this.evaluate(tree.child(parent, Field.subscript)));
        const statement = tree.parent(parent);
        if (name !== undefined) writes.push({ name, value: this.evaluate(tree.child(statement, Field.right)), node: statement });
      }
    }
    for (const call of [...this.callsTo("os.environ.setdefault"), ...this.callsTo("os.putenv")]) {
      const name = stringOf(call.positional[0]?.value ?? UNKNOWN);
      if (name !== undefined) writes.push({ name, value: call.positional[1]?.value ?? UNKNOWN, node: call.node });
    }
    return writes.sort((a, b) => a.node - b.node);
  }

  // --- places ------------------------------------------------------------------------------------------------------------------

  /** The value's expression of a `name=value`, a dict pair or an assignment. */
  valueNode(entry: Node): Node {
    const value = this.tree.child(entry, Field.value);
    if (value !== NO_NODE) return value;
    const right = this.tree.child(entry, Field.right);
    return right === NO_NODE ? entry : right;
  }
}
