/** Where a script starts its training: the line above which it can be run. */
import { NO_NODE, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import type { Span } from "../syntax/text.js";
import type { Script } from "../script/script.js";

/** A script that trains in many places is run as a whole: more lenses would only be noise. */
const mostPlaces = 3;

/** The calls that train, in source order; without any, the main guard; without that, none. */
export function runPlaces(script: Script): Span[] {
  const { tree } = script;
  const trainings = new Set<Node>();
  for (const name of ["transformers.Trainer.train", "sentence_transformers.SentenceTransformer.fit"]) for (const call of script.callsTo(name)) trainings.add(call.node);
  for (const call of script.callsMatching(/^simpletransformers\..*\.train_model$/u, /^train_model$/u)) trainings.add(call.node);
  // A class of the user's own that is a Trainer: its object's name says so. (`model.train()` only switches the model's mode.)
  for (const call of script.callsOfMethod("train")) {
    const callee = tree.child(call.node, Field.function);
    if (/trainer$/iu.test(tree.textOf(tree.child(callee, Field.object)))) trainings.add(call.node);
  }
  const places = trainings.size > 0 ? [...trainings].sort((a, b) => a - b).slice(0, mostPlaces) : [mainGuard(script)].filter((node) => node !== NO_NODE);
  return places.map((node) => tree.span(node));
}

/** `if __name__ == "__main__":` of the module. */
function mainGuard({ tree }: Script): Node {
  const guard = tree.children(0).find((node) => tree.kind(node) === Kind.if_statement && /^__name__\s*==\s*["']__main__["']$/u.test(tree.textOf(tree.child(node, Field.condition))));
  return guard ?? NO_NODE;
}
