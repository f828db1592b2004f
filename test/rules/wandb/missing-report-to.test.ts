import rule from "../../../server/src/rules/wandb/missing-report-to.js";
import { ruleTest } from "../../support/ruleTest.js";

const NEW = { versions: { transformers: "5.1.0" } };
const PROJECT = 'import os\nos.environ["WANDB_PROJECT"] = "p"\nfrom transformers import TrainingArguments\n';
const RUN = 'import wandb\nfrom transformers import TrainingArguments\nwandb.init(project="p")\n';

ruleTest(rule, {
  valid: [
    { name: "told", ...NEW, code: `${PROJECT}TrainingArguments("o", report_to="wandb")\n` },
    { name: "transformers 4", versions: { transformers: "4.57.6" }, code: `${PROJECT}TrainingArguments("o")\n` },
    { name: "nothing about wandb", ...NEW, code: `from transformers import TrainingArguments\nTrainingArguments("o", run_name="wandb-like")\n` },
    { name: "imported only", ...NEW, code: `import wandb\nfrom transformers import TrainingArguments\nTrainingArguments("o")\n` },
    { name: "switched off", ...NEW, code: `import os\nos.environ["WANDB_PROJECT"] = "p"\nos.environ["WANDB_MODE"] = "disabled"\nfrom transformers import TrainingArguments\nTrainingArguments("o")\n` },
    { name: "the script logs itself", ...NEW, code: `${RUN}TrainingArguments("o")\nwandb.log({"x": 1})\n` },
    { name: "a callback", ...NEW, code: `from transformers.integrations import WandbCallback\n${PROJECT}TrainingArguments("o")\n` },
    { name: "from outside", ...NEW, code: `${PROJECT}TrainingArguments("o", **settings)\n` },
    { name: "set later", ...NEW, code: `${PROJECT}a = TrainingArguments("o")\na.report_to = ["wandb"]\n` },
    { name: "the script logs itself, by the run", ...NEW, code: `import wandb\nfrom transformers import TrainingArguments\nrun = wandb.init(project="p")\nTrainingArguments("o")\nrun.log({"x": 1})\n` },
    { name: "only a result is kept", ...NEW, code: `${RUN}TrainingArguments("o")\nwandb.run.summary["accuracy"] = 0.9\n` },
  ],
  invalid: [
    { name: "a project", ...NEW, code: `${PROJECT}⟦TrainingArguments⟧("o")\n`, findings: [{ severity: "warning", message: "WANDB_PROJECT stands here" }], fixed: `${PROJECT}TrainingArguments("o", report_to="wandb")\n` },
    { name: "a run, TRL", versions: { transformers: "5.1.0", trl: "1.13.0" }, code: `import wandb\nfrom trl import SFTConfig\nwandb.init(project="p")\n⟦SFTConfig⟧("o")\n`, findings: [{ severity: "warning", message: "wandb.init()" }], fixed: `import wandb\nfrom trl import SFTConfig\nwandb.init(project="p")\nSFTConfig("o", report_to="wandb")\n` },
    { name: "the version unknown", code: `${RUN}⟦TrainingArguments⟧("o", run_name="r")\n`, findings: [{ severity: "information", message: "From transformers 5 on" }], fixed: `${RUN}TrainingArguments("o", run_name="r", report_to="wandb")\n` },
    { name: "a login", ...NEW, code: `import wandb\nfrom transformers import TrainingArguments\nwandb.login()\n⟦TrainingArguments⟧("o")\n`, findings: [{ severity: "warning", message: "wandb.login()" }], fixed: `import wandb\nfrom transformers import TrainingArguments\nwandb.login()\nTrainingArguments("o", report_to="wandb")\n` },
  ],
});
