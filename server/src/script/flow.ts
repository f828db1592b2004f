/**
 * Control flow as far as structured Python shows it: which branches a place lies in, whether it runs at all, what is caught around it.
 */
import type { VersionRange } from "../environment/pep440.js";
import type { Library, Versions } from "../environment/versions.js";
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind, kindFlags } from "../syntax/kind.js";
import { ALWAYS, both, type Condition, type Conditions } from "./conditions.js";
import { Decisions } from "./decisions.js";
import type { Script } from "./script.js";
import { truthOf, where, type Value } from "./values.js";
import { versionTestOf } from "./versionTests.js";

/** One branch that a place lies in. Arms of the same `branch` with different indices exclude each other, but for a try body and its handlers. */
export interface Arm {
  readonly branch: Node;
  readonly index: number;
  readonly kind: "if" | "loop" | "try" | "handler" | "case";
  /** The part of the tree that the arm is: a block, a clause, an operand. */
  readonly body: Node;
  /** The decisions that lead into it. */
  readonly conditions: Conditions;
}

/** Handlers of these are fall-backs for another installation: what stands in them runs elsewhere. */
const FALLBACK_EXCEPTIONS: ReadonlySet<string> = new Set(["ImportError", "ModuleNotFoundError", "TypeError", "AttributeError"]);

const NO_ARMS: readonly Arm[] = [];

/** A decision on a library's version, as the range that it leaves. */
interface VersionTest {
  readonly library: Library;
  readonly range: VersionRange;
}

const NO_TESTS: readonly VersionTest[] = [];

/** `if not ok: return`, `assert ok`: what is decided behind it. */
interface Guard {
  readonly statement: Node;
  readonly condition: Condition;
}

const NO_GUARDS: readonly Guard[] = [];

/** By kind: whether a child of such a node may be an arm, or the body of a scope. */
const HAS_ARMS = kindFlags(
  Kind.if_statement,
  Kind.conditional_expression,
  Kind.boolean_operator,
  Kind.while_statement,
  Kind.for_statement,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
  Kind.try_statement,
  Kind.function_definition,
  Kind.lambda,
  Kind.class_definition,
);

function mayBeginArm(parentKind: number, kind: number): boolean {
  return HAS_ARMS[parentKind] === 1 || kind === Kind.case_clause;
}

const EXIT_CALLS: ReadonlySet<string> = new Set(["exit", "quit", "sys.exit", "os._exit", "os.abort"]);

export class Flow {
  private readonly tree: FlatTree;
  private readonly armsByNode = new Map<Node, readonly Arm[]>();
  private readonly leavesByBlock = new Map<Node, Node>();
  private readonly truths = new Map<Node, boolean | undefined>();
  private readonly deciding = new Set<Node>();
  private readonly versionTestsByNode = new Map<Node, readonly VersionTest[]>();
  private readonly decisions: Decisions;
  private readonly guardsByBlock = new Map<Node, readonly Guard[]>();
  private readonly conditionsByNode = new Map<Node, Conditions>();
  private mentionsVersion: boolean | undefined;

  constructor(private readonly script: Script) {
    this.tree = script.tree;
    this.decisions = new Decisions(script);
  }

  /** The branches around a node inside its own function, outermost first. Branches that are certainly taken are left out. */
  armsOf(node: Node): readonly Arm[] {
    const { tree } = this;
    // Most nodes lie in the same branches as their parents: only those are remembered at which a branch or a scope may begin.
    let inner = node;
    let parent = tree.parent(inner);
    while (parent !== NO_NODE && !mayBeginArm(tree.kind(parent), tree.kind(inner))) {
      inner = parent;
      parent = tree.parent(inner);
    }
    if (parent === NO_NODE) return NO_ARMS;
    const known = this.armsByNode.get(inner);
    if (known) return known;
    let arms = NO_ARMS;
    // A definition's own scope starts afresh, but its name and decorators belong outside.
    if (!this.isScopeBody(inner, parent)) {
      arms = this.armsOf(parent);
      const own = this.armAt(inner, tree.kind(inner), parent);
      if (own && !this.isCertain(own)) arms = [...arms, own];
    }
    this.armsByNode.set(inner, arms);
    return arms;
  }

