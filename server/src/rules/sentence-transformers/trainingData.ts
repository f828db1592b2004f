/** What `fit()` trains on: each loss with its loader and the examples that certainly are in it. */
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";
import { fitsOf } from "./fitCalls.js";

const LOSS = /^sentence_transformers\.(?:losses|sentence_transformer\.losses)\.(?:\w+\.)*(\w+)$/;
export const LOADER = /^torch\.utils\.data\.(?:\w+\.)*DataLoader$|^sentence_transformers\.(?:\w+\.)*NoDuplicatesDataLoader$/;
const EXAMPLE = /^sentence_transformers\.(?:\w+\.)*InputExample$/;
/** Datasets that hand on the examples that they are made of. */
const WRAPPER = /^sentence_transformers\.(?:\w+\.)*(?:SentencesDataset|SentenceLabelDataset)$/;
/** Losses around another loss. */
const AROUND = /^(?:MatryoshkaLoss|Matryoshka2dLoss|AdaptiveLayerLoss)$/;

const DEEPEST = 6;

export interface Loss {
  /** The constructor of the loss that sees the data: the inner one of a Matryoshka loss. */
  readonly call: Call;
  readonly name: string;
}

export interface Objective {
  readonly fit: Call;
  readonly loss: Loss;
  readonly loader: Call;
  /** The constructors of its examples, as far as they are known. */
  readonly examples: readonly Call[];
}

/** The (loader, loss) pairs of every `fit` and `old_fit` whose loss is one of the library's. */
export function objectivesOf(script: Script): Objective[] {
  return fitsOf(script).flatMap((fit) => {
    const pairs = fit.value("train_objectives", 0);
    if (pairs.kind !== "sequence") return [];
    return pairs.items.flatMap((pair): Objective[] => {
      const [loader, given] = pair.kind === "sequence" && !pair.open ? pair.items : [];
      const loss = given && lossOf(given);
      const call = loader?.kind === "instance" && LOADER.test(loader.object.className ?? "") ? loader.object.call : undefined;
      return loss && call ? [{ fit, loss, loader: call, examples: examplesIn(script, call.value(call.method === "NoDuplicatesDataLoader" ? "train_examples" : "dataset", 0)) }] : [];
    });
  });
}

/** The library's loss that a value is. */
export function lossOf(value: Value, depth = 0): Loss | undefined {
  if (value.kind !== "instance" || value.object.localClass || depth > DEEPEST) return undefined;
  const name = LOSS.exec(value.object.className ?? "")?.[1];
  const { call } = value.object;
  if (name === undefined || !call) return undefined;
  return AROUND.test(name) ? lossOf(call.value("loss", 1), depth + 1) : { call, name };
}

/** The constructors of the examples that a dataset is certainly made of. */
export function examplesIn(script: Script, value: Value, depth = 0): Call[] {
  if (depth > DEEPEST) return [];
  if (value.kind === "instance") {
    const { className, call } = value.object;
    if (!call) return [];
    if (EXAMPLE.test(className ?? "")) return [call];
    return WRAPPER.test(className ?? "") ? examplesIn(script, call.value("examples", 0), depth + 1) : [];
  }
  if (value.kind !== "sequence") return [];
  const { tree } = script;
  const found = value.items.flatMap((item) => (item.kind === "instance" ? examplesIn(script, item, depth + 1) : []));
  if (tree.kind(value.origin) === Kind.list_comprehension) found.push(...examplesIn(script, script.evaluate(tree.firstChild(value.origin)), depth + 1));
  for (const event of script.objects.eventsOf(value.origin)) {
    const added = event.kind === "called" && (event.field === "append" || event.field === "extend") ? event.call?.positional[0] : undefined;
    if (added) found.push(...examplesIn(script, added.value, depth + 1));
  }
  return [...new Set(found)];
}

/** The number of texts that every example has whose texts are written out; undefined where they differ, or none is. */
export function textsPerExample(examples: readonly Call[]): number | undefined {
  const counts = examples.map((example) => {
    const texts = example.value("texts", 1);
    return texts.kind === "sequence" && !texts.open ? texts.items.length : undefined;
  });
  const [first] = counts;
  return first !== undefined && counts.every((count) => count === first) ? first : undefined;
}
