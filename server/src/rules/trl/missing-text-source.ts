import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { columnsOf } from "../../script/datasets.js";
import type { Script } from "../../script/script.js";
import { isNone, optionOf, trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

/** Columns from which every version that asks for a source makes texts by itself, or that it leaves as they are. */
const UNDERSTOOD = ["messages", "conversations", "input_ids"];

/** Arguments that the trainer took only in versions that ask for a source, or shortly after. */
const OLD_FORM = ["max_seq_length", "packing", "tokenizer", "infinite", "chars_per_token", "num_of_sequences"];

export default defineRule({
  id: "trl/missing-text-source",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["SFTTrainer"],
  versions: { trl: "<0.12" },
  messages: {
    missing: "SFTTrainer isn't told where the texts are: raises ValueError when it is built. {advice}.",
    unsure: "SFTTrainer isn't told where the texts are: before trl 0.12 it raises ValueError when it is built. {advice}.",
  },
  docs: {
    summary: "An SFTTrainer before trl 0.12 that knows neither the column of the texts nor how to make them.",
    why: `Before trl 0.12 \`SFTTrainer\` has no default for \`dataset_text_field\`: without it and without \`formatting_func\` it raises \`ValueError\` when it is built, even if the rows have a column
\`text\`. It finds its way by itself only in conversations (\`messages\`, \`conversations\`) and in rows of just \`prompt\` and \`completion\`. From 0.12 on the default is \`"text"\`.`,
    examples: [
      {
        versions: { trl: "0.11.4" },
        bad: `from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

dataset = load_dataset("imdb", split="train")
trainer = SFTTrainer("gpt2", args=SFTConfig("out", max_seq_length=512), train_dataset=dataset)
`,
        good: `from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

dataset = load_dataset("imdb", split="train")
trainer = SFTTrainer("gpt2", args=SFTConfig("out", max_seq_length=512, dataset_text_field="text"), train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.11.4/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v0.11.4/trl/extras/dataset_formatting.py"],
    silent: "Where the columns of the rows aren't known; from trl 0.12 on; with the version unknown unless the trainer gets arguments that only older versions take.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["SFT"])) {
      const { call } = trainer;
      const versions = ctx.versionsAt(call.span.start);
      const holds = versions.holds({ trl: "<0.12" });
      if (holds === "never" || call.isOpen || call.positional.length > 4) continue;
      if (holds === "sometimes" && versions.fact("trl") === undefined && !OLD_FORM.some((name) => call.keywords.has(name))) continue;
      if (!["dataset_text_field", "formatting_func", "dataset_kwargs"].every((name) => isUnset(optionOf(script, trainer, name)))) continue;
      const columns = columnsOf(script, call.value("train_dataset", 3));
      const isPair = columns.names.size === 2 && columns.names.has("prompt") && columns.names.has("completion");
      if (columns.open || isPair || UNDERSTOOD.some((name) => columns.names.has(name))) continue;
      const hasText = columns.names.has("text");
      ctx.report({
        message: holds === "always" ? "missing" : "unsure",
        data: { advice: hasText ? 'Pass dataset_text_field="text"' : "Name the column in dataset_text_field, or pass formatting_func" },
        at: call.nameSpan,
        // The columns of a dataset of the Hub are what they were when it was looked at.
        severity: holds === "sometimes" ? "hint" : columns.hub === undefined ? "error" : "warning",
        raises: "ValueError",
        fixes: hasText ? fixesOf(script, trainer) : [],
      });
    }
  },
});

const isUnset = (value: ReturnType<typeof optionOf>): boolean => value.kind === "absent" || isNone(value);

function fixesOf(script: Script, { call, args }: TrlTrainer): Fix[] {
  const isConfig = args?.className === "trl.SFTConfig";
  const place = isConfig ? args.call : call;
  const edit = place && addArgument(script, place, "dataset_text_field", '"text"');
  return edit ? [{ title: 'Set `dataset_text_field="text"`', safety: "unsafe", edits: [edit] }] : [];
}