  private isScopeBody(node: Node, parent: Node): boolean {
    const kind = this.tree.kind(parent);
    if (kind === Kind.function_definition || kind === Kind.lambda) return this.tree.field(node) === Field.body || this.tree.field(node) === Field.parameters;
    return kind === Kind.class_definition && this.tree.field(node) === Field.body;
  }

  /** The arm that begins at a node, if one does. */
  private armAt(node: Node, kind: number, parent: Node): Arm | undefined {
    const { tree } = this;
    const field = tree.field(node);
    switch (tree.kind(parent)) {
      case Kind.if_statement: {
        if (field === Field.consequence) return this.ifArm(parent, 0, node);
        if (field === Field.alternative) return this.ifArm(parent, tree.children(parent, Field.alternative).indexOf(node) + 1, node);
        return undefined;
      }
      case Kind.conditional_expression: {
        const [whenTrue, , whenFalse] = tree.children(parent);
        if (node === whenTrue) return { branch: parent, index: 0, kind: "if", body: node, conditions: [this.decisions.conditionOf(this.testOf(parent, 0), true)] };
        if (node === whenFalse) return { branch: parent, index: 1, kind: "if", body: node, conditions: [this.decisions.conditionOf(this.testOf(parent, 0), false)] };
        return undefined;
      }
      case Kind.boolean_operator: {
        if (field !== Field.right) return undefined;
        return { branch: parent, index: 0, kind: "if", body: node, conditions: [{ key: `right@${parent}`, holds: true }] };
      }
      case Kind.while_statement:
      case Kind.for_statement: {
        if (field === Field.body) return { branch: parent, index: 0, kind: "loop", body: node, conditions: [{ key: `loop@${parent}`, holds: true }] };
        if (field === Field.alternative) return { branch: parent, index: 1, kind: "loop", body: node, conditions: [{ key: `loop-else@${parent}`, holds: true }] };
        return undefined;
      }
      case Kind.list_comprehension:
      case Kind.set_comprehension:
      case Kind.dictionary_comprehension:
      case Kind.generator_expression:
        if (field !== Field.body) return undefined;
        return { branch: parent, index: 0, kind: "loop", body: node, conditions: [{ key: `loop@${parent}`, holds: true }] };
      case Kind.try_statement: {
        if (isHandler(kind)) {
          const index = tree.children(parent).indexOf(node);
          return { branch: parent, index, kind: "handler", body: node, conditions: [{ key: `try@${parent}`, holds: false }] };
        }
        // The else clause goes on from the body; finally runs whatever happened.
        if (field === Field.body || kind === Kind.else_clause) return { branch: parent, index: 0, kind: "try", body: node, conditions: [{ key: `try@${parent}`, holds: true }] };
        return undefined;
      }
      case Kind.block:
        if (kind !== Kind.case_clause) return undefined;
        return {
          branch: tree.parent(parent),
          index: tree.children(parent).indexOf(node),
          kind: "case",
          body: node,
          conditions: [{ key: `case@${node}`, holds: true }],
        };
      default:
        return undefined;
    }
  }

  private ifArm(statement: Node, index: number, body: Node): Arm {
    const conditions: Condition[] = [];
    for (let earlier = 0; earlier < index; earlier++) {
      const test = this.testOf(statement, earlier);
      if (test !== NO_NODE) conditions.push(this.decisions.conditionOf(test, false));
    }
    const own = this.testOf(statement, index);
    if (own !== NO_NODE) conditions.push(this.decisions.conditionOf(own, true));
    return { branch: statement, index, kind: "if", body, conditions };
  }

  /** The condition of an if arm; NO_NODE for `else`. */
  private testOf(statement: Node, index: number): Node {
    const { tree } = this;
    if (tree.kind(statement) === Kind.conditional_expression) return tree.childAt(statement, 1);
    if (index === 0) return tree.child(statement, Field.condition);
    const clause = tree.children(statement, Field.alternative)[index - 1] ?? NO_NODE;
    return tree.kind(clause) === Kind.elif_clause ? tree.child(clause, Field.condition) : NO_NODE;
  }

  /** What a value can still be where a reader stands, by what has been decided there. END_OF_SCOPE stands nowhere. */
  narrowed(value: Value, reader: Node): Value {
    return value.kind === "oneOf" ? where(this.conditionsAt(reader), value) : value;
  }

