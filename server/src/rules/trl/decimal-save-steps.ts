import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import { combinationsOf } from "../../script/combinations.js";
import { showNumber } from "../../script/literals.js";
import type { Script } from "../../script/script.js";
import { ABSENT, numberOf, type Literal, type Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { bestModelRuns, problemOf, strategyOf, withDefault } from "../transformers/schedule.js";
import { packingOf, sftRunsOf, type SftRun } from "./sftRuns.js";

type Message = "everyStep" | "wrongTotal" | "mayRunOut" | "wrongTotalIfPacked" | "works" | "unknown";

/** A field that may be a share of the planned steps, with the strategy that makes it count. */
const FIELDS = [
  { steps: "save_steps", strategy: "save_strategy", byDefault: "steps" },
  { steps: "eval_steps", strategy: "eval_strategy", byDefault: "no" },
  { steps: "logging_steps", strategy: "logging_strategy", byDefault: "steps" },
] as const;

export default defineRule({
  id: "trl/decimal-save-steps",
  severity: "warning",
  status: "stable",
  since: "0.1.0",
  libraries: ["trl"],
  mentions: ["SFTTrainer", "SFTConfig"],
  versions: { trl: ">=0.4.2" },
  messages: {
    everyStep: "Before transformers 4.29 {field}={value} is not taken as a share of the training: it saves on every step, or by accident. Use a whole number of steps.",
    wrongTotal:
      "With packing, {field}={value} is a share of the unpacked rows before trl 0.7.5: checkpoints come late or never. Use a whole number of steps, set max_steps, or upgrade trl.",
    mayRunOut: "With packing, the data may run out before max_steps (before trl 0.4.5), so the share {field}={value} may never be reached. Use a whole number of steps.",
    wrongTotalIfPacked: "If packing is on, {field}={value} is a share of the unpacked rows before trl 0.7.5, and checkpoints can be lost. Use a whole number of steps, or upgrade trl.",
    works: "{field}={value} works in your versions: transformers takes it as a share of all planned steps.",
    unknown:
      "{field}={value} is a share of the planned steps from transformers 4.29 on, but with packing checkpoints can be lost before trl 0.7.5. Versions unknown: a whole number is always safe.",
  } satisfies Record<Message, string>,
  docs: {
    summary: "A fractional save_steps, eval_steps or logging_steps on its way into SFTTrainer.",
    why: `A number below 1 is a share of the planned steps, resolved by transformers when training starts. Whether that works depends on the versions:

- a value above 1 that is not whole raises \`ValueError\` in every version (\`transformers/invalid-number\` says so);
- transformers before about 4.29 knows no shares: 0.5 saves on every step, 0.1 at accidental float remainders;
- trl 0.4.2 to 0.7.4 with \`packing=True\` and no \`max_steps\` takes the share of the number of *unpacked* rows. Training ends long before that many
  steps, and the checkpoints that were asked for do not exist (200 short rows, \`save_steps=0.5\`: 18 steps run, first save planned at 50);
- the same holds up to trl 0.14 for a \`ConstantLengthDataset\` that the script builds itself;
- from trl 0.7.5 with transformers 4.29 or newer shares work, packed or not.

With versions unknown this is a warning that says so. With known good versions it is a hint; set \`sft-decimal-save-steps\`
(\`hfPreflight.sftDecimalSaveSteps\`) to \`auto\` to have silence there, to \`off\` to keep only what certainly fails.`,
    examples: [
      {
        bad: `from trl import SFTConfig, SFTTrainer

args = SFTConfig(output_dir="out", save_steps=0.1)
trainer = SFTTrainer(model="gpt2", args=args, train_dataset=dataset)
trainer.train()
`,
        good: `from trl import SFTConfig, SFTTrainer

args = SFTConfig(output_dir="out", save_steps=500)
trainer = SFTTrainer(model="gpt2", args=args, train_dataset=dataset)
trainer.train()
`,
      },
      {
        title: "Packing in trl 0.7",
        versions: { trl: "0.7.4", transformers: "4.36" },
        bad: `from transformers import TrainingArguments
from trl import SFTTrainer

args = TrainingArguments("out", save_steps=0.5)
trainer = SFTTrainer(model, args=args, train_dataset=dataset, dataset_text_field="text", packing=True)
`,
        good: `from transformers import TrainingArguments
from trl import SFTTrainer

args = TrainingArguments("out", save_steps=200)
trainer = SFTTrainer(model, args=args, train_dataset=dataset, dataset_text_field="text", packing=True)
`,
      },
    ],
    references: [
      "https://github.com/huggingface/trl/blob/v0.7.4/trl/trainer/utils.py",
      "https://github.com/huggingface/transformers/pull/23235",
      "https://github.com/huggingface/trl/issues/450",
    ],
    silent:
      "For values from the command line; where the strategy isn't `steps`; for whole floats such as `500.0`; for other trainers; where `transformers/strategy-mismatch` speaks.",
  },
  check(ctx) {
    for (const run of sftRunsOf(ctx.script)) {
      for (const field of FIELDS) checkField(ctx, run, field);
    }
  },
});

function checkField(ctx: RuleContext<Message>, run: SftRun, field: (typeof FIELDS)[number]): void {
  const { script, config } = ctx;
  const { args, reader } = run;
  const read = (name: string): Value => script.objects.fieldAt(args, name, reader);
  const ways = combinationsOf({ steps: read(field.steps), strategy: strategyAt(read, field) });
  const found = ways?.map((way) => way.values).find((way) => isFraction(way.steps) && strategyOf(way.strategy) === "steps");
  const literal = found?.steps;
  if (literal?.kind !== "literal") return;
  const value = numberOf(literal) ?? 0;
  const data = { field: field.steps, value: showNumber(value, "float") };
  const place = placeOfValue(script, literal);
  const at = script.tree.span(place);
  // Above 1 no share is meant, and the arguments' own check fails: transformers/invalid-number.
  if (value > 1) return;
  if (args.call && bestModelRuns(args.call).runs.some(({ schedule }) => mismatchSpeaks(problemOf(schedule), ctx, at.start))) return;
  const versions = ctx.versionsAt(at.start);
  const packing = packingOf(run, read);
  const hasMaxSteps = (numberOf(read("max_steps")) ?? -1) > 0;
  const report = (message: Message, severity: "error" | "warning" | "hint"): void =>
    ctx.report({ message, data, at, severity, fixes: severity === "hint" ? [] : [...placeholder(script, literal), ...(message === "wrongTotal" ? maxSteps(script, run) : [])] });

  if (versions.holds({ transformers: "<4.29" }) === "always") return report("everyStep", "error");
  if (packing === "on" && !hasMaxSteps && versions.holds({ trl: ">=0.4.2,<0.7.5" }) === "always") return report("wrongTotal", "error");
  if (packing === "by hand" && !hasMaxSteps && versions.holds({ trl: "<0.15" }) === "always") return report("wrongTotal", "error");
  const careful = config.sftDecimalSaveSteps === "off";
  if (packing === "on" && hasMaxSteps && versions.holds({ trl: ">=0.4.2,<0.4.5" }) === "always") return careful ? undefined : report("mayRunOut", "warning");
  if (packing === "unknown" && versions.holds({ trl: ">=0.4.2,<0.7.5" }) === "always") return careful ? undefined : report("wrongTotalIfPacked", "warning");
  const works = versions.holds({ transformers: ">=4.29" }) === "always" && (packing === "off" || versions.holds({ trl: ">=0.7.5" }) === "always");
  if (works && versions.fact("trl")) {
    if (config.sftDecimalSaveSteps === "always") report("works", "hint");
  } else if (!careful) report("unknown", "warning");
}

function strategyAt(read: (name: string) => Value, field: (typeof FIELDS)[number]): Value {
  const written = read(field.strategy);
  const older = field.strategy === "eval_strategy" ? read("evaluation_strategy") : ABSENT;
  const value = written.kind === "absent" ? older : written;
  return withDefault(value, { kind: "literal", type: "str", value: field.byDefault, origin: 0 });
}

function isFraction(value: Value): boolean {
  const number = numberOf(value);
  return number !== undefined && number > 0 && !Number.isInteger(number);
}

function mismatchSpeaks(problem: ReturnType<typeof problemOf>, ctx: RuleContext<Message>, offset: number): boolean {
  if (problem === undefined) return false;
  return problem !== "float remainder" || ctx.versionsAt(offset).holds({ transformers: "<4.53" }) !== "never";
}

/** Where a value is written, going up from a bare number to the argument or assignment that it is the whole of. */
function placeOfValue(script: Script, value: Literal): Node {
  return value.folded?.origin ?? value.origin ?? script.tree.firstChild(0);
}

function placeholder(script: Script, value: Literal): Fix[] {
  const edit = { ...script.tree.span(placeOfValue(script, value)), newText: "${1:500}" };
  return [{ title: "Use a whole number of steps", safety: "placeholder", edits: [edit] }];
}

function maxSteps(script: Script, { args }: SftRun): Fix[] {
  const edit = args.call && addArgument(script, args.call, "max_steps", "${1:1000}");
  return edit ? [{ title: "Set max_steps, so that the share has a total", safety: "placeholder", edits: [edit] }] : [];
}
