import { addArgument, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";
import { reportedTrainings } from "./reporting.js";

/** Other ways to name a run, to begin another one, or to take one up again. */
const NAMED_OTHERWISE = /WANDB_NAME|WANDB_RUN_ID|WANDB_RESUME|\bfinish\b|\.name\s*=[^=]/;

export default defineRule({
  id: "wandb/ignored-run-name",
  severity: "information",
  status: "stable",
  since: "0.3.0",
  libraries: ["wandb"],
  mentions: ["run_name"],
  messages: {
    unnamed: "run_name is ignored: the Trainer logs into the run that wandb.init has begun, which gets a name of its own. Pass name={name} to wandb.init.",
    other: "run_name is ignored: the Trainer logs into the run that wandb.init has begun, whose name is {other}. Pass name={name} to wandb.init, or drop run_name.",
  },
  docs: {
    summary: "A run_name for the Trainer where wandb.init has begun the run already.",
    why: `The Trainer begins a run of W&B only where there is none. Where the script has called \`wandb.init\`, it logs into that run and leaves its name as it is: \`run_name\` isn't read. The run is then found
under the name of \`wandb.init\`, or under two words that W&B makes up.`,
    examples: [
      {
        bad: `import wandb
from transformers import Trainer, TrainingArguments

wandb.init(project="sentiment")
args = TrainingArguments("out", run_name="roberta-2e-5", report_to="wandb")
trainer = Trainer(model, args, train_dataset=train)
trainer.train()
`,
        good: `import wandb
from transformers import Trainer, TrainingArguments

wandb.init(project="sentiment", name="roberta-2e-5")
args = TrainingArguments("out", report_to="wandb")
trainer = Trainer(model, args, train_dataset=train)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/integrations/integration_utils.py"],
    silent: "Where either name isn't known, where the script begins, ends, names or resumes runs in other ways too, and where the Trainer doesn't certainly report to wandb.",
  },
  check(ctx) {
    const { script } = ctx;
    const [init, another] = script.callsTo("wandb.init");
    if (!init || another || init.isOpen || init.positional.length > 0 || ["id", "resume", "mode"].some((name) => init.keywords.has(name)) || NAMED_OTHERWISE.test(script.text)) return;
    const given = init.keywords.get("name");
    const other = given && stringOf(given.value);
    if (given && other === undefined) return;
    for (const { args, reader } of reportedTrainings(ctx)) {
      const written = args === "none" ? undefined : args.call?.keywords.get("run_name");
      const name = written && stringOf(written.value);
      if (!written || name === undefined || name === other || !script.precedes(init.node, reader)) continue;
      ctx.report({
        message: other === undefined ? "unnamed" : "other",
        data: { name: `"${name}"`, other: `"${other ?? ""}"` },
        at: script.tree.span(written.entry),
        related: [{ message: "begins the run", range: init.nameSpan }],
        fixes: fixesOf(script, init, given, written),
      });
    }
  },
});

/** The name where it is read, as it is written for the Trainer. */
function fixesOf(script: Script, init: Call, given: Argument | undefined, written: Argument): Fix[] {
  const { tree } = script;
  // What is no literal may be made of names that aren't there yet.
  if (tree.kind(written.node) !== Kind.string || (given && given.via !== "keyword")) return [];
  const name = tree.textOf(written.node);
  const edit = given ? replaceNode(tree, given.node, name) : addArgument(script, init, "name", name);
  return edit ? [{ title: `Name the run ${name} in wandb.init`, safety: "unsafe", edits: [edit] }] : [];
}