  /** The decisions that lead to a node in its own function: those of the branches around it, and of the guards before it (`if not ok: return`, `assert ok`). */
  private conditionsAt(node: Node): Conditions {
    const { tree } = this;
    let inner = node;
    let parent = tree.parent(inner);
    while (parent !== NO_NODE && tree.kind(parent) !== Kind.block && tree.kind(parent) !== Kind.module && !mayBeginArm(tree.kind(parent), tree.kind(inner))) {
      inner = parent;
      parent = tree.parent(inner);
    }
    if (parent === NO_NODE) return ALWAYS;
    const known = this.conditionsByNode.get(inner);
    if (known) return known;
    let conditions: Conditions = ALWAYS;
    if (!this.isScopeBody(inner, parent)) {
      conditions = this.conditionsAt(parent);
      const arm = this.armAt(inner, tree.kind(inner), parent);
      // A handler still sees what its try body did before it failed.
      if (arm && arm.kind !== "handler") conditions = both(conditions, arm.conditions) ?? conditions;
      for (const { statement, condition } of this.guardsOf(parent)) if (statement < inner) conditions = both(conditions, [condition]) ?? conditions;
    }
    this.conditionsByNode.set(inner, conditions);
    return conditions;
  }

  /** The statements of a block behind which something is decided, since otherwise they would have left it. */
  private guardsOf(block: Node): readonly Guard[] {
    const { tree, decisions } = this;
    const kind = tree.kind(block);
    if (kind !== Kind.block && kind !== Kind.module) return NO_GUARDS;
    const known = this.guardsByBlock.get(block);
    if (known) return known;
    const guards: Guard[] = [];
    for (let statement = tree.firstChild(block); statement !== NO_NODE; statement = tree.nextSibling(statement)) {
      if (tree.kind(statement) === Kind.assert_statement) guards.push({ statement, condition: decisions.conditionOf(tree.childAt(statement, 0), true) });
      else if (tree.kind(statement) === Kind.if_statement && tree.child(statement, Field.alternative) === NO_NODE && this.armLeaves(tree.child(statement, Field.consequence))) {
        guards.push({ statement, condition: decisions.conditionOf(tree.child(statement, Field.condition), false) });
      }
    }
    this.guardsByBlock.set(block, guards);
    return guards;
  }

  /** Whether an arm's own test is known to lead into it, so that it is no branch at all. */
  private isCertain(arm: Arm): boolean {
    return arm.kind === "if" && this.stateOf(arm) === "always";
  }

  /** Whether an arm is always, never or perhaps taken, by the known truth of its tests. */
  private stateOf(arm: Arm): "always" | "never" | "maybe" {
    if (arm.kind !== "if" || this.tree.kind(arm.branch) === Kind.boolean_operator) return "maybe";
    let certain = true;
    for (const [test, wanted] of this.testsOf(arm)) {
      const truth = this.truthOf(test);
      if (truth === undefined) certain = false;
      else if (truth !== wanted) return "never";
    }
    return certain ? "always" : "maybe";
  }

  /** The tests that decide on an if arm, each with the outcome that leads into it. */
  private testsOf(arm: Arm): readonly (readonly [test: Node, wanted: boolean])[] {
    if (this.tree.kind(arm.branch) === Kind.conditional_expression) return [[this.testOf(arm.branch, 0), arm.index === 0]];
    const tests: [Node, boolean][] = [];
    for (let index = 0; index < arm.index; index++) tests.push([this.testOf(arm.branch, index), false]);
    tests.push([this.testOf(arm.branch, arm.index), true]);
    return tests.filter(([test]) => test !== NO_NODE);
  }

