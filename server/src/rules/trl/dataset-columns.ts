import { shownCode } from "../../analysis/message.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import { columnsOf, type Columns } from "../../script/datasets.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import { isNone, optionOf, trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

interface Format {
  /** Sets of columns of which one has to be there: whatever any version takes. */
  readonly sets: readonly (readonly string[])[];
  /** For the message: what to have today. */
  readonly wanted: string;
  readonly exception: string;
  readonly when: string;
  /** The position of `train_dataset`, where all versions share it. */
  readonly position: number;
  /** Which datasets are read when the trainer is built, or at once in train(). */
  readonly datasets: readonly string[];
}

const BUILT = { when: "when it is built", datasets: ["train_dataset", "eval_dataset"], position: -1 };
const PAIRS: Format = { sets: [["chosen", "rejected"], ["chosen_input_ids", "rejected_input_ids"]], wanted: '"prompt", "chosen" and "rejected"', exception: "KeyError", ...BUILT };

/** Read in the trainers of trl 0.11 to 1.16, and run there; see test/oracle/rules/trl/dataset-columns.json. */
const FORMATS: Readonly<Record<string, Format>> = {
  // Without a text field SFTTrainer raised ValueError before 0.12: trl/missing-text-source.
  SFT: { sets: [["messages"], ["conversations"], ["prompt", "completion"], ["input_ids"], ["image"], ["images"]], wanted: "{field}, messages, or prompt and completion", exception: "KeyError", ...BUILT, position: 3 },
  DPO: { ...PAIRS, exception: "KeyError or ValueError" },
  ORPO: PAIRS,
  CPO: PAIRS,
  KTO: { sets: [["prompt", "completion", "label"], ["chosen", "rejected"]], wanted: '"prompt", "completion" and "label"', exception: "KeyError", ...BUILT },
  Reward: { sets: [["chosen", "rejected"], ["input_ids_chosen", "input_ids_rejected"], ["chosen_input_ids", "rejected_input_ids"], ["chosen_ids", "rejected_ids"]], wanted: '"chosen" and "rejected"', exception: "KeyError", ...BUILT, position: 3 },
  GRPO: { sets: [["prompt"]], wanted: '"prompt"', exception: "KeyError", when: "at the first step", datasets: ["train_dataset"], position: 3 },
};

type Message = "missing" | "missingUnsure" | "text";

/** Before, some trainers wanted rows that were tokenised already, under other names, and failed at the first batch. */
const SINCE = { trl: ">=0.12" } as const;

export default defineRule({
  id: "trl/dataset-columns",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["trl"],
  mentions: ["SFTTrainer", "DPOTrainer", "KTOTrainer", "ORPOTrainer", "CPOTrainer", "RewardTrainer", "GRPOTrainer"],
  messages: {
    missing: "{class} reads {wanted}, and the rows have {columns}: raises {exception} {when}. Rename the columns, or make them with map().",
    text: "{class} reads {wanted}, and the rows have {columns}: raises KeyError {when}. Set dataset_text_field, or pass formatting_func.",
    missingUnsure: "{class} reads {wanted} from trl 0.12 on, and the rows have {columns}: raises {exception} {when}. Rename the columns, or make them with map().",
  } satisfies Record<Message, string>,
  docs: {
    summary: "Rows without the columns that the TRL trainer reads.",
    why: `The trainers of TRL read columns by their names:

| Trainer | Columns |
| --- | --- |
| SFT | \`text\` or what \`dataset_text_field\` says; or \`messages\`; or \`prompt\` and \`completion\`; or \`input_ids\` |
| DPO, ORPO, CPO | \`prompt\`, \`chosen\`, \`rejected\`; without \`prompt\` what the two begin with is taken for it |
| KTO | \`prompt\`, \`completion\`, \`label\`; or pairs as for DPO |
| Reward | \`chosen\`, \`rejected\` |
| GRPO | \`prompt\`, and what the reward functions ask for |

With others they raise \`KeyError\` when they tokenise the rows, which they do when they are built; GRPO at the first step.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from datasets import Dataset
from trl import SFTConfig, SFTTrainer

rows = Dataset.from_dict({"question": ["2 + 2?"], "answer": ["4"]})
trainer = SFTTrainer("gpt2", args=SFTConfig("out"), train_dataset=rows)
`,
        good: `from datasets import Dataset
from trl import SFTConfig, SFTTrainer

rows = Dataset.from_dict({"prompt": ["2 + 2?"], "completion": ["4"]})
trainer = SFTTrainer("gpt2", args=SFTConfig("out"), train_dataset=rows)
`,
      },
    ],
    references: ["https://huggingface.co/docs/trl/dataset_formats", "https://github.com/huggingface/trl/blob/v1.0.0/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v1.0.0/trl/trainer/dpo_trainer.py"],
    silent: "Where not every column is known; with formatting_func, an environment_factory, or rows that the trainer is told not to prepare; for the shape of what is in a column. A warning only for datasets of the Hub, which may change.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, Object.keys(FORMATS))) {
      const format = FORMATS[trainer.method];
      if (!format || trainer.call.isOpen || !prepares(script, trainer)) continue;
      for (const name of format.datasets) judge(ctx, trainer, format, name);
    }
  },
});

/** What takes the place of the columns: an environment says what the prompt is. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = { SFT: ["formatting_func", "dataset_kwargs"], GRPO: ["environment_factory"] };

/** Whether the trainer reads the rows as they are, for all that the script says. */
function prepares(script: Script, trainer: TrlTrainer): boolean {
  return (INSTEAD[trainer.method] ?? []).every((name) => {
    const value = optionOf(script, trainer, name);
    return value.kind === "absent" || isNone(value);
  });
}

function judge(ctx: RuleContext<Message>, trainer: TrlTrainer, format: Format, name: string): void {
  const { script } = ctx;
  const { call, method } = trainer;
  const argument = call.argument(name, name === "train_dataset" ? format.position : -1);
  const columns = argument && columnsOf(script, argument.value);
  if (!argument || !columns || columns.open || columns.names.size === 0) return;
  const field = method === "SFT" ? textField(ctx, trainer) : undefined;
  if (method === "SFT" && field === undefined) return;
  const sets = field === undefined ? format.sets : [...format.sets, [field]];
  if (sets.some((set) => set.every((each) => columns.names.has(each)))) return;
  ctx.report({
    ...(method === "SFT" ? { message: "text" } : { message: "missing", unsure: "missingUnsure", when: SINCE }),
    data: { class: call.method, wanted: format.wanted.replace("{field}", field ?? ""), columns: listed(columns), exception: format.exception, when: format.when },
    at: script.tree.span(argument.entry),
    severity: columns.hub === undefined ? "error" : "warning",
    raises: format.exception.split(" or "),
  });
}

/** The column that SFTTrainer reads; undefined where it isn't known, or where a version without a default may be meant. */
function textField(ctx: RuleContext<Message>, trainer: TrlTrainer): string | undefined {
  const value = optionOf(ctx.script, trainer, "dataset_text_field");
  if (value.kind !== "absent") return stringOf(value);
  const versions = ctx.versionsAt(trainer.call.span.start);
  return versions.holds({ trl: "<0.12" }) === "always" ? undefined : "text";
}

/** The first few columns, as they fit into a message. */
function listed({ names }: Columns): string {
  const all = [...names];
  const few = all.slice(0, 3).map((name) => shownCode(name, 20));
  return all.length > few.length ? `${few.join(", ")} and ${all.length - few.length} more` : few.length === 1 ? `only ${few[0] ?? ""}` : `${few.slice(0, -1).join(", ")} and ${few.at(-1) ?? ""}`;
}
