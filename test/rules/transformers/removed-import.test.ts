import rule from "../../../server/src/rules/transformers/removed-import.js";
import { ruleTest } from "../../support/ruleTest.js";

const V5 = { versions: { transformers: "5.18.0" } };
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "there", code: "from transformers import Trainer, AutoModelForCausalLM, IntervalStrategy, HfArgumentParser\n", ...V5 },
    { name: "AdamW in 4.36", code: "from transformers import AdamW\n", versions: { transformers: "4.36.2" } },
    { name: "a name that no version had is the language server's", code: "from transformers import Trianer\n", ...V5 },
    { name: "new, version unknown", code: "from transformers import AutoModelForImageTextToText\n" },
    { name: "caught", code: "try:\n    from transformers import AdamW\nexcept ImportError:\n    from torch.optim import AdamW\n", ...V5 },
    { name: "the fall-back", code: "try:\n    from torch.optim import AdamW\nexcept ImportError:\n    from transformers import AdamW\n", ...V5 },
    { name: "in a branch on the version", code: `import transformers\nfrom packaging import version\nif version.parse(transformers.__version__) < version.parse("4.40"):\n    from transformers import AdamW\n` },
    { name: "asked for", code: `import transformers\nO = transformers.AdamW if hasattr(transformers, "AdamW") else None\n`, ...V5 },
    { name: "submodules", code: "import transformers.models.bert\nfrom transformers.models.bert import modeling_bert\nfrom transformers import training_args\ntransformers.models.bert.x\n", ...V5 },
    { name: "logging", code: "import transformers\ntransformers.logging.set_verbosity_error()\ntransformers.utils.logging\n", ...V5 },
    { name: "a class of the same name from elsewhere", code: "import transformers\nfrom torch.optim import AdamW\nAdamW(p)\n", ...V5 },
  ],
  invalid: [
    { name: "AdamW", code: "from transformers import ⟦AdamW⟧\n", ...V5, findings: one("error", "torch.optim.AdamW") },
    { name: "AdamW, version unknown", code: "from transformers import ⟦AdamW⟧, Trainer\n", findings: one("warning", "from transformers 4.") },
    { name: "AdamW as an attribute", code: "import transformers\noptimizer = transformers.⟦AdamW⟧(p)\n", ...V5, findings: one("error", "AttributeError") },
    { name: "AutoModelForVision2Seq", code: "from transformers import ⟦AutoModelForVision2Seq⟧\nm = AutoModelForVision2Seq.from_pretrained(p)\n", ...V5, findings: one("error", "AutoModelForImageTextToText"), fixed: "from transformers import AutoModelForImageTextToText\nm = AutoModelForImageTextToText.from_pretrained(p)\n" },
    { name: "a feature extractor under an alias", code: "from transformers import ⟦ViTFeatureExtractor⟧ as E\nE()\n", ...V5, findings: one("error", "ViTImageProcessor"), fixed: "from transformers import ViTImageProcessor as E\nE()\n" },
    { name: "TensorFlow", code: "from transformers import ⟦TFBertModel⟧\n", ...V5, findings: one("error", "PyTorch class") },
    { name: "newer than installed", code: "from transformers import ⟦AutoModelForImageTextToText⟧\n", versions: { transformers: "4.36.2" }, findings: one("error", "comes with transformers") },
  ],
});
