import { defineRule } from "../../analysis/rule.js";
import { everyAlternative, stringOf, type Value } from "../../script/values.js";
import { argumentSetsOf, type ArgumentSet } from "./argumentSets.js";
import { trainingSteps } from "./trainingSteps.js";

/** Models that take the name of their folder for the number of steps that are done. */
const RESUMING = /^(?:Classification|MultiLabelClassification|NER|T5|QuestionAnswering|LanguageModeling)Model$/;

/** The library's own name for what it saves in the middle of a training. */
const CHECKPOINT = /^checkpoint-\d+(?:-epoch-\d+)?$/;

export default defineRule({
  id: "simpletransformers/steps-skipped-on-resume",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["simpletransformers"],
  mentions: ["train_model"],
  messages: {
    nothing: 'The {number} in "{folder}" counts as steps that are done already, and this training has {total}: nothing is trained, silently. Copy the model to a folder without a number.',
    name: 'The {number} in "{folder}" is taken for a step to resume from: the first {number} steps of the training are skipped. Give the folder a name without a number at its end.',
    resumed: 'A model from "{folder}" resumes its training: the first {number} steps are skipped. To train it anew copy it to a folder without a number.',
  },
  docs: {
    summary: "A model from a local folder whose name ends in a number: so many steps of the training are skipped.",
    why: `When a model is loaded from an existing folder, \`train_model()\` reads a number out of the folder's name, the part behind the hyphen (\`checkpoint-2000\`, \`checkpoint-189-epoch-3\`, also \`mymodel-2024\`), and skips so many
steps, by epochs and then by batches, as if the same training went on. For new data, or a checkpoint of a finished training, that leaves part of the training or all of it out: \`train_model()\` returns at once, with the
weights as they were. Names such as \`best_model\` are no numbers and start anew.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("roberta", "./models/reviews-2024", args={"num_train_epochs": 3})
model.train_model(train_df)
`,
        good: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("roberta", "./models/reviews", args={"num_train_epochs": 3})
model.train_model(train_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "For names of the Hub, and for paths that aren't written out. For a checkpoint whose training isn't known to be over it is only told as information: it may be what is meant.",
  },
  check({ script, report }) {
    for (const set of argumentSetsOf(script)) {
      const { model, constructor, train } = set;
      const argument = RESUMING.test(model) ? constructor?.argument("model_name", 1) : undefined;
      const path = argument && stringOf(argument.value);
      if (!argument || !train || path === undefined || !isLocal(path, set)) continue;
      const folder = path.slice(path.lastIndexOf("/") + 1);
      const number = stepIn(folder);
      if (number === undefined || number <= 0) continue;
      const total = trainingSteps(script, set)?.total;
      const isOver = total !== undefined && total > 0 && number >= total;
      report({
        message: isOver ? "nothing" : CHECKPOINT.test(folder) ? "resumed" : "name",
        severity: !isOver && CHECKPOINT.test(folder) ? "information" : "warning",
        data: { number, folder, total: total ?? 0 },
        at: script.tree.span(argument.entry),
        related: [{ message: "the training", range: train.nameSpan }],
      });
    }
  },
});

/** As the library reads it: of more than two parts the second, else the last, if it is a whole number. */
function stepIn(folder: string): number | undefined {
  const parts = folder.split("-");
  const part = parts.length > 2 ? parts[1] : parts.at(-1);
  return part !== undefined && /^\d+$/.test(part) ? Number(part) : undefined;
}

/** Paths that no repository of the Hub can have, or that lie in the folder that the script writes to. */
function isLocal(path: string, { read }: ArgumentSet): boolean {
  if (/^(?:\.{0,2}\/)/.test(path) || path.split("/").length > 2 || CHECKPOINT.test(path)) return true;
  const folder = read("output_dir").value;
  const own: Value = folder.kind === "absent" ? { kind: "literal", type: "str", value: "outputs", origin: 0 } : folder;
  return everyAlternative(own, (each) => path.startsWith(`${(stringOf(each) ?? "\n").replace(/^\.\//, "").replace(/\/$/, "")}/`));
}
