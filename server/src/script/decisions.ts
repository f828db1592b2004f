/**
 * Tests as decisions: two tests are one decision where they say the same of the same variables in the same state.
 *
 * What a state is can only be told from what is written: a variable is in another one after it was bound again, an attribute or an item after it was assigned
 * anywhere. What a call does to an object isn't seen.
 */
import type { FlatTree, Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import { comparisonAt } from "./comparisons.js";
import type { Condition } from "./conditions.js";
import type { Script } from "./script.js";

/** The key of a test `name.attribute == "literal"`: what is compared, with what, and which bindings that means. */
const EQUALS_LITERAL = /^([\w.]+) == ("[^"\\]*"|'[^'\\]*'|\d+)\|(.*)$/;

/** Operators that say the opposite of another one. */
const OPPOSITES: Readonly<Record<string, string>> = { "!=": "==", "is not": "is", "not in": "in" };

export class Decisions {
  private readonly tree: FlatTree;
  private writtenItems: Node[] | undefined;

  constructor(private readonly script: Script) {
    this.tree = script.tree;
  }

  /** A test as a decision: `flag` and `not flag` share a key wherever `flag` means the same variable, bound at the same place. */
  conditionOf(test: Node, holds: boolean): Condition {
    const { tree } = this;
    let inner = test;
    let outcome = holds;
    for (;;) {
      const kind = tree.kind(inner);
      if (kind === Kind.not_operator) {
        outcome = !outcome;
        inner = tree.child(inner, Field.argument);
      } else if (kind === Kind.parenthesized_expression) inner = tree.childAt(inner, 0);
      else break;
    }
    const negated = this.negatedComparison(inner);
    if (negated) outcome = !outcome;
    const key = `${negated ?? tree.textOf(inner).replace(/\s+/g, " ")}|${this.bindingsIn(inner)}`;
    const comparison = EQUALS_LITERAL.exec(key);
    if (!comparison) return { key, holds: outcome };
    const [, left = "", value = "", bindings = ""] = comparison;
    return { key, holds: outcome, equals: { subject: `${left}|${bindings}`, value: value.replaceAll("'", '"') } };
  }

  /** The opposite of a test with `!=`, `is not` or `not in`, as text: both are one decision. */
  private negatedComparison(test: Node): string | undefined {
    const comparison = comparisonAt(this.tree, test);
    const opposite = comparison && OPPOSITES[comparison.operator];
    return opposite && `${this.tree.textOf(comparison.left)} ${opposite} ${this.tree.textOf(comparison.right)}`.replace(/\s+/g, " ");
  }

  /** Which states of its variables a test speaks of; a test that calls something is like no other. */
  private bindingsIn(test: Node): string {
    const { tree, script } = this;
    const parts: string[] = [];
    for (let node = test; node < tree.subtreeEnd(test); node++) {
      const kind = tree.kind(node);
      if (kind === Kind.call || kind === Kind.await || kind === Kind.named_expression) return `@${test}`;
      if (kind === Kind.subscript) parts.push(`[]:${before(this.subscriptWrites, test)}`);
      if (kind !== Kind.identifier) continue;
      const name = tree.textOf(node);
      if (tree.field(node) === Field.attribute) {
        parts.push(`.${name}:${before(this.attributeWrites(name), test)}`);
        continue;
      }
      const scope = script.scopes.resolve(name, script.scopes.scopeOf(node));
      // Only the bindings before the test matter, and counting them tells one state of the variable from the next.
      const bound = scope?.bindings.get(name)?.filter((binding) => binding.from <= node).length ?? 0;
      parts.push(`${scope?.node ?? "builtin"}:${bound}`);
    }
    return parts.join(",");
  }

  /** Where an attribute of this name is written, of whatever object, in source order. */
  private attributeWrites(name: string): readonly Node[] {
    return this.script.scopes.attributes(name).filter((attribute) => this.isTarget(attribute));
  }

  /** Where an item of anything is written, in source order. */
  private get subscriptWrites(): readonly Node[] {
    if (!this.writtenItems) {
      this.writtenItems = [];
      for (let node = 0; node < this.tree.size; node++) if (this.tree.kind(node) === Kind.subscript && this.isTarget(node)) this.writtenItems.push(node);
    }
    return this.writtenItems;
  }

  private isTarget(node: Node): boolean {
    const kind = this.tree.kind(this.tree.parent(node));
    return this.tree.field(node) === Field.left && (kind === Kind.assignment || kind === Kind.augmented_assignment);
  }
}

/** How many of some nodes, in source order, come before another one. */
function before(nodes: readonly Node[], node: Node): number {
  return nodes.filter((each) => each < node).length;
}
