import rule from "../../../server/src/rules/accelerate/missing-deepspeed-config.js";
import { ruleTest } from "../../support/ruleTest.js";

const IMPORT = "from transformers import TrainingArguments\n";
const script = (written: string, before = ""): string => `${IMPORT}${before}args = TrainingArguments("out", ${written})\n`;
const good = { "ds.json": '{"zero_optimization": {"stage": 2}}' };
const missing = { "ds.json": null };
const broken = { "ds.json": '{"zero_optimization": {"stage": 2},}' };

ruleTest(rule, {
  valid: [
    { name: "it is there", code: script('deepspeed="ds.json"'), files: good },
    { name: "nobody has looked", code: script('deepspeed="ds.json"') },
    { name: "nothing of the kind", code: script("bf16=True"), files: missing },
    { name: "a dict", code: script('deepspeed={"zero_optimization": {"stage": 2}}') },
    { name: "JSON as text", code: script(`deepspeed='{"zero_optimization": {"stage": 2}}'`) },
    { name: "base64", code: script('deepspeed="eyJ6ZXJvX29wdGltaXphdGlvbiI6IHsic3RhZ2UiOiAyfX0="') },
    { name: "from outside", code: script("deepspeed=cli.deepspeed"), files: missing },
    { name: "none", code: script("deepspeed=None") },
    { name: "the script goes elsewhere first", code: script('deepspeed="ds.json"', "import os\nos.chdir(root)\n"), files: missing },
    { name: "the script writes it", code: script('deepspeed="ds.json"', 'import json\njson.dump(config, open("ds.json", "w"))\n'), files: missing },
    { name: "the script writes it with pathlib", code: script('deepspeed="ds.json"', 'from pathlib import Path\nPath("ds.json").write_text(text)\n'), files: broken },
    { name: "the script downloads it", code: script('deepspeed="ds.json"', "path = hf_hub_download(repo, name)\n"), files: missing },
    { name: "it is caught", code: `${IMPORT}try:\n    args = TrainingArguments("out", deepspeed="ds.json")\nexcept ValueError:\n    args = TrainingArguments("out")\n`, files: missing },
    { name: "a class of one's own", code: 'import transformers\nclass TrainingArguments: ...\nargs = TrainingArguments("out", deepspeed="ds.json")\n', files: missing },
    { name: "NaN is read by Python", code: script('deepspeed="ds.json"'), files: { "ds.json": '{"zero_optimization": {"stage": 2}, "x": NaN}' } },
  ],
  invalid: [
    { name: "it is missing", code: script('⟦deepspeed="ds.json"⟧'), files: missing, findings: [{ message: "There is no ds.json in project or project/scripts: unless the script runs elsewhere, raises ValueError when TrainingArguments is built.", severity: "warning" }] },
    { name: "it is missing in the one folder where the script will run", code: script('⟦deepspeed="ds.json"⟧'), files: missing, runsThere: true, findings: [{ message: "There is no ds.json where the script runs", severity: "error" }] },
    { name: "through a constant", code: script("⟦deepspeed=DS⟧", 'DS = "ds.json"\n'), files: missing, findings: [{ message: "There is no ds.json", severity: "warning" }] },
    { name: "unpacked", code: `${IMPORT}options = {⟦"deepspeed": "ds.json"⟧}\nargs = TrainingArguments("out", **options)\n`, files: missing, findings: [{ message: "There is no ds.json", severity: "warning" }] },
    { name: "a config of TRL, imported under another name", code: 'from trl import SFTConfig as Config\nargs = Config("out", ⟦deepspeed="ds.json"⟧)\n', files: missing, findings: [{ message: "There is no ds.json", severity: "warning" }] },
    { name: "a plugin of Accelerate", code: 'from accelerate import Accelerator, DeepSpeedPlugin\nplugin = DeepSpeedPlugin(⟦"ds.json"⟧)\n', files: missing, findings: [{ message: "raises ValueError when DeepSpeedPlugin is built", severity: "warning" }] },
    { name: "the class for scripts without a Trainer", code: 'from transformers.integrations import HfDeepSpeedConfig\nconfig = HfDeepSpeedConfig(⟦"ds.json"⟧)\n', files: missing, findings: [{ message: "raises ValueError when HfDeepSpeedConfig is built", severity: "warning" }] },
    { name: "a comma too many", code: script('⟦deepspeed="ds.json"⟧'), files: broken, findings: [{ message: "ds.json is no JSON (a comma before }): raises JSONDecodeError when TrainingArguments is built.", severity: "error", inFiles: [","] }] },
    { name: "a comment", code: script('⟦deepspeed="./ds.json"⟧'), files: { "./ds.json": '{\n  // two\n  "zero_optimization": {"stage": 2}\n}' }, findings: [{ message: "./ds.json is no JSON (a comment)", severity: "error", inFiles: ["//"] }] },
    { name: "a list", code: script('⟦deepspeed="ds.json"⟧'), files: { "ds.json": "[1, 2]" }, findings: [{ message: "its outermost value is a list, and no object", severity: "error", inFiles: ["[1, 2]"] }] },
    { name: "a path as long as a sentence", code: script(`⟦deepspeed="${"long/".repeat(30)}ds.json"⟧`), files: { [`${"long/".repeat(30)}ds.json`]: null }, findings: [{ message: "There is no …", severity: "warning" }] },
  ],
});
