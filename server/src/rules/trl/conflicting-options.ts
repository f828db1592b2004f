import { removeArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { nameOf, type Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, truthOf, type Value } from "../../script/values.js";
import type { Span } from "../../syntax/text.js";
import { placeOfField } from "../transformers/trainers.js";
import { isGiven, isNone, optionOf, trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

type Read = (name: string) => Value;

interface Row {
  readonly method: "SFT" | "DPO" | "GRPO";
  /** The options that don't go together, as the script writes them; the first is where the finding stands. */
  readonly options: readonly [string, string];
  readonly conflicts: (read: Read) => boolean;
  readonly versions: string;
  readonly exception: "ValueError" | "NotImplementedError" | "an error";
  readonly advice: string;
}

const isOn = (value: Value): boolean => truthOf(value) === true && value.kind === "literal";
const isOff = (value: Value): boolean => value.kind === "absent" || (value.kind === "literal" && truthOf(value) === false);
const isSet = (value: Value): boolean => value.kind === "literal" && !isNone(value);

/** Read in the trainers and configs of trl 0.15.2 to 1.13, and run there; see test/oracle/rules/trl. */
const ROWS: readonly Row[] = [
  {
    method: "SFT",
    options: ["completion_only_loss=True", "formatting_func"],
    conflicts: (read) => isOn(read("completion_only_loss")) && isGiven(read("formatting_func")),
    versions: ">=0.18",
    exception: "ValueError",
    advice: "A formatted text has no completion: give the dataset prompt and completion columns, or drop one",
  },
  {
    method: "SFT",
    options: ["max_length=None", "packing=True"],
    conflicts: (read) => isOn(read("packing")) && isNone(read("max_length")),
    versions: ">=0.16",
    exception: "ValueError",
    advice: "Packing fills sequences of max_length: give it a number",
  },
  {
    method: "SFT",
    options: ["padding_free=True", "max_length"],
    conflicts: (read) => isOn(read("padding_free")) && isOff(read("packing")) && (read("max_length").kind === "absent" || numberOf(read("max_length")) !== undefined),
    versions: ">=1.0",
    exception: "ValueError",
    advice: "Set max_length=None (its default is 1024), or packing=True",
  },
  {
    method: "SFT",
    options: ["packing=True", "DataCollatorForCompletionOnlyLM"],
    conflicts: (read) => isOn(read("packing")) && (nameOf(read("data_collator")) ?? "").includes("DataCollatorForCompletionOnlyLM"),
    versions: ">=0.4.5,<0.15",
    exception: "ValueError",
    advice: "Drop packing",
  },
  {
    method: "GRPO",
    options: ["generation_batch_size", "steps_per_generation"],
    conflicts: (read) => isSet(read("generation_batch_size")) && isSet(read("steps_per_generation")),
    versions: ">=0.18",
    exception: "ValueError",
    advice: "Each follows from the other: drop one",
  },
  {
    method: "DPO",
    options: ["sync_ref_model=True", "precompute_ref_log_probs=True"],
    conflicts: (read) => isOn(read("sync_ref_model")) && isOn(read("precompute_ref_log_probs")),
    // Up to 0.12 the check looks at the trainer's own argument only, which the config doesn't reach.
    versions: ">=0.13",
    exception: "ValueError",
    advice: "What is computed beforehand can't follow a reference that changes: drop one",
  },
  {
    method: "DPO",
    options: ["sync_ref_model=True", "peft_config"],
    conflicts: (read) => isOn(read("sync_ref_model")) && isGiven(read("peft_config")),
    versions: ">=0.9.6",
    exception: "an error",
    advice: "With an adapter there is no reference model to keep in step: drop sync_ref_model",
  },
];

export default defineRule({
  id: "trl/conflicting-options",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["completion_only_loss", "packing", "padding_free", "steps_per_generation", "sync_ref_model"],
  messages: {
    conflict: "{a} and {b} don't go together: raises {exception} when {holder} is built. {advice}.",
    unsure: "{a} and {b} don't go together: raises {exception} {versions}. {advice}.",
  },
  docs: {
    summary: "Two options of a TRL trainer that exclude each other.",
    why: `Some options of the TRL trainers exclude each other, and the trainer or its config raises when it is built:

| Options | Raises in trl |
| --- | --- |
${ROWS.map(({ options, versions }) => `| \`${options.join("` and `")}\` | ${versions.replace(">=", "from ").replace(",<", " and before ")} |`).join("\n")}`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", packing=True, packing_strategy="wrapped", max_length=None)
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset)
`,
        good: `from trl import SFTConfig, SFTTrainer

args = SFTConfig("out", packing=True, packing_strategy="wrapped", max_length=1024)
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v1.0.0/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v1.0.0/trl/trainer/grpo_config.py"],
    silent: "Where one of the two comes from outside the script; where unsloth patches the trainers.",
  },
  check(ctx) {
    const { script } = ctx;
    const tell = (row: Row, place: Span | undefined, call: Call, args: Call | undefined): void => {
      const { method, options, exception, advice } = row;
      const versions = row.versions.replace(">=", "from trl ").replace(/,<|$/, (end) => (end === "" ? " on" : " on, before "));
      ctx.report({
        message: "conflict",
        unsure: "unsure",
        data: { a: options[0], b: options[1], exception, holder: method === "GRPO" ? "GRPOConfig" : `${method}Trainer`, advice, versions },
        at: place ?? call.nameSpan,
        when: { trl: row.versions },
        raises: exception === "an error" ? ["ValueError", "NotImplementedError"] : exception,
        fixes: place ? fixesOf(script, args, options[0], place) : [],
      });
    };
    for (const trainer of trlTrainersOf(script, ["SFT", "DPO"])) {
      const read: Read = (name) => optionOf(script, trainer, name);
      for (const row of ROWS) {
        if (row.method !== trainer.method || !row.conflicts(read)) continue;
        tell(row, placeOf(script, trainer, row.options[0]) ?? placeOf(script, trainer, row.options[1]), trainer.call, trainer.args?.call);
      }
    }
    // GRPO's are checked when its config is built.
    for (const call of script.callsTo("trl.GRPOConfig", { subclasses: false })) {
      for (const row of ROWS) {
        const argument = call.keywords.get(row.options[0]);
        if (argument && row.method === "GRPO" && row.conflicts((name) => call.value(name))) tell(row, script.tree.span(argument.entry), call, call);
      }
    }
  },
});

/** Where an option is written: in the trainer's call, by the last assignment to its config, or in the config's own call. */
function placeOf(script: Script, { call, args }: TrlTrainer, option: string): Span | undefined {
  const name = nameIn(option);
  const own = call.keywords.get(name);
  return own ? script.tree.span(own.entry) : args && placeOfField(script, args, name, call.node);
}

/** Leaves an option out, where it is the config's own call that has it. */
function fixesOf(script: Script, call: Call | undefined, option: string, place: Span): Fix[] {
  const argument = call?.keywords.get(nameIn(option));
  if (argument?.via !== "keyword" || script.tree.start(argument.entry) !== place.start) return [];
  return [{ title: `Drop \`${option}\``, safety: "unsafe", edits: [removeArgument(script, argument)] }];
}

/** `packing` of `packing=True`. */
const nameIn = (option: string): string => option.replace(/=.*/, "");
