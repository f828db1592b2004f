import rule from "../../../server/src/rules/trl/dataset-columns.js";
import { ruleTest } from "../../support/ruleTest.js";

const NEW = { versions: { trl: "1.13.0" } };
const IMPORTS = "from datasets import Dataset, load_dataset\nimport trl\nfrom trl import DPOConfig, SFTConfig, SFTTrainer\n";
const of = (method: string, rows: string, written = "train_dataset=rows"): string => `${IMPORTS}rows = ${rows}\ntrl.${method}Trainer(m, ${written})\n`;
const dict = (...names: string[]): string => `Dataset.from_dict({${names.map((name) => `"${name}": x`).join(", ")}})`;

ruleTest(rule, {
  valid: [
    { name: "text", code: of("SFT", dict("text", "id")), ...NEW },
    { name: "messages", code: of("SFT", dict("messages")), ...NEW },
    { name: "prompt and completion", code: of("SFT", dict("prompt", "completion", "id")), ...NEW },
    { name: "another text field", code: of("SFT", dict("content"), 'args=SFTConfig("o", dataset_text_field="content"), train_dataset=rows'), ...NEW },
    { name: "a text field from outside", code: of("SFT", dict("content"), 'args=SFTConfig("o", dataset_text_field=cli.field), train_dataset=rows'), ...NEW },
    { name: "arguments from outside", code: of("SFT", dict("content"), "args=args, train_dataset=rows"), ...NEW },
    { name: "a formatting function", code: of("SFT", dict("question"), "train_dataset=rows, formatting_func=f"), ...NEW },
    { name: "prepared by the script", code: of("SFT", dict("question"), 'args=SFTConfig("o", dataset_kwargs={"skip_prepare_dataset": True}), train_dataset=rows'), ...NEW },
    { name: "renamed", code: of("SFT", `${dict("question")}.rename_column("question", "text")`), ...NEW },
    { name: "made by map", code: of("SFT", `${dict("q", "a")}.map(lambda row: {"text": row["q"] + row["a"]}, remove_columns=["q", "a"])`), ...NEW },
    { name: "made by a function of which nothing is known", code: of("SFT", `${dict("q", "a")}.map(make)`), ...NEW },
    { name: "tokenised", code: of("SFT", `${dict("q")}.map(lambda row: {"input_ids": t(row["q"])}, remove_columns=["q"])`), ...NEW },
    { name: "a dataset of which nothing is known", code: of("SFT", 'load_dataset("mine", split="train")'), ...NEW },
    { name: "files under a known name", code: of("SFT", 'load_dataset("gsm8k", "main", data_files="x.json")["train"]'), ...NEW },
    { name: "an open dict", code: of("SFT", 'Dataset.from_dict({"question": x, **more})'), ...NEW },
    { name: "rows of different keys", code: of("SFT", 'Dataset.from_list([{"question": 1}, {"text": 2}])'), ...NEW },
    { name: "text on one of two ways", code: of("SFT", `${dict("text")} if a else ${dict("question")}`), ...NEW },
    { name: "no source before 0.12: another rule", code: of("SFT", dict("question")), versions: { trl: "0.11.4" } },
    { name: "a trainer of one's own", code: `${IMPORTS}class Mine(SFTTrainer):\n    pass\nMine(m, train_dataset=${dict("question")})\n`, ...NEW },
    { name: "pairs without a prompt", code: of("DPO", dict("chosen", "rejected")), ...NEW },
    { name: "pairs of the Hub", code: of("DPO", 'load_dataset("Anthropic/hh-rlhf", split="train")'), ...NEW },
    { name: "labelled", code: of("KTO", dict("prompt", "completion", "label")), ...NEW },
    { name: "pairs for KTO", code: of("KTO", dict("prompt", "chosen", "rejected")), ...NEW },
    { name: "tokenised pairs", code: of("Reward", dict("input_ids_chosen", "attention_mask_chosen", "input_ids_rejected", "attention_mask_rejected")), versions: { trl: "0.11.4" } },
    { name: "prompts with answers", code: of("GRPO", dict("prompt", "answer"), "r, train_dataset=rows"), ...NEW },
    { name: "other columns before 0.12, where rows came tokenised", code: of("Reward", dict("input_ids_b", "input_ids_f")), versions: { trl: "0.8.6" } },
    { name: "pictures", code: of("SFT", dict("images", "question")), ...NEW },
  ],
  invalid: [
    { name: "question and answer", code: of("SFT", dict("question", "answer"), "⟦train_dataset=rows⟧"), ...NEW, findings: [{ message: "SFTTrainer reads text, messages, or prompt and completion, and the rows have question and answer: raises KeyError when it is built.", severity: "error" }] },
    { name: "version unknown", code: of("SFT", dict("question", "answer"), "⟦train_dataset=rows⟧"), findings: [{ message: "Set dataset_text_field", severity: "error" }] },
    { name: "half a pair", code: of("SFT", dict("prompt"), "⟦train_dataset=rows⟧"), ...NEW, findings: [{ message: "the rows have only prompt", severity: "error" }] },
    { name: "a text field that isn't there", code: of("SFT", dict("text"), 'args=SFTConfig("o", dataset_text_field="content"), ⟦train_dataset=rows⟧'), versions: { trl: "0.12.2" }, findings: [{ message: "reads content", severity: "error" }] },
    { name: "rows of the Hub, by position", code: `${IMPORTS}SFTTrainer(m, None, None, ⟦load_dataset("openai/gsm8k", "main")["train"].shuffle(seed=1)⟧)\n`, ...NEW, findings: [{ message: "question and answer", severity: "warning" }] },
    { name: "a list of dicts, for evaluation", code: of("SFT", dict("text"), 'train_dataset=rows, ⟦eval_dataset=Dataset.from_list([{"q": 1, "a": 2}, {"q": 3, "a": 4}])⟧'), ...NEW, findings: [{ message: "q and a", severity: "error" }] },
    { name: "no rejected", code: of("DPO", dict("prompt", "chosen"), "⟦train_dataset=rows⟧"), ...NEW, findings: [{ message: 'DPOTrainer reads "prompt", "chosen" and "rejected", and the rows have prompt and chosen: raises KeyError or ValueError when it is built.', severity: "error" }] },
    { name: "no label", code: of("KTO", dict("prompt", "completion"), "⟦train_dataset=rows⟧"), ...NEW, findings: [{ message: '"label"', severity: "error" }] },
    { name: "many other columns", code: of("Reward", dict("prompt", "a_rather_long_name_for_a_column", "score", "x", "y"), "⟦train_dataset=rows⟧"), ...NEW, findings: [{ message: "score and 2 more", severity: "error" }] },
    { name: "version unknown, and rows were tokenised before", code: of("Reward", dict("prompt", "answer"), "⟦train_dataset=rows⟧"), findings: [{ message: 'reads "chosen" and "rejected" from trl 0.12 on', severity: "warning" }] },
    { name: "no prompt", code: of("GRPO", `${dict("question", "answer")}.remove_columns(["answer"])`, "r, ⟦train_dataset=rows⟧"), ...NEW, findings: [{ message: "raises KeyError at the first step", severity: "error" }] },
  ],
});
