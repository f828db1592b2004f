import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import { sizeOf } from "../../script/sizes.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { isNothing } from "../nothing.js";
import type { Training } from "../transformers/training.js";
import { givenTo, type Trainer } from "../transformers/trainers.js";
import { reportedTrainings } from "./reporting.js";

/** Whoever ends or starts runs, or goes to another process, has one for each training. */
const OWN_RUNS = /\bfinish\b|\bteardown\b|wandb\.(?:init|agent|join|setup)\b|reinit|WANDB_RUN|subprocess|multiprocessing|hyperparameter_search|WandbCallback/;

export default defineRule({
  id: "wandb/merged-runs",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["wandb"],
  messages: {
    merged: "The Trainer leaves its wandb run open, and the next round of this loop logs into it: all trainings become one run, under the first name. Call wandb.finish() at the end of each round.",
  },
  docs: {
    summary: "Trainings in a loop that all log into the first wandb run.",
    why: `The Trainer starts a wandb run when there is none, and never finishes it. The next Trainer of the same process finds it open and logs into it: the curves of all seeds, folds or models lie in one run,
\`train/global_step\` goes back to 0 in the middle, and the name and the project of the later ones are ignored, without a word. \`wandb.finish()\` after each training gives each a run of its own.`,
    examples: [
      {
        bad: `import wandb
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

for seed in [1, 2, 3]:
    model = AutoModelForSequenceClassification.from_pretrained("distilbert-base-uncased")
    args = TrainingArguments("out", seed=seed, run_name=f"seed-{seed}", report_to="wandb")
    trainer = Trainer(model, args, train_dataset=train)
    trainer.train()
`,
        good: `import wandb
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

for seed in [1, 2, 3]:
    model = AutoModelForSequenceClassification.from_pretrained("distilbert-base-uncased")
    args = TrainingArguments("out", seed=seed, run_name=f"seed-{seed}", report_to="wandb")
    trainer = Trainer(model, args, train_dataset=train)
    trainer.train()
    wandb.finish()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/integrations/integration_utils.py"],
    silent: "Where rounds go on with a model from outside of the loop; where the script starts or ends runs itself, in whatever way; in notebooks' cells and functions that are called in a loop.",
  },
  check(ctx) {
    const { script } = ctx;
    if (OWN_RUNS.test(script.text)) return;
    for (const training of reportedTrainings(ctx)) {
      const loop = loopOf(script, training);
      const train = training.trains[0];
      if (loop === NO_NODE || !train || !startsAnew(script, training.trainer, loop)) continue;
      ctx.report({ message: "merged", at: train.nameSpan, related: [{ message: "each round of this loop", range: script.tree.span(script.tree.child(loop, Field.left)) }], fixes: fixesOf(script, loop) });
    }
  },
});

/** The loop that certainly builds a Trainer and trains it, round after round. */
function loopOf(script: Script, { trainer, trains }: Training): Node {
  const { tree } = script;
  const train = trains[0];
  if (!train) return NO_NODE;
  const loop = tree.closest(train.node, Kind.for_statement);
  if (loop === NO_NODE || tree.closest(trainer.call.node, Kind.for_statement) !== loop) return NO_NODE;
  const body = tree.child(loop, Field.body);
  const isBody = tree.closest(train.node, Kind.block) === body;
  const isSameFunction = script.functionScope(script.scopes.scopeOf(loop)) === script.functionScope(script.scopes.scopeOf(train.node));
  if (!isBody || !isSameFunction || /\b(?:break|return|exit)\b/.test(tree.textOf(body))) return NO_NODE;
  return (sizeOf(script, script.evaluate(tree.child(loop, Field.right))) ?? 2) > 1 ? loop : NO_NODE;
}

/** Whether each round has a model of its own; one that goes on with the last round's may want its run too. */
function startsAnew(script: Script, trainer: Trainer, loop: Node): boolean {
  const { tree } = script;
  if (!isNothing(givenTo(trainer, "model_init"))) return givenTo(trainer, "model_init").kind !== "unknown";
  const model = trainer.call.argument("model", 0);
  if (!model || model.via === "unpacked") return false;
  if (tree.kind(model.node) === Kind.call) return true;
  if (tree.kind(model.node) !== Kind.identifier) return false;
  const name = tree.textOf(model.node);
  const bindings = script.scopes.resolve(name, script.scopes.scopeOf(model.node))?.bindings.get(name) ?? [];
  // Bound from itself, or outside too, it may carry on what it has learned.
  return bindings.length > 0 && bindings.every(({ node }) => tree.contains(loop, node) && !readsItself(script, node, name));
}

function readsItself(script: Script, target: Node, name: string): boolean {
  const { tree } = script;
  const assignment = tree.closest(target, Kind.assignment);
  return assignment === NO_NODE || new RegExp(`\\b${name}\\b`).test(tree.textOf(tree.child(assignment, Field.right)));
}

function fixesOf(script: Script, loop: Node): Fix[] {
  const { tree, text } = script;
  const last = tree.children(tree.child(loop, Field.body)).at(-1);
  if (last === undefined || !/^import wandb\s*$/m.test(text)) return [];
  const start = tree.start(last);
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const end = tree.end(last);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  // A body on the loop's own line has no line to copy.
  if (!/(?:^|[\r\n])[ \t]+$/.test(text.slice(0, start))) return [];
  return [{ title: "Finish the run at the end of each round", safety: "safe", edits: [{ start: end, end, newText: `${newline}${indent}wandb.finish()` }] }];
}
