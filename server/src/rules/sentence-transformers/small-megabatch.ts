import { addArgument } from "../../analysis/edits.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, truthOf } from "../../script/values.js";
import { argumentsOf, givenTo, sentenceTrainersOf } from "./trainerCalls.js";
import { lossOf, objectivesOf, type Loss } from "./trainingData.js";

/** What the loss itself takes for a mini-batch where it isn't told; its documentation asks for batches of 500 or more. */
const MINI_BATCH = 50;

const BATCH = "per_device_train_batch_size";

/** Where only the last mini-batch of a batch reaches the backward pass. */
const LOST = { "sentence-transformers": "<5.4" };

/** Where there is a text among what it cuts into mini-batches. */
const BROKEN = { "sentence-transformers": ">=5.4,<5.7" };

export default defineRule({
  id: "sentence-transformers/small-megabatch",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["MegaBatchMarginLoss"],
  messages: {
    small: "MegaBatchMarginLoss looks for its hardest negatives inside the batch, and {size} examples leave it little choice. Use about 500.",
    lost: "Before sentence-transformers 5.4 MegaBatchMarginLoss silently learns from the last {rest} examples of a batch, not from all {size}. Set mini_batch_size={size}, or upgrade to 5.7.",
    broken: "In sentence-transformers 5.4 to 5.6 MegaBatchMarginLoss can't make its mini-batches: raises KeyError or TypeError at the first step. Set use_mini_batched_version=False.",
  },
  docs: {
    summary: "MegaBatchMarginLoss with a small batch, or in a version that drops the most of it.",
    why: `\`MegaBatchMarginLoss\` takes as negative the most similar other example of the batch: in a batch of 20 the hardest of 19, in one of 500 the hardest of 499. Its documentation asks for
500 or more; what it calls a mini-batch is 50.

It embeds \`mini_batch_size\` examples at a time (50 by default). Before 5.4 the gradients of all but the last of these mini-batches are dropped, by a comparison with the wrong length: of a batch of 500 it learns from 50, and
of one of 512 from 12, with nothing to see but a model that learns slowly. \`mini_batch_size\` as large as the batch, or \`use_mini_batched_version=False\`, makes it learn from all, and needs the memory for all.
In 5.4 to 5.6 the mini-batches raise \`KeyError\` or \`TypeError\` at the first step, whatever the batch; 5.7 makes them anew.`,
    examples: [
      {
        versions: { "sentence-transformers": "5.7.0" },
        bad: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loader = DataLoader(examples, batch_size=32, shuffle=True)
model.fit([(loader, losses.MegaBatchMarginLoss(model))], warmup_steps=100, output_path="out")
`,
        good: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loader = DataLoader(examples, batch_size=500, shuffle=True)
model.fit([(loader, losses.MegaBatchMarginLoss(model))], warmup_steps=100, output_path="out")
`,
      },
      {
        versions: { "sentence-transformers": "5.1.0" },
        bad: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loader = DataLoader(examples, batch_size=500, shuffle=True)
model.fit([(loader, losses.MegaBatchMarginLoss(model))], warmup_steps=100, output_path="out")
`,
        good: `from sentence_transformers import SentenceTransformer, losses
from torch.utils.data import DataLoader

model = SentenceTransformer("all-MiniLM-L6-v2")
loader = DataLoader(examples, batch_size=500, shuffle=True)
model.fit([(loader, losses.MegaBatchMarginLoss(model, mini_batch_size=500))], warmup_steps=100, output_path="out")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/losses/MegaBatchMarginLoss.py"],
    silent: "For sizes from outside the script.",
  },
  check(ctx) {
    const { script } = ctx;
    const trained = [...objectivesOf(script).map(({ loss, loader }) => ({ loss, size: loader.argument("batch_size", 1) })), ...trainersWithLoss(script)];
    for (const { loss, size } of trained) {
      if (loss.name !== "MegaBatchMarginLoss") continue;
      if (ctx.versionsAt(loss.call.span.start).holds(BROKEN) !== "always") tell(ctx, loss.call, size);
      else if (hasMiniBatches(loss.call)) ctx.report({ message: "broken", severity: "error", at: loss.call.nameSpan, raises: ["KeyError", "TypeError"] });
    }
  },
});

/** A trainer's loss with the size of its batches, where the arguments are given it and keep it. */
function trainersWithLoss(script: Script): { readonly loss: Loss; readonly size: Argument | undefined }[] {
  return sentenceTrainersOf(script).flatMap((trainer) => {
    const loss = lossOf(givenTo(trainer, "loss"));
    if (!loss) return [];
    const args = argumentsOf(trainer);
    const size = args?.call?.keywords.get(BATCH);
    const isKept = args && size && numberOf(script.objects.fieldAt(args, BATCH, trainer.call.node)) === numberOf(size.value);
    return [{ loss, size: isKept ? size : undefined }];
  });
}

function hasMiniBatches(call: Call): boolean {
  const given = call.value("use_mini_batched_version", 3);
  return given.kind === "absent" || truthOf(given) === true;
}

function tell({ script, report }: RuleContext<"small" | "lost" | "broken">, call: Call, size: Argument | undefined): void {
  const count = size && numberOf(size.value);
  if (!size || count === undefined) return;
  const at = script.tree.span(size.entry);
  const related = [{ message: "the loss", range: call.nameSpan }];
  if (count <= MINI_BATCH) return report({ message: "small", data: { size: count }, at, related });
  const given = call.value("mini_batch_size", 4);
  const mini = given.kind === "absent" ? MINI_BATCH : numberOf(given);
  if (mini === undefined || mini <= 0 || count <= mini || !hasMiniBatches(call)) return;
  const edit = given.kind === "absent" ? addArgument(script, call, "mini_batch_size", String(count)) : undefined;
  report({
    message: "lost",
    data: { size: count, rest: count % mini === 0 ? mini : count % mini },
    at,
    when: LOST,
    related,
    fixes: edit ? [{ title: `Set \`mini_batch_size=${count}\` (more memory)`, safety: "unsafe", edits: [edit] }] : [],
  });
}
