/** The Accelerators of a script, what they prepare, and the loops that they run. */
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";

/** The call that built the Accelerator that a value is. */
export function acceleratorOf(value: Value | undefined): Call | undefined {
  return value?.kind === "instance" && value.object.className === "accelerate.Accelerator" ? value.object.call : undefined;
}

/** The calls of a method on Accelerators that the script builds, in source order. */
export function acceleratorCalls(script: Script, method: string): readonly Call[] {
  return script.callsOfMethod(method).filter((call) => acceleratorOf(call.receiver) !== undefined);
}

/** How the script writes the object that a method is called on: `accelerator`, `self.accelerator`. */
export function receiverText(script: Script, call: Call): string {
  return script.tree.textOf(script.tree.firstChild(call.function));
}

/** What was given to `prepare` for a value that came out of it; undefined for a value that didn't. */
export function beforePrepare(value: Value): Value | undefined {
  const call = value.kind === "call" ? value.call : value.kind === "item" && value.object.kind === "call" ? value.object.call : undefined;
  if (call?.name !== "accelerate.Accelerator.prepare" || call.isOpen) return undefined;
  if (value.kind === "call") return call.positional.length === 1 ? call.positional[0]?.value : undefined;
  const index = value.kind === "item" && value.key.kind === "literal" ? Number(value.key.value) : -1;
  return call.positional[index]?.value;
}

/** Whether two places lie in the same function. */
export function inSameFunction(script: Script, a: Node, b: Node): boolean {
  const functionOf = (node: Node): unknown => script.functionScope(script.scopes.scopeOf(node));
  return functionOf(a) === functionOf(b);
}

/** The first of some calls that stands before a place, in the same function. */
export function earlierInFunction(script: Script, calls: readonly Call[], node: Node): Call | undefined {
  return calls.find((call) => call.node < node && inSameFunction(script, call.node, node));
}
