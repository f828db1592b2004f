import rule from "../../../server/src/rules/python/ignored-environment-variable.js";
import { ruleTest } from "../../support/ruleTest.js";

const setting = (name: string, value: string, more = ""): string => `import os\nos.environ["${name}"] = "${value}"\n${more}from transformers import Trainer\n`;
const marked = (name: string, value: string): string => `import os\n⟦os.environ["${name}"] = "${value}"⟧\nfrom transformers import Trainer\n`;
const NEW = { versions: { transformers: "5.1.0" } };

ruleTest(rule, {
  valid: [
    { name: "the variable of today", ...NEW, code: setting("HF_HOME", "/data") },
    { name: "both", ...NEW, code: setting("TRANSFORMERS_CACHE", "/data", 'os.environ["HF_HOME"] = "/data"\n') },
    { name: "switched off in the arguments too", ...NEW, code: `${setting("WANDB_DISABLED", "true")}from transformers import TrainingArguments\nTrainingArguments("o", report_to="none")\n` },
    { name: "read", ...NEW, code: `import os\nfrom transformers import Trainer\nprint(os.environ["TRANSFORMERS_CACHE"])\n` },
    { name: "wandb's own switch", ...NEW, code: setting("WANDB_MODE", "disabled") },
    { name: "a script without these libraries", ...NEW, code: `import os\nos.environ["TRANSFORMERS_CACHE"] = "/data"\n` },
    { name: "a switch that is left on", ...NEW, code: setting("WANDB_DISABLED", "false") },
    { name: "wandb's mode beside it", ...NEW, code: setting("WANDB_DISABLED", "true", 'os.environ["WANDB_MODE"] = "disabled"\n') },
    { name: "the hub's cache beside it", ...NEW, code: setting("TRANSFORMERS_CACHE", "/data", 'os.environ["HF_HUB_CACHE"] = "/data"\n') },
  ],
  invalid: [
    { name: "the switch", ...NEW, code: marked("WANDB_DISABLED", "true"), findings: [{ severity: "warning", message: "switches nothing off" }] },
    { name: "the cache", ...NEW, code: marked("TRANSFORMERS_CACHE", "/data"), findings: [{ severity: "warning", message: "HF_HOME" }] },
    { name: "transformers 4", versions: { transformers: "4.57.6" }, code: marked("TRANSFORMERS_CACHE", "/data"), findings: [{ severity: "hint", message: "deprecated" }] },
    { name: "the version unknown", code: marked("WANDB_DISABLED", "true"), findings: [{ severity: "information", message: "from transformers 5 on" }] },
  ],
});
