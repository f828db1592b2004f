import { importedName } from "../../analysis/importEdits.js";
import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { Kind } from "../../syntax/kind.js";
import { MODEL_CLASS } from "./intervals.js";

/** The module of each model and its class of arguments; an instance of any other class is passed over. */
const MODULES: Readonly<Record<string, string>> = {
  ClassificationModel: "classification",
  MultiLabelClassificationModel: "classification",
  MultiModalClassificationModel: "classification",
  NERModel: "ner",
  QuestionAnsweringModel: "question_answering",
  T5Model: "t5",
  Seq2SeqModel: "seq2seq",
  LanguageModelingModel: "language_modeling",
  LanguageGenerationModel: "language_generation",
  ConvAIModel: "conv_ai",
  RetrievalModel: "retrieval",
};

/** Classes that derive from the one that a model asks for. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  ClassificationModel: ["MultiLabelClassificationArgs"],
  Seq2SeqModel: ["RetrievalArgs"],
};

/** What people pass who come from another library. */
const FOREIGN = /^(?:transformers\.\w*TrainingArguments|argparse\.Namespace|types\.SimpleNamespace)$/;

export default defineRule({
  id: "simpletransformers/wrong-arguments-class",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["args"],
  messages: {
    dropped: "{model} takes a dict or {wanted}: {given} is silently ignored, and the training runs with the defaults.",
  },
  docs: {
    summary: "Arguments of another model's class, which are dropped.",
    why: `A model takes over its \`args\` if they are a dict or an object of its own class of arguments. Anything else, the base class \`ModelArgs\` included, is neither used nor
refused: learning rate, epochs and batch size are the defaults, and nothing says so.`,
    examples: [
      {
        bad: `from simpletransformers.classification import MultiLabelClassificationModel, ClassificationArgs

args = ClassificationArgs(num_train_epochs=5)
model = MultiLabelClassificationModel("roberta", "roberta-base", num_labels=6, args=args)
`,
        good: `from simpletransformers.classification import MultiLabelClassificationModel, MultiLabelClassificationArgs

args = MultiLabelClassificationArgs(num_train_epochs=5)
model = MultiLabelClassificationModel("roberta", "roberta-base", num_labels=6, args=args)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/multi_label_classification_model.py"],
    silent: "For classes of the script's own, which may derive from the right one.",
  },
  check({ script, report }) {
    for (const call of script.callsMatching(MODEL_CLASS, /Model$/)) {
      const model = (call.name ?? "").replace("simpletransformers.", "");
      const argument = call.keywords.get("args");
      const module = MODULES[model];
      if (!argument || module === undefined || argument.value.kind !== "instance") continue;
      const given = givenClass(argument.value.object);
      const wanted = model.replace(/Model$/, "Args");
      if (given === undefined || given === wanted || ALSO[model]?.includes(given)) continue;
      report({ message: "dropped", data: { model, wanted, given }, at: script.tree.span(argument.entry), fixes: fixesOf(script, argument.value.object.call, module, wanted, given) });
    }
  },
});

function givenClass({ className, localClass }: ScriptObject): string | undefined {
  if (localClass || className === undefined) return undefined;
  if (!/^simpletransformers\.\w+Args$/.test(className) && !FOREIGN.test(className)) return undefined;
  return className.slice(className.lastIndexOf(".") + 1);
}

/** The right class where the object is made, if it is one of simpletransformers' and all that is set goes over. */
function fixesOf(script: Script, made: Call | undefined, module: string, wanted: string, given: string): Fix[] {
  if (!made || !given.endsWith("Args") || script.tree.kind(made.function) !== Kind.identifier) return [];
  const name = importedName(script, `simpletransformers.${module}`, wanted);
  if (!name) return [];
  return [{ title: `Use ${wanted}`, safety: made.keywords.size === 0 || given === "ModelArgs" || given === "ClassificationArgs" ? "safe" : "unsafe", edits: mergedEdits([...name.edits, replaceNode(script.tree, made.function, name.text)]) }];
}
