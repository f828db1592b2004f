import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { FunctionInfo } from "../../script/functions.js";
import type { Script } from "../../script/script.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { unlabelledIn } from "../datasets/splitUses.js";

export default defineRule({
  id: "sentence-transformers/endless-negative-sampling",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers", "datasets"],
  mentions: ["while"],
  messages: {
    endless: 'Every label of the "{split}" split of {dataset} is -1, so {function}() never finds an example with another label: its while loop never ends. Use "{labelled}".',
  },
  docs: {
    summary: "Negatives drawn until the label differs, from data with one label only.",
    why: `A common way to build triplets draws examples at random \`while negative.label == anchor.label\`. Where all labels are the same there is no such example, and the loop
never ends. The test splits of GLUE and SST-2 are such data: their labels are withheld, every one is -1. When the test set is built after the training, the
script hangs with its work done and nothing reported.

Draw from the examples with another label instead, and raise where there are none: \`if len(set(labels)) < 2: raise ValueError(...)\`.`,
    examples: [
      {
        bad: `import random
from datasets import load_dataset
from sentence_transformers import InputExample

def triplets(records):
    examples = []
    for anchor in records:
        negative = None
        while negative is None or negative["label"] == anchor["label"]:
            negative = random.choice(records)
        examples.append(InputExample(texts=[anchor["sentence"], negative["sentence"]]))
    return examples

data = load_dataset("sst2")
test = triplets(data["test"].to_list())
`,
        good: `import random
from datasets import load_dataset
from sentence_transformers import InputExample

def triplets(records):
    examples = []
    for anchor in records:
        negative = None
        while negative is None or negative["label"] == anchor["label"]:
            negative = random.choice(records)
        examples.append(InputExample(texts=[anchor["sentence"], negative["sentence"]]))
    return examples

data = load_dataset("sst2")
test = triplets(data["validation"].to_list())
`,
      },
    ],
    references: ["https://huggingface.co/datasets/stanfordnlp/sst2"],
    silent: "For data that isn't a split of a known dataset; for loops that can end another way.",
  },
  check({ script, report }) {
    const { tree } = script;
    for (const { info, loop } of samplersOf(script)) {
      for (const call of callsOf(script, info)) {
        for (const argument of [...call.positional, ...call.keywords.values()]) {
          const found = unlabelledIn(argument.value);
          if (!found) continue;
          report({
            message: "endless",
            data: { split: found.split.name, dataset: found.facts.dataset, function: info.name, labelled: found.facts.labelled },
            at: tree.span(argument.node),
            related: [{ message: "the loop that doesn't end", range: tree.span(loop) }],
            fixes: found.split.node === NO_NODE || tree.kind(found.split.node) !== Kind.string ? [] : [{ title: `Use the "${found.facts.labelled}" split`, safety: "unsafe", edits: [{ ...tree.span(found.split.node), newText: `"${found.facts.labelled}"` }] }],
          });
        }
      }
    }
  },
});

/** Functions with a `while ... label == ... label` loop whose body only draws, so that nothing else can end it. */
function samplersOf(script: Script): { readonly info: FunctionInfo; readonly loop: Node }[] {
  const { tree } = script;
  const found: { info: FunctionInfo; loop: Node }[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) !== Kind.while_statement) continue;
    const condition = tree.textOf(tree.child(node, Field.condition));
    const body = tree.child(node, Field.body);
    if (!/\blabels?\b["'\]]*\s*==\s*\w+[.[]["']?\w*label/i.test(condition) || !/\brandom\b|\bchoice\b|\bsample\b/.test(tree.textOf(body))) continue;
    const definition = tree.closest(node, Kind.function_definition);
    const canLeave = /\b(?:break|return|raise|continue)\b/.test(tree.textOf(body));
    if (definition !== NO_NODE && !canLeave) found.push({ info: script.functionAt(definition), loop: tree.child(node, Field.condition) });
  }
  return found;
}

function callsOf(script: Script, info: FunctionInfo): Call[] {
  return script.callsNamed(new Set([info.name])).filter(({ callee }) => callee.kind === "function" && callee.function === info);
}
