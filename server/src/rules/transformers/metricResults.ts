/** What a compute_metrics returns where that is no dict of numbers, as far as the expression tells. */
import { nameOf } from "../../script/calls.js";
import { computedBy } from "../../script/metrics.js";
import type { Script } from "../../script/script.js";
import { stringOf, type Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { isNone } from "../nothing.js";

/** Functions of scikit-learn that give a number, or an array, and never a dict. */
const SCORE = /^sklearn\.metrics\.(?:\w+_score|\w+_error|matthews_corrcoef|hamming_loss|log_loss|confusion_matrix)$/;
/** Functions that give one number per class when they are asked not to average. */
const AVERAGED = /^sklearn\.metrics\.(?:f1|fbeta|precision|recall|jaccard|roc_auc)_score$/;
const ARRAY = /^sklearn\.metrics\.(?:confusion_matrix|multilabel_confusion_matrix)$|^numpy\.(?:array|asarray|zeros|ones|argmax|concatenate|stack)$/;

export interface NoDict {
  readonly what: string;
  /** A key that would do for it. */
  readonly name: string;
}

/** What a returned expression certainly is, where that is no dict. */
export function kindOfResult(script: Script, expression: Node): NoDict | "nothing" | undefined {
  if (expression === NO_NODE) return "nothing";
  return kindOfValue(script, script.evaluate(expression), expression);
}

function kindOfValue(script: Script, value: Value, expression: Node): NoDict | "nothing" | undefined {
  const written = script.tree.textOf(expression);
  const name = /^[a-z_]\w*$/i.test(written) ? written : "score";
  switch (value.kind) {
    case "literal":
      if (value.type === "none") return "nothing";
      return value.type === "int" || value.type === "float" ? { what: "a number", name } : undefined;
    case "sequence":
      return { what: value.type === "tuple" ? "a tuple" : `a ${value.type}`, name };
    case "call": {
      const callee = nameOf(value.call.callee) ?? "";
      if (callee === "builtins.float" || callee === "builtins.int" || callee === "builtins.round") return { what: "a number", name };
      // (predictions == labels).mean()
      if (["mean", "sum"].includes(value.call.method) && isComparison(value.call.receiver)) return { what: "a number", name: name === "score" ? "accuracy" : name };
      if (SCORE.test(callee)) return { what: `what ${callee.slice(callee.lastIndexOf(".") + 1)} gives`, name: name === "score" ? callee.slice(callee.lastIndexOf(".") + 1).replace(/_score$/, "") : name };
      return computedBy(value.call) === "number" ? { what: "a number, as this metric does", name: stringOf(loadedName(value)) ?? name } : undefined;
    }
    default:
      return undefined;
  }
}

function isComparison(value: Value | undefined): boolean {
  return value?.kind === "operation" && (value.operator === "==" || value.operator === "!=");
}

function loadedName(value: Extract<Value, { kind: "call" }>): Value {
  const metric = value.call.receiver;
  return metric?.kind === "call" ? metric.call.value("path", 0) : { kind: "absent" };
}

/** Whether a value is certainly an array, or one number per class. */
export function isArray(value: Value): boolean {
  if (value.kind !== "call") return false;
  const name = nameOf(value.call.callee) ?? "";
  if (ARRAY.test(name)) return true;
  const average = value.call.value("average");
  return AVERAGED.test(name) && isNone(average);
}
