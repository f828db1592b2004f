/** Expression -> Value, on demand and remembered. What can't be known is unknown; nothing here throws on broken code. */
import { canonicalName } from "../knowledge/canonicalNames.js";
import { isKindOf, keepsArgumentsAsFields, TRAINER_LINKS } from "../knowledge/classes.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import { BUILTIN_NAMES } from "./builtinNames.js";
import { CallEvaluator } from "./callEvaluator.js";
import { isEncoding } from "./calls.js";
import { comparisonAt } from "./comparisons.js";
import { ALWAYS, type Conditions } from "./conditions.js";
import { foldBinary, foldComparison, foldUnary, literal, textOf } from "./folding.js";
import type { ClassInfo, Frame, FunctionInfo } from "./functions.js";
import { hasPrefix, readEscapes, readNumber } from "./literals.js";
import type { ScriptObject } from "./objects.js";
import { END_OF_SCOPE, reachingEffects, type Reach } from "./reaching.js";
import type { Binding, Scope } from "./scopes.js";
import type { Script } from "./script.js";
import { oneOf, stringOf, truthOf, UNKNOWN, unknownAt, type OneOf, type Operation, type RecordEntry, type Value } from "./values.js";

/** How deep one value may ask for another: far beyond what people write, and short of the stack. */
const DEEPEST_EXPRESSION = 400;

export class Evaluator {
  private readonly memo = new Map<Node, Value>();
  private depth = 0;
  private readonly outerReaches = new Map<readonly Binding[], readonly Reach<Binding>[] | undefined>();
  private readonly imported = new Map<Binding, Value>();
  private readonly tree: FlatTree;

  private readonly calls: CallEvaluator;

  constructor(private readonly script: Script) {
    this.tree = script.tree;
    this.calls = new CallEvaluator(script, this);
  }

  evaluate(node: Node, frame: Frame | undefined): Value {
    if (node === NO_NODE) return UNKNOWN;
    const memo = frame?.memo ?? this.memo;
    const known = memo.get(node);
    if (known) return known;
    if (this.depth > DEEPEST_EXPRESSION) return unknownAt(node);
    // A value that depends on itself (x = x + 1 in a loop, mutual recursion) is unknown: that is what it finds of itself.
    memo.set(node, unknownAt(node));
    this.depth++;
    const value = this.compute(node, frame);
    this.depth--;
    memo.set(node, value);
    return value;
  }

