import { addArgument } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf } from "../../script/values.js";
import { Kind } from "../../syntax/kind.js";
import { fitsOf } from "./fitCalls.js";

/** `warmup_steps` of SentenceTransformer.fit and CrossEncoder.fit, in every version. */
const DEFAULT = 10000;

export default defineRule({
  id: "sentence-transformers/default-warmup",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: [".fit"],
  messages: {
    default: "Without warmup_steps fit() warms up for 10000 steps: a shorter training never reaches its learning rate. Pass warmup_steps, about a tenth of the steps.",
  },
  docs: {
    summary: "A fit() without warmup_steps, whose default is 10000.",
    why: `\`fit()\` raises the learning rate linearly over \`warmup_steps\`, 10000 by default, and only then begins to lower it. A training of 1000 steps therefore ends at a tenth of its learning
rate, with an average of a twentieth, and nothing says so. About a tenth of the steps is usual: \`int(len(dataloader) * epochs * 0.1)\`.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformer

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], epochs=3, output_path="out")
`,
        good: `from sentence_transformers import SentenceTransformer

model = SentenceTransformer("all-MiniLM-L6-v2")
model.fit([(loader, loss)], epochs=3, output_path="out", warmup_steps=int(len(loader) * 3 * 0.1))
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v5.1.0/sentence_transformers/fit_mixin.py"],
    silent: "With `scheduler=\"constantlr\"`, which has no warm-up; where steps_per_epoch says that the training is long; where arguments come from outside.",
  },
  check({ script, report }) {
    for (const fit of fitsOf(script)) {
      // steps_per_epoch, scheduler and warmup_steps are the fourth to the sixth.
      if (fit.value("warmup_steps").kind !== "absent" || fit.positional.length > 3) continue;
      const scheduler = fit.value("scheduler");
      if (scheduler.kind !== "absent" && (stringOf(scheduler)?.toLowerCase() ?? "constantlr") === "constantlr") continue;
      const perEpoch = fit.value("steps_per_epoch");
      const steps = numberOf(perEpoch);
      if (perEpoch.kind !== "absent" && (steps === undefined || steps * (numberOf(fit.value("epochs", 2)) ?? 1) >= DEFAULT)) continue;
      report({ message: "default", at: fit.nameSpan, fixes: fixesOf(script, fit) });
    }
  },
});

/** A tenth of the steps, where there is one loader with a name. */
function fixesOf(script: Script, fit: Call): Fix[] {
  const objectives = fit.value("train_objectives", 0);
  const loaderFirst = fit.argument("train_dataloader", 0);
  const pair = objectives.kind === "sequence" && objectives.items.length === 1 ? objectives.items[0] : undefined;
  const pairNode = pair?.kind === "sequence" ? script.tree.firstChild(pair.origin) : undefined;
  const loader = pairNode ?? (objectives.kind === "sequence" ? undefined : loaderFirst?.node);
  if (loader === undefined || script.tree.kind(loader) !== Kind.identifier) return [];
  const epochs = fit.argument("epochs", 2);
  const times = epochs === undefined ? "" : ` * ${script.tree.textOf(epochs.node)}`;
  const edit = addArgument(script, fit, "warmup_steps", `int(len(${script.tree.textOf(loader)})${times} * 0.1)`);
  return edit ? [{ title: "Warm up for a tenth of the steps", safety: "unsafe", edits: [edit] }] : [];
}
