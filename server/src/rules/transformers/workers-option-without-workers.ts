import { addBeside, removeArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Argument } from "../../script/calls.js";
import { END_OF_SCOPE } from "../../script/reaching.js";
import type { Script } from "../../script/script.js";
import { numberOf, truthOf, type Value } from "../../script/values.js";
import { withDefault } from "./schedule.js";
import { always, fieldOf, severityInUse } from "./trainers.js";

export default defineRule({
  id: "transformers/workers-option-without-workers",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "sentence-transformers"],
  mentions: ["dataloader_prefetch_factor", "dataloader_persistent_workers"],
  messages: {
    prefetch: "dataloader_prefetch_factor needs workers, but dataloader_num_workers is {workers}: raises ValueError when {class} is built. Set dataloader_num_workers.",
    persistent: "dataloader_persistent_workers needs workers, but dataloader_num_workers is {workers}: raises ValueError at the first batch. Set dataloader_num_workers.",
  },
  docs: {
    summary: "Options of data loading workers without any worker.",
    why: `By default the training process loads its data itself: \`dataloader_num_workers\` is 0. Prefetching and persistent workers are options of worker processes.
\`TrainingArguments\` raises \`ValueError\` for \`dataloader_prefetch_factor\` without workers; \`dataloader_persistent_workers=True\` is accepted there and then
refused by torch's DataLoader, when training starts.`,
    examples: [
      {
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", dataloader_prefetch_factor=2)
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", dataloader_prefetch_factor=2, dataloader_num_workers=4)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/training_args.py", "https://docs.pytorch.org/docs/stable/data.html"],
    silent: "Where the number of workers isn't known, or is written to the arguments later (persistent workers only: the prefetch factor is checked at once).",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.TrainingArguments")) {
      const data = { class: call.method };
      const workers = withDefault(call.value("dataloader_num_workers"), { kind: "literal", type: "int", value: 0, origin: call.node });
      // Before 4.38 TrainingArguments doesn't know the argument, and fails for that.
      const isKnown = ctx.versionsAt(call.span.start).holds({ transformers: "<4.38" }) !== "always";
      const prefetch = isKnown ? call.keywords.get("dataloader_prefetch_factor") : undefined;
      if (prefetch && always({ workers, factor: prefetch.value }, (way) => isZero(way.workers) && numberOf(way.factor) !== undefined)) {
        ctx.report({ message: "prefetch", data: { ...data, workers: shown(call.value("dataloader_num_workers")) }, at: script.tree.span(prefetch.entry), raises: "ValueError", fixes: fixesOf(script, prefetch, call.keywords.get("dataloader_num_workers")) });
        continue;
      }
      const persistent = call.keywords.get("dataloader_persistent_workers");
      const made = script.evaluate(call.node, call.frame);
      if (!persistent || made.kind !== "instance" || call.positional.length > 1) continue;
      const later = (name: string): Value => fieldOf(script, made.object, name, END_OF_SCOPE);
      if (!always({ workers: later("dataloader_num_workers"), wanted: later("dataloader_persistent_workers") }, (way) => isZero(way.workers) && truthOf(way.wanted) === true)) continue;
      ctx.report({ message: "persistent", severity: severityInUse(script, made.object), data: { ...data, workers: shown(call.value("dataloader_num_workers")) }, at: script.tree.span(persistent.entry), raises: "ValueError", fixes: fixesOf(script, persistent, call.keywords.get("dataloader_num_workers")) });
    }
  },
});

function isZero(value: Value): boolean {
  return numberOf(value) === 0;
}

function shown(value: Value): string {
  return value.kind === "absent" ? "not set (0)" : "0";
}

function fixesOf(script: Script, option: Argument, workers: Argument | undefined): Fix[] {
  const drop: Fix = { title: `Drop \`${option.name ?? "the option"}\``, safety: "unsafe", edits: [removeArgument(script, option)] };
  if (workers) return [drop];
  return [{ title: "Add `dataloader_num_workers=4` (four worker processes)", safety: "unsafe", edits: [addBeside(script, option, "dataloader_num_workers", "4")] }, drop];
}