  private compute(node: Node, frame: Frame | undefined): Value {
    const { tree } = this;
    switch (tree.kind(node)) {
      case Kind.identifier:
        return this.variable(tree.textOf(node), node, frame);
      case Kind.integer:
      case Kind.float: {
        const number = readNumber(tree.textOf(node));
        return number ? literal(number.type, number.value, node) : unknownAt(node);
      }
      case Kind.true:
        return literal("bool", true, node);
      case Kind.false:
        return literal("bool", false, node);
      case Kind.none:
        return literal("none", null, node);
      case Kind.ellipsis:
        return literal("ellipsis", null, node);
      case Kind.string:
        return this.string(node, frame);
      case Kind.concatenated_string: {
        const parts = tree.children(node).map((part) => stringOf(this.evaluate(part, frame)));
        return parts.every((part) => part !== undefined) ? literal("str", parts.join(""), node) : unknownAt(node);
      }
      case Kind.list:
      case Kind.set:
      case Kind.tuple:
      case Kind.expression_list:
        return this.sequence(node, frame);
      case Kind.list_comprehension:
      case Kind.set_comprehension:
        return { kind: "sequence", type: tree.kind(node) === Kind.set_comprehension ? "set" : "list", items: [], open: true, origin: node };
      case Kind.dictionary:
        return this.dictionary(node, frame);
      case Kind.dictionary_comprehension:
        return this.mappedItems(node, frame) ?? { kind: "record", entries: new Map(), open: true, origin: node };
      case Kind.parenthesized_expression:
        return this.evaluate(tree.childAt(node, 0), frame);
      case Kind.named_expression:
        return this.evaluate(tree.child(node, Field.value), frame);
      case Kind.conditional_expression:
        return this.conditional(node, frame);
      case Kind.boolean_operator:
        return this.boolean(node, frame);
      case Kind.not_operator: {
        const operand = this.evaluate(tree.child(node, Field.argument), frame);
        return mapAlternatives(operand, (each) => {
          const truth = truthOf(each);
          return truth === undefined ? this.operation("not", [each], [tree.child(node, Field.argument)], node) : literal("bool", !truth, node);
        });
      }
      case Kind.comparison_operator:
        return this.comparison(node, frame);
      case Kind.binary_operator: {
        const left = tree.child(node, Field.left);
        const right = tree.child(node, Field.right);
        const operator = tree.textOf(tree.child(node, Field.operator));
        return this.binary(operator, this.evaluate(left, frame), this.evaluate(right, frame), [left, right], node);
      }
      case Kind.unary_operator: {
        const argument = tree.child(node, Field.argument);
        const operator = tree.textOf(tree.child(node, Field.operator));
        return mapAlternatives(this.evaluate(argument, frame), (each) => foldUnary(operator, each, node) ?? this.operation(operator, [each], [argument], node));
      }
      case Kind.await:
        return this.evaluate(tree.childAt(node, 0), frame);
      case Kind.lambda:
        return { kind: "function", function: this.script.functionAt(node), origin: node };
      case Kind.attribute:
        return this.attribute(node, frame);
      case Kind.subscript:
        return this.subscript(node, frame);
      case Kind.call:
        return this.calls.evaluate(node, frame);
      case Kind.assignment:
        return this.evaluate(tree.child(node, Field.right), frame);
      default:
        return unknownAt(node);
    }
  }

  private operation(operator: string, operands: readonly Value[], nodes: readonly Node[], origin: Node): Operation {
    return { kind: "operation", operator, operands, nodes, origin };
  }

  /** A binary operator over values that may each be one of a few. The arithmetic is kept beside a folded result. */
  binary(operator: string, left: Value, right: Value, nodes: readonly Node[], origin: Node): Value {
    return mapAlternatives(left, (a) =>
      mapAlternatives(right, (b) => {
        const unfolded = this.operation(operator, [a, b], nodes, origin);
        const folded = foldBinary(operator, a, b, origin);
        return folded?.kind === "literal" ? { ...folded, folded: unfolded } : (folded ?? unfolded);
      }),
    );
  }

  // --- names -------------------------------------------------------------------------------------------------------------------

  private variable(name: string, reader: Node, frame: Frame | undefined): Value {
    const { scopes } = this.script;
    const from = scopes.scopeOf(reader);
    const owner = scopes.resolve(name, from);
    if (!owner) {
      const isBuiltin = scopes.starImports.length === 0 && BUILTIN_NAMES.has(name);
      return isBuiltin ? { kind: "reference", name: `builtins.${name}`, origin: reader } : unknownAt(reader);
    }
    const bindings = owner.bindings.get(name) ?? [];
    if (this.script.functionScope(from) === this.script.functionScope(owner)) return this.bound(bindings, reader, frame, reader);
    // A variable of an outer scope, read when the function runs. A known call says when that is.
    if (frame && this.script.functionScope(owner) === this.script.functionScope(scopes.scopeOf(frame.call.node))) {
      return this.bound(bindings, frame.call.node, frame.call.frame, reader);
    }
    const reaches = this.reachesFromWithin(bindings);
    return reaches ? this.choose(reaches, reader, undefined) : unknownAt(reader);
  }

  /** What a function may see of an outer variable, whenever it runs; undefined where that is not one state. */
  private reachesFromWithin(bindings: readonly Binding[]): readonly Reach<Binding>[] | undefined {
    if (this.outerReaches.has(bindings)) return this.outerReaches.get(bindings);
    this.outerReaches.set(bindings, undefined);
    const { flow } = this.script;
    const live = bindings.filter((binding) => !flow.armsOf(binding.node).some((arm) => flow.isNever(arm)));
    const isPlain = live.every((binding) => binding.source.kind !== "opaque" && binding.source.kind !== "augmented");
    const reaching = isPlain ? reachingEffects(flow, live, END_OF_SCOPE) : undefined;
    // Bound one after the other: the function may run between the two.
    const isOneState = reaching !== undefined && (reaching.reaches.length === live.length || this.agree(live));
    const reaches = isOneState ? reaching.reaches : undefined;
    this.outerReaches.set(bindings, reaches);
    return reaches;
  }

