import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { stringOf } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";
import { MODEL_CLASS } from "./intervals.js";

/** MODEL_CLASSES of each model, the union of 0.64.5 and 0.70.5. */
const TYPES: Readonly<Record<string, string>> = {
  ClassificationModel:
    "albert auto bert bertweet bigbird camembert deberta debertav2 distilbert electra flaubert herbert layoutlm layoutlmv2 longformer mobilebert mpnet nystromformer rembert " +
    "roberta squeezebert xlm xlmroberta xlnet",
  MultiLabelClassificationModel: "albert bert bertweet bigbird camembert distilbert electra herbert flaubert layoutlm longformer nystromformer rembert roberta xlm xlmroberta xlnet",
  NERModel:
    "albert auto bert bertweet bigbird camembert deberta deberta-v2 distilbert electra herbert layoutlm layoutlmv2 longformer luke mluke mobilebert mpnet nystromformer rembert " +
    "roberta squeezebert xlm xlmroberta xlnet",
  QuestionAnsweringModel: "albert auto bart bert camembert distilbert electra longformer mobilebert mpnet roberta squeezebert xlm xlmroberta xlnet",
  T5Model: "t5 mt5 byt5 eet5",
  ConvAIModel: "gpt gpt2 blender-small blender",
  LanguageModelingModel: "auto bert bigbird camembert causal distilbert electra gpt2 longformer nystromformer openai-gpt rembert roberta roberta-autoencoder xlmroberta",
  LanguageGenerationModel: "gpt2 ctrl openai-gpt xlnet transfo-xl xlm",
  MultiModalClassificationModel: "bert",
};

/** Names that people bring from the Hub. */
const MEANT: Readonly<Record<string, string>> = { "xlm-roberta": "xlmroberta", "deberta-v2": "debertav2", debertav2: "deberta-v2", "deberta-v3": "debertav2", debertav3: "debertav2" };

export default defineRule({
  id: "simpletransformers/unknown-model-type",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  messages: {
    unknown: '"{type}" is no model type of {model}: raises KeyError when the model is built.{hint}',
  },
  docs: {
    summary: "A model_type that the simpletransformers model doesn't have.",
    why: `The first argument of a simpletransformers model selects the transformers classes from a table of the library. A name that isn't in it raises a bare \`KeyError\`.
The names are not those of the Hub: \`xlmroberta\` without a hyphen, \`debertav2\` for classification but \`deberta-v2\` for NER.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("xlm-roberta", "xlm-roberta-base")
`,
        good: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("xlmroberta", "xlm-roberta-base")
`,
      },
    ],
    references: ["https://simpletransformers.ai/docs/classification-specifics/#supported-model-types"],
    silent: "For types from outside the script, and for models whose table isn't known.",
  },
  check({ script, report }) {
    for (const call of script.callsMatching(MODEL_CLASS, /Model$/)) {
      const model = (call.name ?? "").replace("simpletransformers.", "");
      const types = TYPES[model]?.split(" ");
      const argument = call.argument("model_type", 0);
      const type = argument && stringOf(argument.value);
      if (!types || !argument || type === undefined || types.includes(type)) continue;
      const meant = MEANT[type];
      const nearest = meant !== undefined && types.includes(meant) ? meant : nearestName(type, types);
      const isWritten = script.tree.kind(argument.node) === Kind.string;
      report({
        message: "unknown",
        data: { type, model, hint: nearest === undefined ? "" : ` Did you mean "${nearest}"?` },
        at: script.tree.span(argument.entry),
        raises: "KeyError",
        fixes: nearest === undefined || !isWritten ? [] : [{ title: `Write "${nearest}"`, safety: "safe", edits: [replaceNode(script.tree, argument.node, `"${nearest}"`)] }],
      });
    }
  },
});
