/**
 * Which bindings of a variable can be the one that a place reads.
 *
 * Python without goto: it is enough to go back over the bindings in source order and to compare the branches around them with the
 * branches around the reader. What this can't settle it gives up on (`undefined`), and the value is unknown.
 */
import type { Node } from "../syntax/flatTree.js";
import { ALWAYS, both, type Conditions } from "./conditions.js";
import type { Arm, Flow } from "./flow.js";

/** Something that takes effect at a place: a binding of a name, a write to a field. */
export interface Effect {
  /** The node that stands for it, inside whose branches it happens. */
  readonly node: Node;
  /** The first node that sees it. */
  readonly from: Node;
}

/** A reader behind all the effects of a scope. */
export const END_OF_SCOPE: Node = Number.MAX_SAFE_INTEGER;

export interface Reach<Kind extends Effect> {
  readonly effect: Kind;
  /** The decisions under which this one is seen. */
  readonly conditions: Conditions;
}

export interface Reaching<Kind extends Effect> {
  /** The latest first. */
  readonly reaches: readonly Reach<Kind>[];
  /** Whether the place can also be reached with none of them in force. */
  readonly maybeNone: boolean;
  /** Under which decisions none is in force, as far as that can be said. */
  readonly noneConditions: Conditions;
}

/**
 * The effects that a reader may see. `effects` lie in the reader's own function and are in source order.
 * Undefined when a loop carries one of them back to the reader: then nothing can be said.
 */
export function reachingEffects<Kind extends Effect>(flow: Flow, effects: readonly Kind[], reader: Node): Reaching<Kind> | undefined {
  // END_OF_SCOPE reads what is in force when everything has run.
  const readerArms = reader === END_OF_SCOPE ? [] : flow.armsOf(reader);
  const reaches: Reach<Kind>[] = [];
  const passed: { readonly arms: readonly Arm[] }[] = [];
  let maybeNone = true;
  let noneConditions: Conditions = ALWAYS;
  for (let index = effects.length - 1; index >= 0; index--) {
    const effect = effects[index];
    if (!effect) continue;
    const arms = flow.armsOf(effect.node);
    if (effect.from > reader) {
      if (sharesLoop(arms, readerArms)) return undefined;
      continue;
    }
    const shared = sharedArms(arms, readerArms);
    const own = arms.slice(shared);
    if (own.some((arm) => flow.isNever(arm))) continue;
    const seen = transparent(flow, own);
    if (seen.length === 0) {
      reaches.push({ effect, conditions: ALWAYS });
      maybeNone = false;
      break;
    }
    const next = readerArms[shared];
    if (next && own[0] && excludes(own[0], next)) continue;
    if (own.some((arm) => flow.armLeaves(arm.body) && !stillReaches(flow, arm, own, readerArms))) continue;
    if (passed.some((later) => isPrefix(later.arms, arms))) continue;
    const conditions = merge(seen);
    if (!conditions) continue;
    reaches.push({ effect, conditions });
    passed.push({ arms });
    if (isCovered(flow, own, passed, shared)) {
      maybeNone = false;
      break;
    }
    noneConditions = noneWhen(noneConditions, seen);
  }
  return { reaches, maybeNone, noneConditions };
}

/** Arms that don't make an effect conditional for a reader behind them: the body of a try whose handlers all leave. */
function transparent(flow: Flow, arms: readonly Arm[]): readonly Arm[] {
  return arms.filter((arm) => !(arm.kind === "try" && flow.handlersLeave(arm.branch)));
}

function sharesLoop(a: readonly Arm[], b: readonly Arm[]): boolean {
  return a.some((arm) => arm.kind === "loop" && b.some((other) => other.body === arm.body));
}

function sharedArms(a: readonly Arm[], b: readonly Arm[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count]?.body === b[count]?.body) count++;
  return count;
}

/** Arms of one branch exclude each other, but a handler sees what its try body did before it failed. */
function excludes(a: Arm, b: Arm): boolean {
  if (a.branch !== b.branch || a.body === b.body) return false;
  if (a.kind === "loop") return false;
  if (a.kind === "try" || b.kind === "try") return a.kind === "handler";
  return true;
}

/** An arm that leaves by `break` is still seen by what follows its loop. */
function stillReaches(flow: Flow, arm: Arm, own: readonly Arm[], readerArms: readonly Arm[]): boolean {
  if (!flow.armLeavesLoopOnly(arm.body)) return false;
  const insideOwnLoop = own.some((other) => other.kind === "loop");
  return insideOwnLoop && !readerArms.some((other) => other.kind === "loop" && own.includes(other));
}

function isPrefix(a: readonly Arm[], b: readonly Arm[]): boolean {
  return a.length <= b.length && a.every((arm, index) => arm.body === b[index]?.body);
}

function merge(arms: readonly Arm[]): Conditions | undefined {
  let conditions: Conditions | undefined = ALWAYS;
  for (const arm of arms) conditions = conditions && both(conditions, arm.conditions);
  return conditions;
}

/** Whether, with this effect, every arm of an exhaustive branch has one or leaves, so that nothing from before shows through. */
function isCovered(flow: Flow, own: readonly Arm[], passed: readonly { readonly arms: readonly Arm[] }[], depth: number): boolean {
  const [outer] = own;
  if (!outer || own.length !== 1 || outer.kind !== "if" || !flow.isExhaustive(outer.branch)) return false;
  return flow
    .armBodies(outer.branch)
    .every((body) => flow.armLeaves(body) || flow.isDead(body) || passed.some(({ arms }) => arms.length === depth + 1 && arms[depth]?.body === body));
}

/** The decisions under which none of the arms was taken: only said for a single decision, where it is its opposite. */
function noneWhen(known: Conditions, arms: readonly Arm[]): Conditions {
  const [only] = arms;
  if (arms.length !== 1 || only?.conditions.length !== 1) return known;
  const [condition] = only.conditions;
  if (!condition || known.some((other) => other.key === condition.key)) return known;
  return [...known, { key: condition.key, holds: !condition.holds }];
}