  private agree(bindings: readonly Binding[]): boolean {
    const [first, ...rest] = bindings.map((binding) => this.bindingValue(binding, undefined));
    return first?.kind === "reference" && rest.every((value) => value.kind === "reference" && value.name === first.name);
  }

  private bound(bindings: readonly Binding[], reader: Node, frame: Frame | undefined, origin: Node): Value {
    const reaching = reachingEffects(this.script.flow, bindings, reader);
    if (!reaching || reaching.reaches.length === 0) return unknownAt(origin);
    return this.choose(reaching.reaches, reader, frame);
  }

  private choose(reaches: readonly Reach<Binding>[], reader: Node, frame: Frame | undefined): Value {
    const value = oneOf(
      reaches.map(({ effect, conditions }) => ({
        value: this.script.objects.asSeenFrom(this.bindingValue(effect, frame), reader, frame),
        conditions,
      })),
    );
    return this.script.flow.narrowed(value, reader);
  }

  /** What a binding gave its name. */
  bindingValue(binding: Binding, frame: Frame | undefined): Value {
    const { source } = binding;
    const { tree } = this;
    switch (source.kind) {
      case "assigned":
        return this.unpacked(this.evaluate(source.expression, frame), source.path, source.expression);
      case "augmented": {
        const { statement } = source;
        const left = tree.child(statement, Field.left);
        const right = tree.child(statement, Field.right);
        const operator = tree.textOf(tree.child(statement, Field.operator)).replace(/=$/, "");
        const before = this.evaluate(left, frame);
        // `d |= {...}` and `l += [...]` change the object itself; objects.ts applies them.
        if (before.kind === "record" || before.kind === "sequence") return before;
        return this.binary(operator, before, this.evaluate(right, frame), [left, right], statement);
      }
      case "imported": {
        let value = this.imported.get(binding);
        if (!value) {
          value = source.name.startsWith(".") ? unknownAt(binding.node) : { kind: "reference", name: canonicalName(source.name), origin: binding.node };
          this.imported.set(binding, value);
        }
        return value;
      }
      case "parameter":
        return this.parameter(binding, frame);
      case "function":
        return { kind: "function", function: this.script.functionAt(source.definition), origin: source.definition };
      case "class":
        return { kind: "class", class: this.script.classAt(source.definition), origin: source.definition };
      case "opaque":
        return unknownAt(source.node);
    }
  }

  private unpacked(value: Value, path: readonly number[], origin: Node): Value {
    let current = value;
    for (const index of path) {
      if (current.kind === "oneOf") {
        current = mapAlternatives(current, (each) => this.itemAt(each, index, origin));
      } else current = this.itemAt(current, index, origin);
    }
    return current;
  }

  private itemAt(value: Value, index: number, origin: Node): Value {
    if (value.kind === "sequence" && value.type !== "set") return value.items[index] ?? unknownAt(origin);
    if (value.kind === "call") return this.script.unpackedResult(value.call, index) ?? { kind: "item", object: value, key: literal("int", index, origin), origin };
    return unknownAt(origin);
  }

  private parameter(binding: Binding, frame: Frame | undefined): Value {
    const definition = binding.scope.node;
    const info = this.script.functionAt(definition);
    if (frame?.function.node === definition) {
      const passed = frame.arguments.get(binding.name);
      if (passed) return passed;
    }
    return { kind: "parameter", name: binding.name, function: info, origin: binding.node };
  }

  // --- literals ----------------------------------------------------------------------------------------------------------------

