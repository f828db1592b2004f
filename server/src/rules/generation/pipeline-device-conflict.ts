import { removeArgument } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { stringOf, type Value } from "../../script/values.js";
import { isGiven } from "../nothing.js";
import { modelOf } from "./generateCalls.js";

export default defineRule({
  id: "generation/pipeline-device-conflict",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["device"],
  messages: {
    both: "pipeline() gets a device and a device_map: device_map places the model, and moving it raises ValueError. Drop device.",
    bothUnsure: "pipeline() gets a device and a device_map: raises ValueError in transformers 4, and from 5 on where the map spreads the model over several devices. Drop device.",
    dispatched: 'device_map="{map}" has placed this model: pipeline() with a device raises ValueError. Drop device.',
    dispatchedUnsure: 'device_map="{map}" has placed this model: pipeline() with a device raises ValueError in transformers 4, and from 5 on where it is spread over several devices. Drop device.',
  },
  docs: {
    summary: "A pipeline with a device and a device_map, or with a device for a model that accelerate has placed.",
    why: `\`device_map\` lets accelerate place the parts of a model, \`device\` moves the whole of it. \`pipeline()\` refuses to move a model that accelerate has placed: \`ValueError\` ("The model has been
loaded with \`accelerate\` and therefore cannot be moved to a specific device"). In transformers 4 every model that was loaded with a \`device_map\` counts, whether before or by \`pipeline()\`
itself; in 5 only one that lies on several devices, so that a script may run on a machine with one GPU and fail on another.`,
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
      if (!device || !isPlaced(device.value)) continue;
      const at = script.tree.span(device.entry);
      const isOld = ctx.versionsAt(call.span.start).holds({ transformers: "<5" }) === "always";
      const fixes = [{ title: "Drop `device`", safety: "unsafe" as const, edits: [removeArgument(script, device)] }];
      const severity = isOld ? ("error" as const) : ("warning" as const);
      const model = modelOf(call.value("model", 1));
      const loaded = model?.call?.method === "from_pretrained" ? stringOf(model.call.value("device_map")) : undefined;
      if (loaded !== undefined && (isOld || SPREADS.test(loaded))) {
        const related = [{ message: "loaded here", range: model?.call?.nameSpan ?? at }];
        ctx.report({ message: isOld ? "dispatched" : "dispatchedUnsure", severity, data: { map: loaded }, at, raises: "ValueError", fixes, related });
      } else if (map && isPlaced(map.value) && (isOld || SPREADS.test(stringOf(map.value) ?? "auto"))) {
        ctx.report({ message: isOld ? "both" : "bothUnsure", severity, at, raises: "ValueError", fixes });
      }
    }
  },
});

/** Maps by which accelerate spreads a model over what there is. */
const SPREADS = /^(?:auto|balanced|balanced_low_0|sequential)$/;

/** Whether a device or a map is certainly given: what a function of the script's own returns may be None. */
function isPlaced(value: Value): boolean {
  return isGiven(value) || (value.kind === "call" && value.call.name === "torch.device");
}
