/** A function of the file behind whatever may be called: itself, a `functools.partial` of it, or an object with `__call__`. */
import type { FunctionInfo, Parameter } from "./functions.js";
import type { Script } from "./script.js";
import type { Value } from "./values.js";

export interface Callable {
  readonly function: FunctionInfo;
  /** The parameters that a caller still fills: without `self` and what a partial has bound. */
  readonly parameters: readonly Parameter[];
}

/** The function that a value calls, where it is one of the file's; undefined for anything else, and for a partial that can't be read. */
export function callableOf(script: Script, value: Value): Callable | undefined {
  switch (value.kind) {
    case "function": {
      const { parameters, isStatic } = value.function;
      return { function: value.function, parameters: value.self && !isStatic ? parameters.slice(1) : parameters };
    }
    case "instance": {
      const method = value.object.localClass && script.methodOf(value.object.localClass, "__call__");
      return method && { function: method, parameters: method.parameters.slice(1) };
    }
    case "call": {
      const { call } = value;
      const [target, ...bound] = call.positional;
      if (call.name !== "functools.partial" || call.isOpen || !target) return undefined;
      const inner = callableOf(script, target.value);
      return inner && { function: inner.function, parameters: inner.parameters.slice(bound.length).filter((parameter) => !call.keywords.has(parameter.name)) };
    }
    default:
      return undefined;
  }
}