  private string(node: Node, frame: Frame | undefined): Value {
    const { tree } = this;
    // Plain strings have no nodes inside (flatten.ts); an f-string has its start, its contents and its expressions.
    if (tree.firstChild(node) === NO_NODE) return this.plainString(node);
    const start = tree.textOf(tree.firstChild(node));
    let text = "";
    const raw = hasPrefix(start, "r");
    for (const part of tree.children(node)) {
      const kind = tree.kind(part);
      if (kind === Kind.string_content) {
        const content = tree.textOf(part).replaceAll("{{", "{").replaceAll("}}", "}");
        text += raw ? content : readEscapes(content);
      } else if (kind === Kind.interpolation) {
        if (tree.children(part).length > 1) return unknownAt(node);
        const piece = textOf(this.evaluate(tree.child(part, Field.expression), frame));
        if (piece === undefined) return unknownAt(node);
        text += piece;
      } else if (kind === Kind.other) {
        // escape_interpolation: {{ or }}
        text += tree.textOf(part).slice(0, 1);
      }
    }
    return literal("str", text, node);
  }

  private plainString(node: Node): Value {
    const written = this.tree.textOf(node);
    const [, prefix = "", quotes = ""] = /^([a-zA-Z]*)("""|'''|"|')/.exec(written) ?? [];
    const content = written.slice(prefix.length + quotes.length, written.length - quotes.length);
    return literal(hasPrefix(prefix, "b") ? "bytes" : "str", hasPrefix(prefix, "r") ? content : readEscapes(content), node);
  }

  private sequence(node: Node, frame: Frame | undefined): Value {
    const { tree } = this;
    const kind = tree.kind(node);
    const items: Value[] = [];
    let open = false;
    for (const child of tree.children(node)) {
      if (tree.kind(child) === Kind.list_splat) {
        const inner = this.evaluate(tree.firstChild(child), frame);
        if (inner.kind === "sequence") items.push(...inner.items);
        open ||= inner.kind !== "sequence" || inner.open;
      } else items.push(this.evaluate(child, frame));
    }
    const type = kind === Kind.list ? "list" : kind === Kind.set ? "set" : "tuple";
    return { kind: "sequence", type, items, open, origin: node };
  }

  private dictionary(node: Node, frame: Frame | undefined): Value {
    const { tree } = this;
    const entries = new Map<string, RecordEntry>();
    let open = false;
    for (const child of tree.children(node)) {
      if (tree.kind(child) === Kind.pair) {
        const key = tree.child(child, Field.key);
        const name = stringOf(this.evaluate(key, frame));
        if (name === undefined) open = true;
        else entries.set(name, { value: this.evaluate(tree.child(child, Field.value), frame), key, entry: child });
      } else if (tree.kind(child) === Kind.dictionary_splat) {
        const inner = this.evaluate(tree.firstChild(child), frame);
        if (inner.kind === "record") for (const [name, entry] of inner.entries) entries.set(name, entry);
        // What an unknown dict brings may also replace what was written before it.
        else entries.clear();
        open ||= inner.kind !== "record" || inner.open;
      } else open = true;
    }
    return { kind: "record", entries, open, origin: node };
  }

  /** `{k: f(v) for k, v in d.items()}` has the keys of `d`: those of a tokenizer's result, or those of a dict that is known. */
  private mappedItems(node: Node, frame: Frame | undefined): Value | undefined {
    const { tree } = this;
    const clause = tree.children(node).find((child) => tree.kind(child) === Kind.for_in_clause) ?? NO_NODE;
    const source = this.evaluate(tree.child(clause, Field.right), frame);
    const items = source.kind === "call" && source.call.method === "items" ? source.call.receiver : undefined;
    if (items?.kind === "instance" && isEncoding(items)) return { ...items, origin: node };
    if (!items) return undefined;
    const [pair = NO_NODE, , ...more] = tree.children(node);
    const target = tree.child(clause, Field.left);
    const key = tree.kind(target) === Kind.pattern_list ? tree.textOf(tree.firstChild(target)) : undefined;
    if (items.kind !== "record" || more.length > 0 || key === undefined || tree.textOf(tree.child(pair, Field.key)) !== key) return undefined;
    const entries = new Map([...items.entries].map(([name, entry]): [string, RecordEntry] => [name, { ...entry, value: unknownAt(node) }]));
    return { kind: "record", entries, open: items.open, origin: node };
  }

  private conditional(node: Node, frame: Frame | undefined): Value {
    const [whenTrue = NO_NODE, test = NO_NODE, whenFalse = NO_NODE] = this.tree.children(node);
    const truth = truthOf(this.evaluate(test, frame));
    if (truth !== undefined) return this.evaluate(truth ? whenTrue : whenFalse, frame);
    const { flow } = this.script;
    const conditionsOf = (operand: Node): Conditions => flow.armsOf(operand).at(-1)?.conditions ?? ALWAYS;
    return oneOf([whenTrue, whenFalse].map((operand) => ({ value: this.evaluate(operand, frame), conditions: conditionsOf(operand) })));
  }

  private boolean(node: Node, frame: Frame | undefined): Value {
    const { tree } = this;
    const [left = NO_NODE, right = NO_NODE] = [tree.child(node, Field.left), tree.child(node, Field.right)];
    const operator = tree.textOf(tree.child(node, Field.operator));
    const first = this.evaluate(left, frame);
    const truth = truthOf(first);
    if (truth !== undefined) return truth === (operator === "and") ? this.evaluate(right, frame) : first;
    return this.operation(operator, [first, this.evaluate(right, frame)], [left, right], node);
  }

  private comparison(node: Node, frame: Frame | undefined): Value {
    const comparison = comparisonAt(this.tree, node);
    if (!comparison) return unknownAt(node);
    const { left, right, operator } = comparison;
    return mapAlternatives(this.evaluate(left, frame), (a) =>
      mapAlternatives(this.evaluate(right, frame), (b) => foldComparison(operator, a, b, node) ?? this.operation(operator, [a, b], [left, right], node)),
    );
  }

  // --- members -----------------------------------------------------------------------------------------------------------------

  private attribute(node: Node, frame: Frame | undefined): Value {
    const { tree } = this;
    const object = this.evaluate(tree.child(node, Field.object), frame);
    const name = tree.textOf(tree.child(node, Field.attribute));
    return mapAlternatives(object, (each) => this.attributeOf(each, name, node, frame));
  }

  attributeOf(object: Value, name: string, node: Node, frame: Frame | undefined): Value {
    switch (object.kind) {
      case "reference":
        return { kind: "reference", name: canonicalName(`${object.name}.${name}`), origin: node };
      case "class":
        return this.classAttribute(object.class, name, object, node);
      case "parameter":
        if (this.script.isSelf(object)) return this.selfAttribute(object.function.owner, name, object, node);
        break;
      case "instance":
        return this.instanceAttribute(object.object, name, object, node, frame);
    }
    return { kind: "attribute", object, name, origin: node };
  }

  private instanceAttribute(object: ScriptObject, name: string, value: Value, node: Node, frame: Frame | undefined): Value {
    const fallback: Value = { kind: "attribute", object: value, name, origin: node };
    if (object.localClass) {
      const written = this.script.objects.fieldAt(object, name, node, frame);
      return written.kind === "absent" ? this.classAttribute(object.localClass, name, value, node) : written;
    }
    const className = object.className ?? "";
    const link = isKindOf(className, "transformers.Trainer") ? TRAINER_LINKS[name] : undefined;
    if (link) {
      const linked = object.call?.value(link, name === "model" ? 0 : name === "args" ? 1 : -1) ?? UNKNOWN;
      return linked.kind === "absent" ? fallback : linked;
    }
    if (!keepsArgumentsAsFields(className)) return fallback;
    const field = this.script.objects.fieldAt(object, name, node, frame);
    return field.kind === "absent" || field.kind === "unknown" ? fallback : field;
  }

  /** `CFG.lr` of a class that is used as a bag of constants: its class-level assignment, unless something writes it from outside. */
  private classAttribute(info: ClassInfo, name: string, self: Value, node: Node): Value {
    const method = this.script.methodOf(info, name);
    if (method) return { kind: "function", function: method, self, origin: node };
    const fallback: Value = { kind: "attribute", object: self, name, origin: node };
    if (this.script.classAttributeIsWritten(info, name)) return fallback;
    for (const each of this.script.lineage(info)) {
      const bindings = this.script.scopes.byNode.get(each.node)?.bindings.get(name);
      if (bindings) return this.bound(bindings, END_OF_SCOPE, undefined, node);
    }
    return fallback;
  }

  /** `self.name` in a method: what the class writes to it, as far as the order of the methods is known. */
  private selfAttribute(owner: Node, name: string, self: Value, node: Node): Value {
    const info = this.script.classAt(owner);
    const method = this.script.methodOf(info, name);
    if (method) return { kind: "function", function: method, self, origin: node };
    const fallback: Value = { kind: "attribute", object: self, name, origin: node };
    const writes = this.script.selfWrites(owner, name);
    if (writes.length === 0) return this.classAttribute(info, name, self, node);
    const { scopes } = this.script;
    const functionOf = (at: Node): Scope => this.script.functionScope(scopes.scopeOf(at));
    const here = functionOf(node);
    const own = writes.filter((write) => functionOf(write.node) === here);
    const before = reachingEffects(this.script.flow, own, node);
    const value = (write: (typeof writes)[number]): Value => (write.value === NO_NODE ? fallback : this.script.objects.asSeenFrom(this.evaluate(write.value, undefined), node, undefined));
    if (!before) return fallback;
    if (!before.maybeNone) return oneOf(before.reaches.map(({ effect, conditions }) => ({ value: value(effect), conditions })));
    const elsewhere = writes.filter((write) => functionOf(write.node) !== here);
    const [first] = elsewhere;
    // Methods are called in an order that nobody sees, but the constructor is first.
    if (!first || own.length > 0) return fallback;
    const sameFunction = elsewhere.every((write) => functionOf(write.node) === functionOf(first.node));
    const isConstructor = this.script.functionAt(functionOf(first.node).node).name === "__init__";
    if (elsewhere.length > 1 && !(sameFunction && isConstructor)) return fallback;
    const atEnd = reachingEffects(this.script.flow, elsewhere, END_OF_SCOPE);
    if (!atEnd || atEnd.maybeNone) return fallback;
    return oneOf(atEnd.reaches.map(({ effect, conditions }) => ({ value: value(effect), conditions })));
  }

  private subscript(node: Node, frame: Frame | undefined): Value {
    const { tree } = this;
    const keys = tree.children(node, Field.subscript);
    const object = this.evaluate(tree.child(node, Field.value), frame);
    const key = keys.length === 1 ? this.evaluate(keys[0] ?? NO_NODE, frame) : UNKNOWN;
    return mapAlternatives(object, (each) => {
      const text = stringOf(key);
      if (each.kind === "record" && text !== undefined) {
        const entry = each.entries.get(text);
        return entry ? this.script.objects.asSeenFrom(entry.value, node, frame) : unknownAt(node);
      }
      if (each.kind === "sequence" && key.kind === "literal" && key.type === "int" && !each.open && each.type !== "set") {
        const index = key.value as number;
        return each.items[index < 0 ? each.items.length + index : index] ?? unknownAt(node);
      }
      if (each.kind === "call" && key.kind === "literal" && key.type === "int") {
        const item = this.script.unpackedResult(each.call, key.value as number);
        if (item) return item;
      }
      return { kind: "item", object: each, key, origin: node };
    });
  }

  /** What a function returns, its parameters unknown or as a frame has them. */
  returnValue(info: FunctionInfo, frame: Frame | undefined): Value {
    return this.calls.returnValue(info, frame);
  }
}

/** Applies a function to each alternative of a value, or to the value itself. */
export function mapAlternatives(value: Value, transform: (each: Exclude<Value, OneOf>) => Value): Value {
  if (value.kind !== "oneOf") return transform(value);
  return oneOf(value.alternatives.map((alternative) => ({ value: mapAlternatives(alternative.value, transform), conditions: alternative.conditions })));
}
