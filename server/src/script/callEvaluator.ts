/** What calls give: instances, what functions of the file return, builtins and methods on known values. */
import { resultClass, returnsSelf, RETURN_FIRST_ARGUMENT } from "../knowledge/classes.js";
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import type { Call } from "./calls.js";
import { ALWAYS, both, type Conditions } from "./conditions.js";
import type { Evaluator } from "./evaluator.js";
import { foldBuiltin, literal, textOf } from "./folding.js";
import type { ClassInfo, Frame, FunctionInfo } from "./functions.js";
import { computedBy } from "./metrics.js";
import { ScriptObject } from "./objects.js";
import type { Script } from "./script.js";
import { ABSENT, oneOf, stringOf, UNKNOWN, unknownAt, type OneOf, type RecordEntry, type RecordValue, type Value } from "./values.js";

/** A helper that calls a helper that calls a helper is followed; further down the answer is "unknown". */
const DEEPEST_FRAME = 4;

/** Helper functions are run at most so many times per script: a file of helpers that call each other must not cost more than parsing it. */
const MOST_FRAMES = 400;

export class CallEvaluator {
  private frames = 0;

  constructor(
    private readonly script: Script,
    private readonly evaluator: Evaluator,
  ) {}

  /** What a call gives. */
  evaluate(node: Node, frame: Frame | undefined): Value {
    const call = this.script.callAt(node, frame);
    const { callee } = call;
    if (callee.kind === "oneOf") return { kind: "call", call, origin: node };
    if (callee.kind === "function") return this.callFunction(callee.function, callee.self, call);
    if (callee.kind === "class") return this.instance(call, undefined, callee.class);
    if (callee.kind === "attribute") {
      const method = this.callMethod(callee.object, callee.name, call);
      if (method) return method;
    }
    const name = call.name;
    if (name === undefined) return { kind: "call", call, origin: node };
    if (name.startsWith("builtins.")) return this.callBuiltin(name.slice("builtins.".length), call) ?? { kind: "call", call, origin: node };
    if (name === "copy.deepcopy" || name === "copy.copy") return this.copied(call);
    if (RETURN_FIRST_ARGUMENT.has(name)) return call.argument("model", 0)?.value ?? { kind: "call", call, origin: node };
    const className = resultClass(name);
    return className ? this.instance(call, className, undefined) : { kind: "call", call, origin: node };
  }

  private instance(call: Call, className: string | undefined, localClass: ClassInfo | undefined): Value {
    const object = new ScriptObject(className, localClass, call, call.node, call.frame);
    return { kind: "instance", object, origin: call.node };
  }

  /** A copy of a dict or list starts from what the original is here, and what happens to the one doesn't to the other. */
  private copied(call: Call): Value {
    const original = call.positional[0]?.value ?? UNKNOWN;
    if (original.kind === "record" || original.kind === "sequence") return { ...original, origin: call.node };
    return original.kind === "literal" ? original : { kind: "call", call, origin: call.node };
  }

  private callMethod(object: Value, method: string, call: Call): Value | undefined {
    const origin = call.node;
    if (object.kind === "instance" && object.object.className && returnsSelf(object.object.className, method)) return object;
    const text = stringOf(object);
    if (text !== undefined) {
      if (method === "format") return this.format(text, call);
      if (method === "lower") return literal("str", text.toLowerCase(), origin);
      if (method === "upper") return literal("str", text.toUpperCase(), origin);
      if (method === "strip" && call.positional.length === 0) return literal("str", text.trim(), origin);
    }
    if (object.kind === "record") {
      const key = stringOf(call.positional[0]?.value ?? UNKNOWN);
      if (method === "copy") return { ...object, origin };
      if ((method === "get" || method === "pop") && key !== undefined) {
        const entry = object.entries.get(key);
        if (entry) return entry.value;
        if (object.open) return unknownAt(origin);
        return call.positional[1]?.value ?? literal("none", null, origin);
      }
    }
    if (object.kind === "sequence" && method === "copy") return { ...object, origin };
    return object.kind === "call" && method === "compute" ? this.metricResult(call) : undefined;
  }

  /** The dict that a metric's `compute()` gives: its keys are known, its numbers are not. */
  private metricResult(call: Call): Value | undefined {
    const result = computedBy(call);
    if (!result || result === "number") return undefined;
    const entry: RecordEntry = { value: unknownAt(call.node), key: call.node, entry: call.node };
    return { kind: "record", entries: new Map(result.keys.map((key) => [key, entry])), open: result.open, origin: call.node };
  }

  private format(template: string, call: Call): Value {
    let next = 0;
    let known = true;
    const text = template.replace(/\{(\w*)\}/g, (_, field: string) => {
      const value = /^\d*$/.test(field) ? call.positional[field === "" ? next++ : Number(field)]?.value : call.keywords.get(field)?.value;
      const piece = value && textOf(value);
      if (piece === undefined) known = false;
      return piece ?? "";
    });
    return known && !/[{}]/.test(text) ? literal("str", text, call.node) : unknownAt(call.node);
  }