  private truthOf(test: Node): boolean | undefined {
    if (this.truths.has(test)) return this.truths.get(test);
    if (this.deciding.has(test)) return undefined;
    this.deciding.add(test);
    const text = this.tree.textOf(test);
    let truth: boolean | undefined;
    if (/(^|\.)TYPE_CHECKING$/.test(text)) truth = false;
    // A training script is one that is run.
    else if (/^__name__\s*==\s*["']__main__["']$/.test(text)) truth = true;
    else truth = truthOf(this.script.evaluate(test));
    this.deciding.delete(test);
    this.truths.set(test, truth);
    return truth;
  }

  /** Whether code at an offset can run here: not behind `if False`, not after `return`, not in a fall-back for another installation. */
  runs(offset: number): boolean {
    return this.runsAt(this.tree.nodeAt(offset));
  }

  /** The same for a node. */
  runsAt(node: Node): boolean {
    const { tree } = this;
    for (let inner = node, parent = tree.parent(inner); parent !== NO_NODE; inner = parent, parent = tree.parent(inner)) {
      const kind = tree.kind(parent);
      if ((kind === Kind.block || kind === Kind.module) && this.leaveOf(parent) < inner && this.leaveOf(parent) !== NO_NODE) return false;
      const arm = this.armAt(inner, tree.kind(inner), parent);
      if (arm && this.stateOf(arm) === "never") return false;
      if (kind === Kind.try_statement && this.isFallback(inner)) return false;
      if (kind === Kind.while_statement && tree.field(inner) === Field.body && this.truthOf(tree.child(parent, Field.condition)) === false) return false;
    }
    return true;
  }

  /** Whether a node is a handler of an exception that tells of another installation. */
  isFallback(clause: Node): boolean {
    if (!isHandler(this.tree.kind(clause))) return false;
    const caught = this.caughtBy(clause);
    return caught.length > 0 && caught.every((name) => FALLBACK_EXCEPTIONS.has(name));
  }

  /** The exception names of a handler; empty for a bare `except`. */
  private caughtBy(clause: Node): string[] {
    const { tree } = this;
    let value = tree.child(clause, Field.value);
    if (value === NO_NODE) return [];
    if (tree.kind(value) === Kind.as_pattern) value = tree.childAt(value, 0);
    while (tree.kind(value) === Kind.parenthesized_expression) value = tree.childAt(value, 0);
    const nodes = tree.kind(value) === Kind.tuple ? tree.children(value) : [value];
    return nodes.map((node) => tree.textOf(node).split(".").at(-1) ?? "");
  }

  /** Whether a handler around an offset catches exactly this exception and goes on: then the script knows what it does. */
  isCaught(offset: number, exception: string): boolean {
    const { tree } = this;
    let inner = tree.nodeAt(offset);
    for (let parent = tree.parent(inner); parent !== NO_NODE; inner = parent, parent = tree.parent(inner)) {
      const kind = tree.kind(parent);
      if (kind === Kind.function_definition || kind === Kind.lambda) return false;
      if (kind === Kind.with_statement && this.isSuppressed(parent, exception)) return true;
      if (kind !== Kind.try_statement || tree.field(inner) !== Field.body) continue;
      for (const clause of tree.children(parent)) {
        if (!isHandler(tree.kind(clause))) continue;
        if (this.caughtBy(clause).includes(exception) && !this.raises(clause)) return true;
      }
    }
    return false;
  }

  /** The same for a bare `except:`. */
  isCaughtByAll(offset: number): boolean {
    const { tree } = this;
    let inner = tree.nodeAt(offset);
    for (let parent = tree.parent(inner); parent !== NO_NODE; inner = parent, parent = tree.parent(inner)) {
      const kind = tree.kind(parent);
      if (kind === Kind.function_definition || kind === Kind.lambda) return false;
      if (kind !== Kind.try_statement || tree.field(inner) !== Field.body) continue;
      if (tree.children(parent).some((clause) => isHandler(tree.kind(clause)) && tree.child(clause, Field.value) === NO_NODE && !this.raises(clause))) return true;
    }
    return false;
  }

  private raises(clause: Node): boolean {
    const { tree } = this;
    for (let node = clause; node < tree.subtreeEnd(clause); node++) {
      const kind = tree.kind(node);
      if (kind === Kind.raise_statement) return true;
      if (kind === Kind.call && EXIT_CALLS.has(tree.textOf(tree.child(node, Field.function)))) return true;
    }
    return false;
  }

  /**
   * Whether a branch around a node asks if something has one of these names: `"eval_strategy" in inspect.signature(C).parameters`,
   * `hasattr(C, "eval_strategy")`. Then the script itself sees to it that it fits.
   */
  isAskedFor(node: Node, names: ReadonlySet<string>): boolean {
    const { tree } = this;
    for (let inner = node, parent = tree.parent(inner); parent !== NO_NODE; inner = parent, parent = tree.parent(inner)) {
      const kind = tree.kind(parent);
      if (kind !== Kind.if_statement && kind !== Kind.conditional_expression) continue;
      const arm = this.armAt(inner, tree.kind(inner), parent);
      if (arm && this.testsOf(arm).some(([test]) => this.asksFor(test, names, 2))) return true;
    }
    return false;
  }

  private asksFor(test: Node, names: ReadonlySet<string>, depth: number): boolean {
    const { tree, script } = this;
    for (let node = test; node < tree.subtreeEnd(test); node++) {
      const kind = tree.kind(node);
      if (kind === Kind.string) {
        const parent = tree.parent(node);
        const isMembership = tree.kind(parent) === Kind.comparison_operator && /\bin\b/.test(tree.text.slice(tree.end(node), tree.end(parent)));
        const isProbe = tree.kind(parent) === Kind.argument_list && /^(?:hasattr|getattr)$/.test(tree.textOf(tree.child(tree.parent(parent), Field.function)));
        if ((isMembership || isProbe) && names.has(tree.textOf(node).replace(/^["']|["']$/g, ""))) return true;
      } else if (kind === Kind.identifier && depth > 0) {
        const name = tree.textOf(node);
        const bindings = script.scopes.resolve(name, script.scopes.scopeOf(node))?.bindings.get(name) ?? [];
        if (bindings.some(({ source }) => source.kind === "assigned" && this.asksFor(source.expression, names, depth - 1))) return true;
      }
    }
    return false;
  }

  /** `with suppress(X):` and `with pytest.raises(X):`. */
  private isSuppressed(statement: Node, exception: string): boolean {
    const { tree } = this;
    const clause = tree.firstChild(statement);
    for (let node = clause; node < tree.subtreeEnd(clause); node++) {
      if (tree.kind(node) !== Kind.call) continue;
      const name = tree.textOf(tree.child(node, Field.function)).split(".").at(-1);
      if (name !== "suppress" && name !== "raises" && name !== "assertRaises") continue;
      if (tree.children(tree.child(node, Field.arguments)).some((argument) => tree.textOf(argument).split(".").at(-1) === exception)) return true;
    }
    return false;
  }

  /** Whether the script has the word "version" at all, as every way to ask for one has: without it no branch can be on one. */
  private get asksForVersions(): boolean {
    this.mentionsVersion ??= this.tree.text.includes("version");
    return this.mentionsVersion;
  }

  /** The versions at an offset: those given, narrowed by the branches on a library's version around it. */
  versionsAt(offset: number, versions: Versions): Versions {
    return this.asksForVersions ? this.versionsAtNode(this.tree.nodeAt(offset), versions) : versions;
  }

  /** The same at a node. */
  versionsAtNode(node: Node, versions: Versions): Versions {
    if (!this.asksForVersions) return versions;
    let narrowed = versions;
    for (const { library, range } of this.versionTestsAround(node)) narrowed = narrowed.narrowed(library, range, "a branch of the script");
    return narrowed;
  }

  /** The tests on versions that lead to a node, the innermost first. */
  private versionTestsAround(node: Node): readonly VersionTest[] {
    const { tree } = this;
    let inner = node;
    let parent = tree.parent(inner);
    while (parent !== NO_NODE && tree.kind(parent) !== Kind.if_statement && tree.kind(parent) !== Kind.conditional_expression) {
      inner = parent;
      parent = tree.parent(inner);
    }
    if (parent === NO_NODE) return NO_TESTS;
    const known = this.versionTestsByNode.get(inner);
    if (known) return known;
    // A test may itself be what is asked about: while it is worked out nothing is known of it.
    this.versionTestsByNode.set(inner, NO_TESTS);
    const arm = this.armAt(inner, tree.kind(inner), parent);
    const own = (arm ? this.testsOf(arm) : []).flatMap(([test, wanted]) => versionTestOf(this.script.evaluate(test), wanted) ?? []);
    const outer = this.versionTestsAround(parent);
    const tests = own.length === 0 ? outer : [...own, ...outer];
    this.versionTestsByNode.set(inner, tests);
    return tests;
  }

  /** The first statement of a block after which nothing of the block runs: a return, raise, break, exit, or an if that leaves on every way. */
  leaveOf(block: Node): Node {
    const known = this.leavesByBlock.get(block);
    if (known !== undefined) return known;
    let leave: Node = NO_NODE;
    for (let statement = this.tree.firstChild(block); statement !== NO_NODE; statement = this.tree.nextSibling(statement)) {
      if (this.leaves(statement)) {
        leave = statement;
        break;
      }
    }
    this.leavesByBlock.set(block, leave);
    return leave;
  }

  private leaves(statement: Node): boolean {
    const { tree } = this;
    switch (tree.kind(statement)) {
      case Kind.return_statement:
      case Kind.raise_statement:
      case Kind.break_statement:
      case Kind.continue_statement:
        return true;
      case Kind.expression_statement: {
        const expression = tree.firstChild(statement);
        return tree.kind(expression) === Kind.call && EXIT_CALLS.has(tree.textOf(tree.child(expression, Field.function)));
      }
      case Kind.if_statement: {
        const alternatives = tree.children(statement, Field.alternative);
        const last = alternatives.at(-1);
        if (last === undefined || tree.kind(last) !== Kind.else_clause) return false;
        return this.armLeaves(tree.child(statement, Field.consequence)) && alternatives.every((clause) => this.armLeaves(clause));
      }
      case Kind.with_statement:
        return this.armLeaves(statement);
      default:
        return false;
    }
  }

  /** Whether an arm's block leaves before its end. `body` is a block, or a clause that has one. */
  armLeaves(body: Node): boolean {
    const { tree } = this;
    if (tree.kind(body) === Kind.block) return this.leaveOf(body) !== NO_NODE;
    return tree.children(body).some((child) => tree.kind(child) === Kind.block && this.leaveOf(child) !== NO_NODE);
  }

  /** Whether an arm leaves only its loop (`break`, `continue`), so that what follows the loop is still reached from it. */
  armLeavesLoopOnly(body: Node): boolean {
    const { tree } = this;
    const blocks = tree.kind(body) === Kind.block ? [body] : tree.children(body).filter((child) => tree.kind(child) === Kind.block);
    return blocks.some((block) => {
      const leave = this.leaveOf(block);
      return leave !== NO_NODE && (tree.kind(leave) === Kind.break_statement || tree.kind(leave) === Kind.continue_statement);
    });
  }

  /** Whether every handler of a try statement leaves, so that what follows it has seen the whole body. */
  handlersLeave(statement: Node): boolean {
    return this.tree
      .children(statement)
      .filter((child) => isHandler(this.tree.kind(child)))
      .every((clause) => this.armLeaves(clause) || this.isFallback(clause));
  }

  /** Whether an if statement has an `else`, a try its handlers, so that one of its arms is always taken. */
  isExhaustive(branch: Node): boolean {
    const { tree } = this;
    const kind = tree.kind(branch);
    if (kind === Kind.conditional_expression) return true;
    if (kind !== Kind.if_statement) return false;
    const last = tree.children(branch, Field.alternative).at(-1);
    return last !== undefined && tree.kind(last) === Kind.else_clause;
  }

  /** The bodies of all arms of an if statement. */
  armBodies(branch: Node): Node[] {
    const { tree } = this;
    if (tree.kind(branch) === Kind.conditional_expression) return [tree.childAt(branch, 0), tree.childAt(branch, 2)];
    return [tree.child(branch, Field.consequence), ...tree.children(branch, Field.alternative)];
  }

  /** Whether the arm that a body is can certainly not be taken. */
  isDead(body: Node): boolean {
    const arm = this.armAt(body, this.tree.kind(body), this.tree.parent(body));
    return arm !== undefined && this.isNever(arm);
  }

  /** Whether an arm can certainly not be taken. */
  isNever(arm: Arm): boolean {
    return this.stateOf(arm) === "never" || (arm.kind === "handler" && this.isFallback(arm.body));
  }
}

/** `except` and `except*`. */
function isHandler(kind: number): boolean {
  return kind === Kind.except_clause || kind === Kind.except_group_clause;
}
