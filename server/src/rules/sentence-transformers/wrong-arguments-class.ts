import { importedName } from "../../analysis/importEdits.js";
import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { Kind } from "../../syntax/kind.js";
import { sentenceTrainersOf } from "./trainerCalls.js";

const ARGUMENTS = /^(?:transformers|trl|sentence_transformers)\.(?:\w+\.)*(\w*TrainingArguments|\w+Config)$/;

export default defineRule({
  id: "sentence-transformers/wrong-arguments-class",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["Trainer"],
  messages: {
    wrong: "{trainer} takes {wanted} of sentence_transformers, not {given}: raises ValueError when {trainer} is built.",
  },
  docs: {
    summary: "A trainer of sentence-transformers with another class of training arguments.",
    why: `Each trainer checks the class of its \`args\`: \`SentenceTransformerTrainer\` wants \`SentenceTransformerTrainingArguments\`, \`CrossEncoderTrainer\` wants
\`CrossEncoderTrainingArguments\`, and so on. With the \`TrainingArguments\` of transformers \`ValueError\` is raised, after the model and the data have been loaded.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformerTrainer
from transformers import TrainingArguments

trainer = SentenceTransformerTrainer(model=model, args=TrainingArguments("out"), train_dataset=train, loss=loss)
`,
        good: `from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments

trainer = SentenceTransformerTrainer(model=model, args=SentenceTransformerTrainingArguments("out"), train_dataset=train, loss=loss)
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/trainer.py"],
    silent: "For classes of the script's own, which may derive from the right one.",
  },
  check({ script, report }) {
    for (const { call, kind } of sentenceTrainersOf(script)) {
      const argument = call.argument("args", 1);
      if (argument?.value.kind !== "instance" || argument.value.object.localClass) continue;
      const given = ARGUMENTS.exec(argument.value.object.className ?? "")?.[1];
      const wanted = `${kind}TrainingArguments`;
      if (given === undefined || given === wanted) continue;
      report({
        message: "wrong",
        data: { trainer: `${kind}Trainer`, wanted, given },
        at: script.tree.span(argument.entry),
        raises: "ValueError",
        fixes: fixesOf(script, call, argument.value.object.call, wanted, given),
      });
    }
  },
});

/** The right class where the object is made; it takes everything that transformers' own takes. */
function fixesOf(script: Script, trainer: Call, made: Call | undefined, wanted: string, given: string): Fix[] {
  if (!made || given !== "TrainingArguments" || script.tree.kind(made.function) !== Kind.identifier) return [];
  const module = /^(.*)\.\w+$/.exec(trainer.name ?? "")?.[1] ?? "";
  const name = importedName(script, module, wanted);
  return name ? [{ title: `Use ${wanted}`, safety: "safe", edits: mergedEdits([...name.edits, replaceNode(script.tree, made.function, name.text)]) }] : [];
}
