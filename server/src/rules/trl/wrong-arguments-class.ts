import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { importedName } from "../../analysis/importEdits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import type { VersionCondition } from "../../environment/versions.js";
import { trlTrainersOf, type TrlTrainer } from "./trainerCalls.js";

interface Row {
  /** Where plain TrainingArguments raise. */
  readonly when: VersionCondition;
  readonly exception: string;
}

const ROWS: Readonly<Record<string, Row>> = {
  DPO: { when: { trl: ">=0.12" }, exception: "AttributeError" },
  GRPO: { when: {}, exception: "AttributeError" },
  KTO: { when: { trl: ">=0.8" }, exception: "an error" },
  ORPO: { when: {}, exception: "AttributeError" },
  CPO: { when: {}, exception: "AttributeError" },
};

export default defineRule({
  id: "trl/wrong-arguments-class",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["TrainingArguments"],
  messages: {
    raises: "{method}Trainer reads fields that TrainingArguments doesn't have: raises {exception} when {method}Trainer is built. Use {config}.",
    unsure: "{method}Trainer reads fields that TrainingArguments doesn't have: raises {exception} from trl {since} on. Use {config}.",
    sftOld: "SFTTrainer reads fields that TrainingArguments doesn't have: raises AttributeError in trl 0.9.3 and 0.9.4. Use {config}.",
    sft: "SFTTrainer makes an SFTConfig of these: the fields of SFTConfig can't be set, and TrainingArguments' defaults (learning rate 5e-5) replace its own (2e-5). Use SFTConfig.",
  },
  docs: {
    summary: "TrainingArguments given to a TRL trainer that needs its own config class.",
    why: `Each TRL trainer has a config class that adds fields to \`TrainingArguments\`, and reads them when it is built: DPO, GRPO, KTO, ORPO and CPO raise on a plain
\`TrainingArguments\`, with a message that names a missing attribute.

\`SFTTrainer\` converts them from 0.9.6 on. Nothing fails then, but the defaults of \`TrainingArguments\` come along: a learning rate of 5e-5 instead of 2e-5, no
gradient checkpointing, a log line every 500 steps instead of 10.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments
from trl import GRPOTrainer

args = TrainingArguments("out")
trainer = GRPOTrainer(model="gpt2", reward_funcs=reward, args=args, train_dataset=dataset)
`,
        good: `from trl import GRPOConfig, GRPOTrainer

args = GRPOConfig("out")
trainer = GRPOTrainer(model="gpt2", reward_funcs=reward, args=args, train_dataset=dataset)
`,
      },
    ],
    references: ["https://huggingface.co/docs/trl/dpo_trainer", "https://github.com/huggingface/trl/blob/v0.15.2/trl/trainer/sft_trainer.py"],
    silent: "For the script's own subclasses, for arguments that aren't made in it, and where unsloth patches the trainers.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["SFT", ...Object.keys(ROWS)])) {
      const { call, method, args } = trainer;
      if (!args || !/^transformers\.(?:Seq2Seq)?TrainingArguments$/.test(args.className ?? "")) continue;
      const argument = [...call.keywords.values(), ...call.positional].find(({ value }) => value.kind === "instance" && value.object === args);
      if (!argument) continue;
      const at = script.tree.span(argument.entry);
      const data = { method, config: `${method}Config` };
      const row = ROWS[method];
      if (row) {
        const since = row.when.trl?.replace(">=", "") ?? "";
        const raises = row.exception === "an error" ? ["AttributeError", "ValueError"] : row.exception;
        ctx.report({ message: "raises", unsure: "unsure", data: { ...data, exception: row.exception, since }, at, when: row.when, raises, fixes: fixesOf(script, trainer, "safe") });
        continue;
      }
      const versions = ctx.versionsAt(at.start);
      if (versions.holds({ trl: ">=0.9.3,<0.9.6" }) === "always" && !call.keywords.has("packing")) {
        ctx.report({ message: "sftOld", data, at, raises: "AttributeError", fixes: fixesOf(script, trainer, "unsafe") });
      } else {
        ctx.report({ message: "sft", data, at, severity: "information", when: { trl: ">=0.9.6" }, fixes: fixesOf(script, trainer, "unsafe") });
      }
    }
  },
});

/** Builds the config class instead, imported beside the trainer. */
function fixesOf(script: Script, { method, args }: TrlTrainer, safety: Fix["safety"]): Fix[] {
  const call = args?.call;
  const config = call && importedName(script, "trl", `${method}Config`);
  const isUsedElsewhere = args && script.eventsOf(args).filter((event) => event.kind === "passed").length > 1;
  // Seq2SeqTrainingArguments may be given what no config of TRL takes.
  if (!call || !config || isUsedElsewhere || args.className !== "transformers.TrainingArguments") return [];
  const title = `Build a \`${method}Config\` instead${safety === "safe" ? "" : " (other defaults)"}`;
  return [{ title, safety, edits: mergedEdits([...config.edits, replaceNode(script.tree, call.function, config.text)]) }];
}
