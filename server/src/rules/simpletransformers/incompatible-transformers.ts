import { defineRule } from "../../analysis/rule.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { Kind } from "../../syntax/kind.js";

/** The packages that import `transformers.convert_graph_to_onnx` when they are imported; conv_ai by way of classification. */
const MODULE = /^simpletransformers\.(?:classification|ner|conv_ai)\b/;

const BOTH = { simpletransformers: "<=0.70.5", transformers: ">=5" };

export default defineRule({
  id: "simpletransformers/incompatible-transformers",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["simpletransformers"],
  mentions: [".classification", ".ner", ".conv_ai"],
  versions: BOTH,
  messages: {
    incompatible: "simpletransformers before 0.70.6 imports transformers.convert_graph_to_onnx, which transformers 5 no longer has: raises ModuleNotFoundError. Upgrade it, or pin transformers<5.",
  },
  docs: {
    summary: "A simpletransformers that can't be imported with the installed transformers.",
    why: `Up to 0.70.5 the packages for classification, NER and conversation of simpletransformers import \`transformers.convert_graph_to_onnx\`, whether ONNX is used or not. transformers 5.0 removed that module, and the package itself doesn't
limit the version (\`transformers>=4.31\`), so that an ordinary \`pip install\` brings the two together. The import raises \`ModuleNotFoundError\`. 0.70.6 imports the module only for \`onnx=True\`.`,
    examples: [
      {
        versions: { simpletransformers: "0.70.5", transformers: "5.0.0" },
        bad: `from simpletransformers.classification import ClassificationModel

model = ClassificationModel("roberta", "roberta-base")
`,
        good: `from simpletransformers.t5 import T5Model

model = T5Model("t5", "t5-small")
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/issues/1595", "https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "Unless both versions are known; inside `try`/`except ImportError`.",
  },
  check({ script, report, versionsAt }) {
    const { tree } = script;
    for (let node = 0; node < tree.size; node++) {
      const kind = tree.kind(node);
      const module = kind === Kind.import_statement || kind === Kind.import_from_statement ? tree.firstChild(node) : NO_NODE;
      if (module === NO_NODE || !MODULE.test(tree.textOf(module)) || versionsAt(tree.start(node)).holds(BOTH) !== "always") continue;
      // `except ImportError` catches it too.
      if (script.flow.isCaught(tree.start(module), "ImportError")) continue;
      report({ message: "incompatible", at: tree.span(module), when: BOTH, raises: "ModuleNotFoundError" });
      // The first import ends the script.
      return;
    }
  },
});