  private callBuiltin(name: string, call: Call): Value | undefined {
    const origin = call.node;
    if (call.isOpen && name !== "dict") return undefined;
    const values = call.positional.map((argument) => argument.value);
    const [first] = values;
    switch (name) {
      case "dict":
        return this.dictCall(call);
      case "list":
      case "tuple":
      case "set":
      case "sorted": {
        const type = name === "tuple" || name === "set" ? name : "list";
        if (!first) return { kind: "sequence", type, items: [], open: false, origin };
        if (first.kind === "sequence") return { ...first, type, origin };
        return { kind: "sequence", type, items: [], open: true, origin };
      }
      case "getattr": {
        const attribute = stringOf(values[1] ?? UNKNOWN);
        return first && attribute !== undefined ? this.evaluator.attributeOf(first, attribute, origin, call.frame) : undefined;
      }
      default:
        return foldBuiltin(name, values, origin);
    }
  }

  private dictCall(call: Call): Value {
    const entries = new Map<string, RecordEntry>();
    let open = call.isOpen;
    const [base] = call.positional;
    if (base) {
      if (base.value.kind === "record") for (const [name, entry] of base.value.entries) entries.set(name, entry);
      open ||= base.value.kind !== "record" || base.value.open;
    }
    for (const [name, argument] of call.keywords) entries.set(name, { value: argument.value, key: argument.key, entry: argument.entry });
    return { kind: "record", entries, open, origin: call.node };
  }

  /** What a function of the file returns for these arguments. */
  private callFunction(info: FunctionInfo, self: Value | undefined, call: Call): Value {
    const unknown: Value = { kind: "call", call, origin: call.node };
    const depth = (call.frame?.depth ?? 0) + 1;
    if (depth > DEEPEST_FRAME || info.isAsync || info.isGenerator || isRunning(info, call.frame)) return unknown;
    if (++this.frames > MOST_FRAMES) return unknown;
    if (!info.decorators.every((decorator) => isTransparentDecorator(this.script.tree.textOf(decorator)))) return unknown;
    const passed = bindArguments(info, self, call, (node) => this.evaluator.evaluate(node, undefined));
    if (!passed) return unknown;
    const frame: Frame = { function: info, arguments: passed, call, depth, memo: new Map() };
    return this.script.returnValue(info, frame);
  }

  /** Every value that a function returns, with the decisions that lead to it. */
  returnValue(info: FunctionInfo, frame: Frame | undefined): Value {
    const { flow } = this.script;
    const alternatives: OneOf["alternatives"][number][] = [];
    for (const { statement, expression } of info.returns) {
      if (!flow.runsAt(statement)) continue;
      let conditions: Conditions | undefined = ALWAYS;
      for (const arm of flow.armsOf(statement)) conditions = conditions && both(conditions, arm.conditions);
      if (!conditions) continue;
      alternatives.push({ value: expression === NO_NODE ? literal("none", null, statement) : this.evaluator.evaluate(expression, frame), conditions });
    }
    if (info.fallsThrough) alternatives.push({ value: literal("none", null, info.node), conditions: ALWAYS });
    return oneOf(alternatives);
  }
}

/** Whether a function is being evaluated already: recursion has no known value. */
function isRunning(info: FunctionInfo, frame: Frame | undefined): boolean {
  for (let current = frame; current; current = current.call.frame) if (current.function === info) return true;
  return false;
}

function isTransparentDecorator(text: string): boolean {
  return /^@\s*(staticmethod|classmethod|property|(functools\.)?(cache|lru_cache|wraps)\b|torch\.(no_grad|inference_mode)\b)/.test(text);
}

/** The parameters' values in a call; undefined when a splat that isn't known fills them, or when the call doesn't fit. */
function bindArguments(info: FunctionInfo, self: Value | undefined, call: Call, evaluate: (node: Node) => Value): Map<string, Value> | undefined {
  if (call.isOpen) return undefined;
  const values = new Map<string, Value>();
  const positional = [...call.positional.map((argument) => argument.value)];
  if (self && !info.isStatic) positional.unshift(self);
  const rest = new Map(call.keywords);
  for (const parameter of info.parameters) {
    if (parameter.kind === "args") {
      values.set(parameter.name, { kind: "sequence", type: "tuple", items: positional.splice(0), open: false, origin: parameter.node });
      continue;
    }
    if (parameter.kind === "kwargs") {
      const entries = new Map<string, RecordEntry>([...rest].map(([name, { value, key, entry }]) => [name, { value, key, entry }]));
      const record: RecordValue = { kind: "record", entries, open: false, origin: parameter.node };
      values.set(parameter.name, record);
      continue;
    }
    const keyword = rest.get(parameter.name);
    if (keyword) {
      rest.delete(parameter.name);
      values.set(parameter.name, keyword.value);
    } else if (parameter.kind === "positional" && positional.length > 0) values.set(parameter.name, positional.shift() ?? ABSENT);
    else if (parameter.default !== NO_NODE) values.set(parameter.name, evaluate(parameter.default));
    else return undefined;
  }
  return values;
}

