/** The `fit` calls of sentence-transformers models. */
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";

const MODEL = /^sentence_transformers\.(?:\w+\.)*(?:SentenceTransformer|CrossEncoder)$/;

/** Every `fit` and `old_fit` on an object that is certainly such a model. */
export function fitsOf(script: Script): Call[] {
  return ["fit", "old_fit"].flatMap((method) => script.callsOfMethod(method).filter(({ receiver }) => receiver?.kind === "instance" && MODEL.test(receiver.object.className ?? "")));
}
