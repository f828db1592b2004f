import { defineRule } from "../../analysis/rule.js";
import { choiceMessages, reportChoices, type ChoiceRow } from "../accepted/choices.js";

const ARGUMENTS = "transformers.TrainingArguments";
const BUILT = { exception: "ValueError", when: "the arguments are built" };

/** Where each list is used: transformers/training_args.py (`__post_init__`), trainer.py and integrations for report_to. */
const ROWS: readonly ChoiceRow[] = [
  { callable: ARGUMENTS, names: ["eval_strategy", "evaluation_strategy", "logging_strategy"], lists: ["IntervalStrategy"], raises: BUILT, isStrict: true, meant: { step: "steps", epochs: "epoch", none: "no", never: "no" } },
  { callable: ARGUMENTS, names: ["save_strategy"], lists: ["SaveStrategy", "IntervalStrategy"], raises: BUILT, isStrict: true, meant: { step: "steps", epochs: "epoch", none: "no", never: "no" } },
  { callable: ARGUMENTS, names: ["optim"], lists: ["OptimizerNames"], raises: BUILT, meant: { adamw_hf: "adamw_torch", adamw: "adamw_torch", adam: "adamw_torch", AdamW: "adamw_torch", adamw_apex_fused: "adamw_torch_fused", paged_adamw: "paged_adamw_32bit" } },
  { callable: ARGUMENTS, names: ["lr_scheduler_type"], lists: ["SchedulerType"], raises: BUILT, meant: { cosine_with_warmup: "cosine", linear_with_warmup: "linear", cosine_annealing: "cosine" } },
  { callable: ARGUMENTS, names: ["hub_strategy"], lists: ["HubStrategy"], raises: BUILT },
  { callable: ARGUMENTS, names: ["report_to"], lists: ["report_to"], more: ["all", "none"], raises: { exception: "ValueError", when: "the Trainer is built" } },
  {
    callable: ARGUMENTS,
    names: ["train_sampling_strategy"],
    values: ["random", "sequential", "group_by_length"],
    effect: "the order is random",
  },
  {
    callable: /^transformers\.(?:Auto\w+|\w+For\w*SequenceClassification)\.from_pretrained$/,
    names: ["problem_type"],
    values: ["regression", "single_label_classification", "multi_label_classification"],
    effect: "no loss is computed for it",
  },
  {
    callable: /^transformers\.(?:AutoModel\w*|\w+For[A-Z]\w+|\w+Model)\.from_pretrained$/,
    names: ["device_map"],
    values: ["auto", "balanced", "balanced_low_0", "sequential"],
    more: ["cpu", "cuda", "mps", "xpu", "npu", "hpu", "meta", "disk", "tpu", "xla"],
    onlyNear: true,
    raises: { exception: "ValueError", when: "the model is loaded" },
  },
];

export default defineRule({
  id: "transformers/invalid-choice",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["strategy", "optim", "lr_scheduler_type", "report_to", "problem_type", "device_map"],
  messages: choiceMessages,
  docs: {
    summary: "A word that the argument doesn't take: a strategy, an optimizer, a scheduler, a logger.",
    why: `The strategies, \`optim\`, \`lr_scheduler_type\` and \`hub_strategy\` are looked up in enumerations, letter by letter, when the arguments are built: \`"step"\`, \`"Epoch"\` and \`True\` raise
\`ValueError\`. \`report_to\` is looked up when the Trainer is built. The lists change: \`"adamw_hf"\` is gone, \`save_strategy="best"\` came with 4.47.

\`problem_type\` and \`train_sampling_strategy\` are checked by nobody: a misspelled one is silently something else.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", save_strategy="epochs")
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", save_strategy="epoch")
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py", "https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_utils.py"],
    silent: "For values from the command line or from a configuration; for enumeration members; with the version unknown for words that the newest release takes.",
  },
  check(ctx) {
    reportChoices(ctx, "transformers", ROWS);
  },
});
