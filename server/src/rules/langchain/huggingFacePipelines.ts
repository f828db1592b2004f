/** langchain's HuggingFacePipeline, in whichever of its packages a script finds it. */
import type { Script } from "../../script/script.js";
import type { Call } from "../../script/calls.js";
import type { Value } from "../../script/values.js";

const CLASS = /^langchain(?:_huggingface|_community|_classic)?(?:\.\w+)*\.HuggingFacePipeline$/;

export function isHuggingFacePipeline(value: Value | undefined): boolean {
  return value?.kind === "instance" && CLASS.test(value.object.className ?? "");
}

/** Every call that makes one: the constructor and `from_model_id`. */
export function pipelinesMade(script: Script): readonly Call[] {
  const makes = (call: Call): boolean => CLASS.test((call.name ?? "").replace(/\.from_model_id$/, ""));
  return [...script.callsMatching(CLASS, /^HuggingFacePipeline$/), ...script.callsOfMethod("from_model_id").filter(makes)].sort((a, b) => a.node - b.node);
}
