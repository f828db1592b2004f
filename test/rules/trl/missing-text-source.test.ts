import rule from "../../../server/src/rules/trl/missing-text-source.js";
import { ruleTest } from "../../support/ruleTest.js";

const TEXTS = 'from datasets import Dataset, load_dataset\nfrom trl import SFTConfig, SFTTrainer\nrows = Dataset.from_dict({"text": ["a", "b"]})\n';
const OLD = { versions: { trl: "0.11.4" } };
const sft = (written: string, data = TEXTS): string => `${data}SFTTrainer(m, train_dataset=rows${written})\n`;
const rows = (dict: string): string => TEXTS.replace('{"text": ["a", "b"]}', dict);

ruleTest(rule, {
  valid: [
    { name: "a text field", code: sft(', dataset_text_field="text"'), ...OLD },
    { name: "a text field in the config", code: sft(', args=SFTConfig("o", dataset_text_field="text")'), ...OLD },
    { name: "a text field that is written later", code: `${TEXTS}args = SFTConfig("o")\nargs.dataset_text_field = "text"\nSFTTrainer(m, args=args, train_dataset=rows)\n`, ...OLD },
    { name: "a formatting function", code: sft(", formatting_func=f"), ...OLD },
    { name: "prepared by the script", code: sft(', dataset_kwargs={"skip_prepare_dataset": True}'), ...OLD },
    { name: "messages", code: sft("", rows('{"messages": m}')), ...OLD },
    { name: "prompt and completion", code: sft("", rows('{"prompt": p, "completion": c}')), ...OLD },
    { name: "tokenised", code: sft("", rows('{"input_ids": i, "labels": l}')), ...OLD },
    { name: "rows from elsewhere", code: sft(", eval_dataset=rows", 'from trl import SFTTrainer\nrows = load("x")\n'), ...OLD },
    { name: "a dataset of which nothing is known", code: sft("", TEXTS.replace(/Dataset.from_dict.*/, 'load_dataset("mine", split="train")')), ...OLD },
    { name: "arguments from the command line", code: `${TEXTS}from transformers import HfArgumentParser\nargs, = HfArgumentParser(SFTConfig).parse_args_into_dataclasses()\nSFTTrainer(m, args=args, train_dataset=rows)\n`, ...OLD },
    { name: "an open splat", code: sft(", **options"), ...OLD },
    { name: "from 0.12 on", code: sft(""), versions: { trl: "0.12.2" } },
    { name: "today's form, version unknown", code: sft(', args=SFTConfig("o", max_length=512)') },
    { name: "a subclass of one's own", code: `${TEXTS}class Mine(SFTTrainer):\n    pass\nMine(m, train_dataset=rows)\n`, ...OLD },
    { name: "unsloth", code: `import unsloth\n${sft("")}`, ...OLD },
    { name: "five by position", code: `${TEXTS}SFTTrainer(m, None, None, rows, None)\n`, ...OLD },
    { name: "conversations", code: sft("", rows('{"conversations": m}')), ...OLD },
    { name: "version unknown, and nothing old", code: sft("") },
    { name: "an open splat beside the arguments", code: sft(', args=SFTConfig("o"), **options'), ...OLD },
    { name: "arguments of a class of one's own", code: `from dataclasses import dataclass\n${TEXTS}@dataclass\nclass Mine(SFTConfig):\n    dataset_text_field: str = "text"\nSFTTrainer(m, args=Mine("o"), train_dataset=rows)\n`, ...OLD },
  ],
  invalid: [
    { name: "nothing said", code: `${TEXTS}⟦SFTTrainer⟧(m, train_dataset=rows)\n`, ...OLD, findings: [{ message: 'raises ValueError when it is built. Pass dataset_text_field="text".', severity: "error" }], unsafe: sft(', dataset_text_field="text"') },
    { name: "in a config", code: `${TEXTS}⟦SFTTrainer⟧(m, args=SFTConfig("o"), train_dataset=rows)\n`, ...OLD, findings: [{ message: "ValueError", severity: "error" }], unsafe: `${TEXTS}SFTTrainer(m, args=SFTConfig("o", dataset_text_field="text"), train_dataset=rows)\n` },
    { name: "other columns", code: `${rows('{"question": q, "answer": a}')}⟦SFTTrainer⟧(m, train_dataset=rows)\n`, versions: { trl: "0.7.11" }, findings: [{ message: "Name the column in dataset_text_field", severity: "error" }] },
    { name: "a dataset of the Hub", code: `${TEXTS}rows = load_dataset("imdb")["train"].shuffle(seed=1)\n⟦SFTTrainer⟧(m, train_dataset=rows)\n`, ...OLD, findings: [{ message: "dataset_text_field", severity: "warning" }] },
    { name: "the old form, version unknown", code: `${TEXTS}⟦SFTTrainer⟧(m, train_dataset=rows, max_seq_length=512)\n`, findings: [{ message: "before trl 0.12", severity: "hint" }] },
    { name: "a prompt, a completion and more", code: `${rows('{"prompt": p, "completion": c, "id": i}')}⟦SFTTrainer⟧(m, train_dataset=rows)\n`, ...OLD, findings: [{ message: "Name the column", severity: "error" }] },
    { name: "two columns, one of them a prompt", code: `${rows('{"prompt": p, "answer": c}')}⟦SFTTrainer⟧(m, train_dataset=rows)\n`, ...OLD, findings: [{ message: "Name the column", severity: "error" }] },
    { name: "expressly nothing", code: `${TEXTS}⟦SFTTrainer⟧(m, train_dataset=rows, dataset_text_field=None, formatting_func=None)\n`, ...OLD, findings: [{ message: "Pass dataset_text_field", severity: "error" }] },
    { name: "by position", code: `${TEXTS}⟦SFTTrainer⟧(m, None, None, rows)\n`, ...OLD, findings: [{ message: "Pass dataset_text_field", severity: "error" }] },
  ],
});
