import { defineRule, type RuleContext } from "../../analysis/rule.js";
import { configOf } from "../../knowledge/classes.js";
import type { Call } from "../../script/calls.js";
import { shortVersion, shownName } from "../accepted/argumentFixes.js";
import { moveFixes, type Move } from "../accepted/configMove.js";
import type { JudgedArgument } from "../accepted/judgedArgument.js";
import { judgedArguments } from "../accepted/judgedArguments.js";

type Message = "moved" | "deprecated";

export default defineRule({
  id: "trl/moved-to-config",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["SFTTrainer", "DPOTrainer", "RewardTrainer"],
  messages: {
    moved: "{class} doesn't take {names} from trl {since} on: raises TypeError. {belong} to {config}, passed as args=.",
    deprecated: "{names} of {class}: deprecated, and not taken from trl {since} on. {belong} to {config}, passed as args=.",
  } satisfies Record<Message, string>,
  docs: {
    summary: "An argument of SFTTrainer, DPOTrainer or RewardTrainer that moved to the trainer's config class.",
    why: `Up to trl 0.8 the trainers took \`dataset_text_field\`, \`max_seq_length\`, \`packing\`, \`beta\` and their like themselves. 0.9 brought \`SFTConfig\` and \`DPOConfig\`
and warned; from 0.13 on the trainers raise \`TypeError\` (\`RewardTrainer(max_length=)\` from 0.14 on). Tutorials and model cards still show the old form.

The fix moves the arguments into the config that the script builds, under the names that your version knows (\`max_seq_length\` is \`max_length\` from 0.16 on). Where the script
builds plain \`TrainingArguments\`, or nothing at all, the config class brings defaults of its own (a learning rate of 2e-5, for one), so that fix is offered singly.`,
    examples: [
      {
        versions: { trl: "0.19.1", transformers: "4.57.6" },
        bad: `from trl import SFTConfig, SFTTrainer

args = SFTConfig(output_dir="out")
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset, max_seq_length=512)
`,
        good: `from trl import SFTConfig, SFTTrainer

args = SFTConfig(output_dir="out", max_length=512)
trainer = SFTTrainer("gpt2", args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.12.0/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v0.13.0/trl/trainer/sft_trainer.py"],
    silent: "Where the script imports unsloth, whose SFTTrainer still takes them; where it asks for the signature itself; for a trainer class of the script's own.",
  },
  check(ctx) {
    const byCall = new Map<Call, JudgedArgument[]>();
    for (const judged of judgedArguments(ctx, "trl")) {
      if (judged.successor?.remedy.kind !== "move" || (judged.fate !== "removed" && judged.fate !== "deprecated")) continue;
      byCall.set(judged.call, [...(byCall.get(judged.call) ?? []), judged]);
    }
    for (const [call, moved] of byCall) report(ctx, call, moved);
  },
});

/** One move is one finding, however many arguments go along. */
function report(ctx: RuleContext<Message>, call: Call, moved: readonly JudgedArgument[]): void {
  const { script } = ctx;
  const [first, ...others] = moved;
  if (!first) return;
  const { target, versions, callable } = first;
  const config = configOf(target);
  const isHint = moved.every((each) => each.fate === "deprecated");
  const names = moved.map((each) => each.name);
  const shown = names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(names.length === 2 ? " and " : ", ");
  const until = first.since ?? callable?.accepts(first.name, versions).until;
  ctx.report({
    message: isHint ? "deprecated" : "moved",
    data: {
      class: shownName(target, callable),
      names: shown,
      config: config.slice(config.lastIndexOf(".") + 1),
      since: until === undefined ? "0.13" : shortVersion(until),
      belong: names.length > 1 ? (isHint ? "they belong" : "They belong") : isHint ? "it belongs" : "It belongs",
    },
    at: script.tree.span(first.argument.key),
    severity: isHint ? "hint" : moved.some((each) => each.isCertain && each.fate === "removed") ? "error" : "warning",
    ...(isHint ? { tags: ["deprecated"] as const } : { raises: "TypeError" }),
    related: others.map((each) => ({ message: `${each.name} moves along`, range: script.tree.span(each.argument.key) })),
    fixes: fixes(ctx, call, config, moved),
  });
}

function fixes(ctx: RuleContext<Message>, call: Call, config: string, moved: readonly JudgedArgument[]): ReturnType<typeof moveFixes> {
  const [first] = moved;
  const takes = ctx.knowledge.callable(config);
  if (!first || !takes) return [];
  const { target, versions } = first;
  const moves = moved.map((each): Move => {
    const remedy = each.successor?.remedy;
    const names = [each.name, ...(remedy?.kind === "move" ? (remedy.as ?? []) : [])];
    const standings = names.map((name) => ({ name, standing: takes.accepts(name, versions) }));
    // The newest name that all versions take; of unknown versions, that the newest one takes.
    const chosen = standings.filter(({ name, standing }) => standing.in === "all" && takes.parameter(name, versions)?.deprecated === undefined).at(-1) ?? standings.find(({ standing }) => standing.newest === "yes");
    return { argument: each.argument, name: chosen?.name };
  });
  const isCertain = moved.every((each) => each.isCertain);
  return moveFixes(ctx, call, target, moves, versions).map((fix) => (isCertain || fix.safety !== "safe" ? fix : { ...fix, safety: "unsafe" }));
}
