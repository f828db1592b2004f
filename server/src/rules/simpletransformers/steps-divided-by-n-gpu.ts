import { deleteStatement } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { divisorsOf, involves, type Divisor } from "../../script/divisions.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { argsCalls, intervalsOf } from "./intervals.js";

/** Names under which scripts keep the number of GPUs. */
const GPU_COUNT_NAME = /^(?:n_?gpus?|num_?gpus?|gpus|gpu_?count|number_of_gpus)$/i;

export default defineRule({
  id: "simpletransformers/steps-divided-by-n-gpu",
  severity: "warning",
  status: "stable",
  since: "0.1.0",
  libraries: ["simpletransformers"],
  mentions: ["gpu", "GPU", "Gpu", "device_count"],
  messages: {
    divided: "train_batch_size is already the batch of all GPUs together: divided by {divisor}, {field} is that many times too small. Drop the division.",
  },
  docs: {
    summary: "A step interval for simpletransformers divided by the number of GPUs.",
    why: `\`train_model\` builds one \`DataLoader\` with \`train_batch_size\`, and with several GPUs \`DataParallel\` splits each batch over them. So the number of
steps is \`ceil(len(df) / train_batch_size) // gradient_accumulation_steps * num_train_epochs\`, whatever \`n_gpu\` is. An interval that was divided by
\`n_gpu\` is that many times too small: so many times too many evaluations, each with a checkpoint of about three times the model's size.

This is unlike the Hugging Face Trainer, where the batch size is per device.`,
    examples: [
      {
        bad: `import math

from simpletransformers.classification import ClassificationArgs

model_args = ClassificationArgs(train_batch_size=32, num_train_epochs=3, n_gpu=4)
steps = math.ceil(len(train_df) / model_args.train_batch_size) * model_args.num_train_epochs // model_args.n_gpu
model_args.evaluate_during_training_steps = max(1, steps // 10)
`,
        good: `import math

from simpletransformers.classification import ClassificationArgs

model_args = ClassificationArgs(train_batch_size=32, num_train_epochs=3, n_gpu=4)
steps = math.ceil(len(train_df) / model_args.train_batch_size) * model_args.num_train_epochs
model_args.evaluate_during_training_steps = max(1, steps // 10)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/master/simpletransformers/classification/classification_model.py"],
    silent: "For language modeling with `local_rank` and retrieval with `ddp_training`, which do shard the data; for Hugging Face Trainer scripts.",
  },
  check(ctx) {
    const { script } = ctx;
    if (shardsItsData(script)) return;
    // One division may feed several intervals; it is one mistake.
    const reported = new Set<Node>();
    for (const { field, value, target } of intervalsOf(script)) {
      const isEstimate = involves(value, (part, node) => countsRows(part) || (node !== undefined && /\btrain_batch_size\b|\blen\s*\(/.test(script.tree.textOf(node))));
      if (!isEstimate) continue;
      for (const divisor of divisorsOf(value)) {
        if (reported.has(divisor.node) || !countsGpus(script, divisor)) continue;
        reported.add(divisor.node);
        ctx.report({
          message: "divided",
          data: { divisor: script.tree.textOf(divisor.node), field },
          at: script.tree.span(divisor.node),
          related: [{ message: `${field} is set here`, range: script.tree.span(target) }],
          fixes: fixesOf(script, divisor),
        });
      }
    }
  },
});

function countsRows(value: Value): boolean {
  return value.kind === "call" && value.call.name === "builtins.len";
}

function countsGpus(script: Script, { value, node }: Divisor): boolean {
  const { tree } = script;
  if (value.kind === "call") return value.call.name === "torch.cuda.device_count";
  if (value.kind === "attribute" && value.name === "n_gpu") return true;
  // A number that folded out of `args.n_gpu`, or a name that keeps one.
  if (tree.kind(node) === Kind.attribute) return tree.textOf(tree.child(node, Field.attribute)) === "n_gpu";
  if (tree.kind(node) !== Kind.identifier) return false;
  return GPU_COUNT_NAME.test(tree.textOf(node)) || isGivenToNGpu(script, node, value);
}

/** `GPUS = 4; args.n_gpu = GPUS`, and `n = args.n_gpu` from where `args.n_gpu = 4` was written. */
function isGivenToNGpu(script: Script, node: Node, value: Value): boolean {
  const { tree } = script;
  const name = tree.textOf(node);
  const scope = script.scopes.resolve(name, script.scopes.scopeOf(node));
  const readsIt = scope?.bindings.get(name)?.some(({ source }) => source.kind === "assigned" && tree.textOf(source.expression).endsWith(".n_gpu"));
  if (readsIt || value.kind === "unknown") return readsIt ?? false;
  const givenByAttribute = script.scopes.attributes("n_gpu").some((attribute) => {
    const statement = tree.parent(attribute);
    return tree.field(attribute) === Field.left && tree.textOf(tree.child(statement, Field.right)) === name;
  });
  return givenByAttribute || argsCalls(script).some((call) => tree.textOf(call.keywords.get("n_gpu")?.node ?? NO_NODE) === name);
}

/** Scripts whose steps are counted per process: real distributed training. */
function shardsItsData(script: Script): boolean {
  return /\bddp_training\b/.test(script.text) || (/LanguageModeling/.test(script.text) && /\blocal_rank\b/.test(script.text));
}

function fixesOf(script: Script, { node, operation, side }: Divisor): Fix[] {
  const { tree } = script;
  const title = `Drop the division by \`${tree.textOf(node)}\``;
  if (tree.kind(operation.origin) === Kind.augmented_assignment) {
    const statement = tree.parent(operation.origin);
    return [{ title, safety: "safe", edits: [deleteStatement(tree, statement === NO_NODE ? operation.origin : statement)] }];
  }
  const [left, right] = operation.nodes;
  if (left === undefined || right === undefined) return [];
  // In a product the factor may stand on either side; a division has it on the right.
  const edit = side === "right" ? { start: tree.end(left), end: tree.end(right), newText: "" } : { start: tree.start(left), end: tree.start(right), newText: "" };
  return [{ title, safety: "safe", edits: [edit] }];
}
