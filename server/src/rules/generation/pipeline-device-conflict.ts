import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf, type Value } from "../../script/values.js";
import { isNone } from "../transformers/trainers.js";
import { modelOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/pipeline-device-conflict",
  severity: "warning",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers"],
  mentions: ["device"],
  messages: {
    both: "pipeline() gets a device and a device_map: the model is spread by the map, and can't be moved to the device as well (a log only, or ValueError). Drop device.",
    dispatched: 'The model was loaded with device_map="{map}", so accelerate has placed it: pipeline() with device raises ValueError. Drop device.',
  },
  docs: {
    summary: "A pipeline with a device and a device_map, or with a device for a model that accelerate has placed.",
    why: `\`device_map\` lets accelerate place the parts of a model, \`device\` moves the whole of it. A model that was loaded with a \`device_map\` can't be moved: \`pipeline(model=model, device=0)\` raises
\`ValueError\` ("The model has been loaded with \`accelerate\` and therefore cannot be moved to a specific device"). With both in one \`pipeline()\` call the library logs that one overrides
the other and that the behaviour is unexpected.`,
    examples: [
      {
        bad: `from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2", device=0, device_map="auto")
`,
        good: `from transformers import pipeline

pipe = pipeline("text-generation", model="gpt2", device_map="auto")
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/pipelines/__init__.py", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/pipelines/base.py"],
    silent: "Where one of the two may be None or comes from outside; where the model is loaded elsewhere.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const call of script.callsTo("transformers.pipeline")) {
      const [device, map] = [call.keywords.get("device"), call.keywords.get("device_map")];
      if (!device || !isGiven(device.value)) continue;
      const at = script.tree.span(device.entry);
      const fixes = [{ title: "Drop `device`", safety: "unsafe" as const, edits: [removeArgument(script, device)] }];
      const model = modelOf(call.value("model", 1));
      const loaded = model?.call?.method === "from_pretrained" ? model.call.value("device_map") : undefined;
      if (loaded && (stringOf(loaded) === "auto" || stringOf(loaded)?.startsWith("balanced") === true)) {
        ctx.report({ message: "dispatched", severity: "error", data: { map: stringOf(loaded) ?? "" }, at, raises: "ValueError", fixes, related: [{ message: "loaded here", range: model?.call?.nameSpan ?? at }] });
      } else if (map && isGiven(map.value)) {
        ctx.report({ message: "both", at, fixes });
      }
    }
  },
});

/** Whether something is certainly given, and not None. */
function isGiven(value: Value): boolean {
  return !isNone(value) && (value.kind === "literal" || value.kind === "call" || value.kind === "instance" || value.kind === "record");
}
