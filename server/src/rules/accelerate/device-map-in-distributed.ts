import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf } from "../../script/values.js";
import { modelOf } from "../transformers/models.js";
import { acceleratorCalls, receiverText } from "./accelerators.js";

const SPREADING: ReadonlySet<string> = new Set(["auto", "balanced", "balanced_low_0", "sequential"]);

export default defineRule({
  id: "accelerate/device-map-in-distributed",
  severity: "information",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  mentions: ["device_map"],
  messages: {
    spread: "device_map={map} spreads the model over the GPUs: in several processes {accelerator}.prepare() raises ValueError. Drop device_map, or use one process.",
  },
  docs: {
    summary: "A model that is spread over the GPUs and then prepared for distributed training.",
    why: `With \`device_map="auto"\` each process lays the model over all the GPUs that it sees. \`accelerator.prepare\` accepts that in a script of one process; under \`accelerate launch\` or \`torchrun\` with
several it raises \`ValueError: You can't train a model that has been loaded with device_map='auto' in any distributed mode\`. For a quantised model per process write
\`device_map={"": PartialState().local_process_index}\`.`,
    examples: [
      {
        bad: `from accelerate import Accelerator
from transformers import AutoModelForCausalLM

accelerator = Accelerator()
model = AutoModelForCausalLM.from_pretrained("gpt2", device_map="auto")
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
`,
        good: `from accelerate import Accelerator
from transformers import AutoModelForCausalLM

accelerator = Accelerator()
model = AutoModelForCausalLM.from_pretrained("gpt2")
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py", "https://huggingface.co/docs/accelerate/concept_guides/big_model_inference"],
    silent: "For a map that the script writes out, and for models that aren't prepared.",
  },
  check({ script, report }) {
    const reported = new Set<number>();
    for (const prepare of acceleratorCalls(script, "prepare")) {
      for (const { value } of prepare.positional) {
        const argument = modelOf(value)?.call?.keywords.get("device_map");
        const map = argument && stringOf(argument.value);
        if (!argument || map === undefined || !SPREADING.has(map) || reported.has(argument.entry)) continue;
        reported.add(argument.entry);
        report({
          message: "spread",
          data: { map: `"${map}"`, accelerator: receiverText(script, prepare) },
          at: script.tree.span(argument.entry),
          related: [{ message: "prepared here", range: prepare.nameSpan }],
          fixes: [{ title: "Drop `device_map`", safety: "unsafe", edits: [removeArgument(script, argument)] }],
        });
      }
    }
  },
});
