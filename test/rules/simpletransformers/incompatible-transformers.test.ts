import rule from "../../../server/src/rules/simpletransformers/incompatible-transformers.js";
import { ruleTest } from "../../support/ruleTest.js";

const BOTH = { simpletransformers: "0.70.5", transformers: "5.0.0" };
const IMPORT = "from simpletransformers.classification import ClassificationModel\n";

ruleTest(rule, {
  valid: [
    { name: "neither known", code: IMPORT },
    { name: "one known", code: IMPORT, versions: { transformers: "5.0.0" } },
    { name: "the other known", code: IMPORT, versions: { simpletransformers: "0.64.5" } },
    { name: "transformers 4", code: IMPORT, versions: { ...BOTH, transformers: "4.57.6" } },
    { name: "a range over both", code: IMPORT, versions: { ...BOTH, transformers: ">=4.40" } },
    { name: "0.70.6", code: IMPORT, versions: { ...BOTH, simpletransformers: "0.70.6" } },
    { name: "another package", code: "from simpletransformers.t5 import T5Model\n", versions: BOTH },
    { name: "tried", code: `try:\n    ${IMPORT}except ImportError:\n    ClassificationModel = None\n`, versions: BOTH },
    { name: "a package of the same name below another", code: "from mine.simpletransformers.classification import ClassificationModel\nimport simpletransformers\n", versions: BOTH },
  ],
  invalid: [
    { name: "classification", code: "from ⟦simpletransformers.classification⟧ import ClassificationModel\n", versions: BOTH, findings: [{ severity: "error", message: "raises ModuleNotFoundError" }] },
    { name: "as a module, once", code: `import ⟦simpletransformers.ner⟧\n${IMPORT}`, versions: { simpletransformers: "==0.64.*", transformers: ">=5" }, findings: [{ severity: "error", message: "transformers<5" }] },
  ],
});
