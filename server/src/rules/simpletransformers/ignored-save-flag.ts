import { defineRule } from "../../analysis/rule.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { argumentSetsOf } from "./argumentSets.js";
import { isOn } from "./flags.js";

/** The models that read `save_best_model`. */
const READS_IT = /^(?:Seq2Seq|Retrieval|PretrainRetrieval)Model$/;

/** Models whose whole training was read: none of it looks at the flag. */
const READ = /^(?:Classification|MultiLabelClassification|MultiModalClassification|NER|T5|QuestionAnswering|LanguageModeling|ConvAI)Model$/;

export default defineRule({
  id: "simpletransformers/ignored-save-flag",
  severity: "information",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["save_best_model", "no_save"],
  messages: {
    neverRead: "{model} never reads save_best_model: with evaluation during the training it keeps the best model either way, and the last one too. Only no_save=True prevents both.",
    lost: "With no_save=True the evaluations choose a best model that is written nowhere, and the last one isn't saved either. Drop no_save.",
  },
  docs: {
    summary: "Flags that don't save, or don't prevent saving, as their names promise.",
    why: `\`save_best_model\` is read by \`Seq2SeqModel\` and \`RetrievalModel\` only. The other models write the best model to \`best_model_dir\` whenever they evaluate during the training, and the
last one to \`output_dir\`, whatever the flag says. \`no_save=True\` is what keeps them from writing, and then nothing at all is left of the training.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True, save_best_model=False)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(evaluate_during_training=True)
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/seq2seq/seq2seq_model.py"],
    silent: "For models that aren't known, where the script saves the model itself, and in sweeps, which want its score only.",
  },
  check({ script, report }) {
    const savesItself = /\.save_(?:model|pretrained)\(|torch\.save\(|\bwandb\.(?:agent|sweep)\b/.test(script.text);
    for (const { model, train, read } of argumentSetsOf(script)) {
      const best = read("save_best_model");
      if (best.entry !== NO_NODE && READ.test(model) && !READS_IT.test(model)) report({ message: "neverRead", data: { model }, at: script.tree.span(best.entry) });
      const none = read("no_save");
      if (train && none.entry !== NO_NODE && isOn(none, false) === true && isOn(read("evaluate_during_training"), false) === true && !savesItself) {
        report({ message: "lost", at: script.tree.span(none.entry) });
      }
    }
  },
});
