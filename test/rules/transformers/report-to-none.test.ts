import rule from "../../../server/src/rules/transformers/report-to-none.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (args: string, after = ""): string => `from transformers import Trainer, TrainingArguments\nargs = TrainingArguments("out", ${args})\n${after}Trainer(model=m, args=args)\n`;
const one = (severity: "error" | "warning", message: string) => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: '"none"', code: script('report_to="none"') },
    { name: "an empty list", code: script("report_to=[]") },
    { name: "an integration", code: script('report_to=["wandb"]') },
    { name: "left out", code: script("seed=1") },
    { name: "None on one way", code: script('report_to="wandb" if cli.wandb else None') },
    { name: "from elsewhere", code: script("report_to=cli.report_to") },
    { name: "written later", code: script("report_to=None", 'args.report_to = "none"\n') },
    { name: "another class", code: "import transformers\nfrom mine import TrainingArguments\nTrainingArguments(report_to=None)\n" },
  ],
  invalid: [
    { name: "version unknown", code: script("⟦report_to=None⟧"), findings: one("warning", "in transformers 4, and raises ValueError"), unsafe: script('report_to="none"') },
    { name: "4.57", code: script("⟦report_to=None⟧"), versions: { transformers: "4.57.6" }, findings: one("warning", "every integration"), unsafe: script('report_to="none"') },
    { name: "5.18", code: script("⟦report_to=None⟧"), versions: { transformers: "5.18.0" }, findings: one("error", "raises ValueError"), unsafe: script('report_to="none"') },
    { name: "a constant, SFTConfig", code: "from trl import SFTConfig\nREPORT = None\nSFTConfig('o', ⟦report_to=REPORT⟧)\n", findings: one("warning", "from 5 on") },
    { name: "not used by anything yet", code: "from transformers import TrainingArguments\nTrainingArguments('o', ⟦report_to=None⟧)\n", versions: { transformers: "5.18.0" }, findings: one("warning", "raises ValueError") },
  ],
});
