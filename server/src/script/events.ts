/**
 * What happens to an object: fields written, methods called, passed on, handed to code that can't be seen. Found by following the
 * expression that makes it to the names that it is given, through `self.x`, into helper functions and out of them by `return`.
 */
import { isHarmless, isKindOf, RETURN_FIRST_ARGUMENT, returnsSelf, TRAINER_LINKS } from "../knowledge/classes.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import type { Call } from "./calls.js";
import type { Frame } from "./functions.js";
import { reachingEffects, type Effect } from "./reaching.js";
import type { Binding } from "./scopes.js";
import type { Script } from "./script.js";
import { stringOf, UNKNOWN } from "./values.js";

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

const DEEPEST_FOLLOW = 3;

/** One way by which the object is reached. */
interface Alias {
  readonly node: Node;
  readonly frame: Frame | undefined;
  /** The place at which everything found through this alias happens: a call of the helper that it was passed to. */
  readonly anchor: Node | undefined;
  readonly depth: number;
  /** Which item of the expression's result the object is, where that is a tuple. */
  readonly item?: number | undefined;
}

/** Finds the events of one object by following its names. */
export class EventCollector {
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
      else if (!this.followAttribute(target, alias)) this.escape(alias, target);
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
    for (const occurrence of script.scopes.occurrencesIn(scope, binding.name)) {
      if (occurrence === binding.node) continue;
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

  /** `model.generation_config = config`: config is also what that attribute of the same library object is read as. */
  private followAttribute(target: Node, alias: Alias): boolean {
    const { script, tree } = this;
    const holder = script.evaluate(tree.child(target, Field.object), alias.frame);
    if (holder.kind !== "instance" || holder.object.className === undefined || !isHarmless(holder.object.className)) return false;
    for (const attribute of script.scopes.attributes(tree.textOf(tree.child(target, Field.attribute)))) {
      if (attribute === target) continue;
      const owner = script.evaluate(tree.child(attribute, Field.object), alias.frame);
      if (owner.kind === "instance" && owner.object === holder.object) this.followExpression({ ...alias, node: attribute });
    }
    return true;
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

