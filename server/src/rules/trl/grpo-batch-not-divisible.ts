import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { setBeside } from "../../analysis/siblingEdits.js";
import type { Argument, Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { isNothing } from "../nothing.js";
import { isPatchedByUnsloth } from "../unsloth.js";

export default defineRule({
  id: "trl/grpo-batch-not-divisible",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["GRPOConfig"],
  versions: { trl: ">=0.15" },
  messages: {
    batch: "On one process GRPO's batch is {product}, not divisible by num_generations={generations}: raises ValueError. It needs a multiple of {processes} processes, or another num_generations.",
    explicit: "generation_batch_size={product} is not divisible by num_generations={generations}: raises ValueError when GRPOConfig is built (from trl 0.18 on).",
    few: "num_generations={generations}, but GRPO compares the generations of a prompt with each other: raises ValueError (from trl 0.15 on). Use 2 or more.",
  },
  docs: {
    summary: "A GRPO batch that doesn't hold whole groups of generations.",
    why: `GRPO draws \`num_generations\` completions per prompt (8 by default) and compares them, so a batch has to hold whole groups. What has to be divisible depends on the version:

- trl 0.15 and 0.16: \`per_device_train_batch_size\` × processes;
- 0.17: that × \`gradient_accumulation_steps\`;
- from 0.18: \`generation_batch_size\`, by default \`per_device_train_batch_size\` × processes × \`steps_per_generation\` (the accumulation steps).

Otherwise \`ValueError\` is raised. The number of processes isn't in the script: this speaks of one, and says how many it would take.`,
    examples: [
      {
        versions: { trl: "1.13.0" },
        bad: `from trl import GRPOConfig

args = GRPOConfig("out", per_device_train_batch_size=4, num_generations=8)
`,
        good: `from trl import GRPOConfig

args = GRPOConfig("out", per_device_train_batch_size=4, num_generations=8, gradient_accumulation_steps=2)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.18.2/trl/trainer/grpo_config.py", "https://github.com/huggingface/trl/blob/v0.16.1/trl/trainer/grpo_trainer.py"],
    silent: "Where one of the numbers comes from outside the script; where the script imports unsloth, which takes a batch that fits.",
  },
  check(ctx) {
    const { script } = ctx;
    // unsloth's trainer takes a batch that fits.
    if (isPatchedByUnsloth(script)) return;
    for (const call of script.callsTo("trl.GRPOConfig", { subclasses: false })) {
      const numbers = numbersOf(call);
      if (!numbers) continue;
      const { batch, generations, accumulation, steps, explicit } = numbers;
      const written = call.keywords.get("num_generations");
      const at = (argument: Argument | undefined): { start: number; end: number } => (argument ? script.tree.span(argument.entry) : call.nameSpan);
      if (generations < 2) {
        ctx.report({ message: "few", data: { generations }, at: at(written), severity: "error", when: { trl: ">=0.15" }, raises: "ValueError" });
        continue;
      }
      if (explicit !== undefined) {
        if (explicit % generations === 0) continue;
        const argument = call.keywords.get("generation_batch_size");
        ctx.report({ message: "explicit", data: { product: explicit, generations }, at: at(argument), severity: "error", when: { trl: ">=0.18" }, raises: "ValueError" });
        continue;
      }
      // Before 0.17 the accumulation doesn't count; steps_per_generation came with 0.18.
      const isOld = ctx.versionsAt(call.span.start).holds({ trl: "<0.17" }) === "always";
      const product = isOld ? batch : batch * (steps ?? accumulation);
      if (product % generations === 0) continue;
      ctx.report({
        message: "batch",
        data: { product, generations, processes: generations / divisor(product, generations) },
        at: at(call.keywords.get("per_device_train_batch_size") ?? written),
        when: { trl: ">=0.15" },
        raises: "ValueError",
        fixes: fixesOf(script, call, product, generations),
      });
    }
  },
});

interface Numbers {
  readonly batch: number;
  readonly generations: number;
  readonly accumulation: number;
  readonly steps: number | undefined;
  readonly explicit: number | undefined;
}

/** The numbers of a config with the defaults that all versions share; undefined where one isn't known. */
function numbersOf(call: Call): Numbers | undefined {
  const read = (name: string, byDefault: number | undefined): number | undefined | "unknown" => {
    const value = call.value(name);
    if (isNothing(value)) return byDefault;
    return numberOf(value) ?? "unknown";
  };
  const batch = read("per_device_train_batch_size", 8);
  const generations = read("num_generations", 8);
  const accumulation = read("gradient_accumulation_steps", 1);
  const steps = read("steps_per_generation", undefined);
  const explicit = read("generation_batch_size", undefined);
  if (batch === "unknown" || generations === "unknown" || accumulation === "unknown" || steps === "unknown" || explicit === "unknown") return undefined;
  return { batch: batch ?? 8, generations: generations ?? 8, accumulation: accumulation ?? 1, steps, explicit };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** As many generations as the batch of one process holds in whole groups. */
function fixesOf(script: Script, call: Call, product: number, generations: number): Fix[] {
  let fitting = Math.min(generations, product);
  while (fitting >= 2 && product % fitting !== 0) fitting--;
  if (fitting < 2) return [];
  const title = `Set \`num_generations=${fitting}\``;
  const written = call.keywords.get("num_generations");
  if (written) return written.value.kind === "literal" && written.node === written.value.origin ? [{ title, safety: "unsafe", edits: [replaceNode(script.tree, written.node, String(fitting))] }] : [];
  const batch = call.keywords.get("per_device_train_batch_size");
  const edit = batch && setBeside(script, batch.entry, "num_generations", String(fitting));
  return edit ? [{ title, safety: "unsafe", edits: [edit] }] : [];
}
