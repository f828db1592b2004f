import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import { setBeside } from "../../analysis/siblingEdits.js";
import type { ObjectEvent } from "../../script/events.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { numberOf, stringOf, truthOf, type Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { defaultsOf, fieldOf, isGenerationConfig, modelOf, optionOnModel, type GenerationOption } from "./generateCalls.js";

/** Options that only sampling reads, with the value that says nothing (GenerationConfig.validate). */
const NEUTRAL: Readonly<Record<string, number | undefined>> = { temperature: 1, top_p: 1, top_k: 50, min_p: undefined, typical_p: 1, epsilon_cutoff: 0, eta_cutoff: 0 };

const SAVE = /^(save_pretrained|push_to_hub|save_model)$/;

/** A place where a generation config is written to disk. */
interface Saving {
  /** How the script writes it: `model.save_pretrained`. */
  readonly written: string;
  readonly read: (option: string) => GenerationOption;
  /** Whether it samples where the script doesn't say. */
  readonly samples: boolean | undefined;
}

export default defineRule({
  id: "generation/unsavable-generation-config",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: Object.keys(NEUTRAL) as [string, ...string[]],
  versions: { transformers: ">=4.40" },
  messages: {
    unsavable: "{option}={value} without do_sample=True can't be saved: {saving} raises ValueError when it writes the generation config. Set do_sample=True too.",
  },
  docs: {
    summary: "A generation config with sampling options and no do_sample, which can't be saved.",
    why: `\`temperature\`, \`top_p\`, \`top_k\` and their like only mean something while sampling. \`generate()\` ignores them otherwise, but *saving* is strict: a generation
config that sets one of them without \`do_sample=True\` raises \`ValueError: GenerationConfig is invalid\`. A model saves its generation config along with its
weights, so \`model.save_pretrained()\` and the Trainer's checkpoints raise too, after the training has been paid for.`,
    examples: [
      {
        versions: { transformers: "4.57.6" },
        bad: `from transformers import GenerationConfig

config = GenerationConfig(max_new_tokens=100, temperature=0.7)
config.save_pretrained("generation")
`,
        good: `from transformers import GenerationConfig

config = GenerationConfig(max_new_tokens=100, temperature=0.7, do_sample=True)
config.save_pretrained("generation")
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/generation/configuration_utils.py"],
    silent: "Where nothing saves it in the script, or where the error is caught there; for models of unknown checkpoints, whose own generation config may sample.",
  },
  check(ctx) {
    const { script } = ctx;
    const reported = new Set<Node>();
    for (const saving of savingsOf(script)) {
      const sampling = saving.read("do_sample").value;
      const samples = sampling.kind === "absent" ? saving.samples : sampling.kind === "literal" ? truthOf(sampling) : undefined;
      if (samples !== false) continue;
      for (const [name, neutral] of Object.entries(NEUTRAL)) {
        const option = saving.read(name);
        const value = numberOf(option.value);
        if (value === undefined || value === neutral || option.entry === NO_NODE || reported.has(option.entry)) continue;
        reported.add(option.entry);
        ctx.report({
          message: "unsavable",
          data: { option: name, value, saving: saving.written },
          at: script.tree.span(option.entry),
          when: { transformers: ">=4.40" },
          raises: "ValueError",
          fixes: fixesOf(script, option.entry, sampling),
        });
      }
    }
  },
});

function savingsOf(script: Script): Saving[] {
  const savings: Saving[] = [];
  for (const method of ["save_pretrained", "push_to_hub", "save_model", "train"]) {
    for (const call of script.callsOfMethod(method)) {
      // The finding stands where the option is written; what is caught is the saving.
      if (script.flow.isCaught(call.span.start, "ValueError")) continue;
      const { receiver } = call;
      const written = script.tree.textOf(call.function);
      if (receiver && isGenerationConfig(receiver) && SAVE.test(method)) {
        const { object } = receiver;
        savings.push({ written, read: (name) => fieldOf(script, object, name, call.node), samples: object.call?.isOpen === false && !object.call.method.startsWith("from_") ? false : undefined });
        continue;
      }
      const model = method === "save_pretrained" || method === "push_to_hub" ? modelOf(receiver) : trainedModel(receiver, method);
      if (model) savings.push(savingOfModel(script, model, call.node, written));
    }
  }
  return savings;
}

/** The model of a trainer that saves: `save_model`, or a `train` with checkpoints. */
function trainedModel(receiver: Value | undefined, method: string): ScriptObject | undefined {
  const call = receiver?.kind === "instance" && /^transformers\.\w*Trainer$/.test(receiver.object.className ?? "") ? receiver.object.call : undefined;
  if (!call || (method !== "save_model" && method !== "train")) return undefined;
  if (method === "train") {
    const args = call.value("args", 1);
    const strategy = args.kind === "instance" && !args.object.fieldsUnknown ? args.object.call?.value("save_strategy") : undefined;
    if (!strategy || !["steps", "epoch", undefined].includes(stringOf(strategy)) || (strategy.kind !== "absent" && strategy.kind !== "literal")) return undefined;
  }
  return modelOf(call.value("model", 0));
}

function savingOfModel(script: Script, model: ScriptObject, reader: Node, written: string): Saving {
  const assigned = script.objects.fieldAt(model, "generation_config", reader);
  if (isGenerationConfig(assigned)) {
    const { object } = assigned;
    return { written, read: (name) => fieldOf(script, object, name, reader), samples: object.call?.isOpen === false ? false : undefined };
  }
  return { written, read: (name) => onGenerationConfig(script, model, name, reader), samples: defaultsOf(model)?.samples };
}

/** `model.generation_config.temperature = ...`; what is written to `model.config` is not saved with the generation config. */
function onGenerationConfig(script: Script, model: ScriptObject, name: string, reader: Node): GenerationOption {
  const option = optionOnModel(script, model, name, reader);
  const isOther = (event: ObjectEvent): boolean => event.node === option.entry && event.field !== `generation_config.${name}`;
  return script.eventsOf(model).some(isOther) ? { ...option, entry: NO_NODE } : option;
}

function fixesOf(script: Script, entry: Node, sampling: Value): Fix[] {
  const edit = sampling.kind === "absent" ? setBeside(script, entry, "do_sample", "True") : undefined;
  return edit ? [{ title: "Set `do_sample=True` too", safety: "safe", edits: [edit] }] : [];
}
