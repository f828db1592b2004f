/** Which callables of the data stand behind a call: the one of its name, and those that it hands its `**kwargs` on to. */
import type { Callable } from "../knowledge/callable.js";
import { MODEL, TOKENIZER } from "../knowledge/classes.js";
import type { Knowledge } from "../knowledge/knowledge.js";

/** @param name the call's canonical name. */
export function callablesBehind(name: string, knowledge: Knowledge): readonly Callable[] {
  return [...new Set([name, ...familyOf(name)].flatMap((each) => knowledge.callable(each) ?? []))];
}

/** What every model's or tokenizer's method is a case of. */
function familyOf(name: string): readonly string[] {
  // `tokenizer(...)`: calling an instance.
  if (name.endsWith("()") && TOKENIZER.test(name.slice(0, -2))) return ["transformers.PreTrainedTokenizerBase.__call__"];
  const dot = name.lastIndexOf(".");
  const [owner, method] = [name.slice(0, dot), name.slice(dot + 1)];
  if (TOKENIZER.test(owner)) return [`transformers.PreTrainedTokenizerBase.${method}`];
  if (MODEL.test(owner)) return [`transformers.PreTrainedModel.${method}`];
  return [];
}
