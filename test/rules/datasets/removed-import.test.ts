import rule from "../../../server/src/rules/datasets/removed-import.js";
import { ruleTest } from "../../support/ruleTest.js";

const V = { versions: { datasets: "3.2.0" } };

ruleTest(rule, {
  valid: [
    { name: "in 2.14", code: "from datasets import load_metric\n", versions: { datasets: "2.14.5" } },
    { name: "current names", code: "from datasets import Dataset, load_dataset\nimport datasets\ndatasets.load_from_disk(p)\n", ...V },
    { name: "caught", code: "try:\n    from datasets import load_metric\nexcept ImportError:\n    from evaluate import load as load_metric\n", ...V },
    { name: "logging", code: "import datasets\ndatasets.logging.set_verbosity_error()\n", ...V },
  ],
  invalid: [
    { name: "gone", code: "from datasets import load_dataset, ⟦load_metric⟧\n", ...V, findings: [{ message: "evaluate.load", severity: "error" }] },
    { name: "as an attribute, version unknown", code: "import datasets\nm = datasets.⟦load_metric⟧('f1')\n", findings: [{ message: "AttributeError", severity: "warning" }] },
  ],
});
