/** Evaluators that the script defines itself, and the trainings that use them. */
import type { Call } from "../../script/calls.js";
import type { ClassInfo } from "../../script/functions.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { fitsOf } from "./fitCalls.js";
import { sentenceTrainersOf } from "./trainerCalls.js";

const BASE = /^sentence_transformers\.(?:\w+\.)*SentenceEvaluator$/;

/** The file's classes that derive from the library's base class and from nothing else. */
export function ownEvaluators(script: Script): ClassInfo[] {
  return script.localClasses().filter((info) => {
    const bases = script.lineage(info).flatMap((each) => each.bases.map((base) => script.evaluate(base)));
    const isEvaluator = bases.some((base) => base.kind === "reference" && BASE.test(base.name));
    return isEvaluator && bases.every((base) => base.kind === "class" || (base.kind === "reference" && (BASE.test(base.name) || base.name === "abc.ABC")));
  });
}

/** The `fit` calls and trainers that evaluate with an object of a class, or of one that derives from it. */
export function trainingsWith(script: Script, info: ClassInfo): Call[] {
  const isIt = (value: Value): boolean => {
    if (value.kind === "sequence") return value.items.some(isIt);
    if (value.kind !== "instance") return false;
    const { className, localClass, call } = value.object;
    if (localClass) return script.lineage(localClass).includes(info);
    return (className ?? "").endsWith(".SequentialEvaluator") && call !== undefined && isIt(call.value("evaluators", 0));
  };
  const fits = fitsOf(script).filter((fit) => isIt(fit.value("evaluator", 1)));
  return [...fits, ...sentenceTrainersOf(script).map(({ call }) => call).filter((call) => isIt(call.value("evaluator", 5)))];
}
