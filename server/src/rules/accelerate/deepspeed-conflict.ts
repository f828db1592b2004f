import { removeArgument } from "../../analysis/edits.js";
import type { Severity } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { VersionCondition, Versions } from "../../environment/versions.js";
import type { Argument, Call } from "../../script/calls.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { modelOf } from "../transformers/models.js";
import { argumentsOf, givenTo, severityInUse, trainersOf } from "../transformers/trainers.js";
import { isOn, isSetting, relatedPlace, zeroStage, type Setting } from "./deepspeedConfiguration.js";
import { configurationsOf, isZero3, useIn, type ReadUse } from "./deepspeedUses.js";

/** A combination of an argument with what the configuration says. */
interface Conflict {
  readonly message: Message;
  /** The argument, where it is certainly so that the two can't be together. */
  readonly argument: (call: Call) => Argument | undefined;
  /** The key of the configuration that it conflicts with; "always" for any configuration, undefined where this one is fine. */
  readonly setting: (use: ReadUse) => Setting | "always" | undefined;
  readonly severity?: Severity;
  readonly when?: VersionCondition;
  readonly unsure?: Message;
  /** Where another row has more to say of the same argument. */
  readonly except?: (argument: Argument, versions: Versions) => boolean;
}

type Message = "fsdp" | "batch" | "batchUnsure" | "onlyModel" | "adafactor" | "adafactorUnsure" | "named" | "namedUnsure" | "optim" | "map" | "noZero" | "precisions" | "mixed" | "offload";
type Context = RuleContext<Message>;

const isTrue = (value: Value): boolean => value.kind === "literal" && truthOf(value) === true;
const whereTrue = (name: string) => (call: Call): Argument | undefined => {
  const argument = call.keywords.get(name);
  return argument && isTrue(argument.value) ? argument : undefined;
};
const stage3 = (use: ReadUse): Setting | undefined => (isZero3(use) ? zeroStage(use.configuration) : undefined);
const ownOptimizer = ({ configuration }: ReadUse): Setting | "always" | undefined => {
  const found = configuration.at("optimizer.type");
  return isSetting(found) ? found : configuration.at("optimizer") === "section" ? "always" : undefined;
};

/** Here optim="adafactor" is looked at too, where only adafactor=True was before; afterwards neither is. */
const NAMED = { transformers: ">=4.57,<5" };
const isAdafactor = (value: Value): boolean => stringOf(value) === "adafactor";

const CONFLICTS: readonly Conflict[] = [
  { message: "fsdp", argument: isSharded, setting: () => "always" },
  { message: "batch", argument: whereTrue("auto_find_batch_size"), setting: stage3, when: { transformers: ">=4.46" }, unsure: "batchUnsure" },
  { message: "onlyModel", argument: (call) => (isTrue(call.value("load_best_model_at_end")) ? whereTrue("save_only_model")(call) : undefined), setting: () => "always", when: { transformers: ">=4.46" } },
  { message: "adafactor", argument: whereTrue("adafactor"), setting: ownOptimizer, when: { transformers: "<5" }, unsure: "adafactorUnsure" },
  { message: "named", argument: adafactorByName, setting: ownOptimizer, when: NAMED, unsure: "namedUnsure" },
  { message: "optim", argument: otherOptimizer, setting: ownOptimizer, severity: "warning", except: ({ value }, versions) => isAdafactor(value) && versions.holds(NAMED) !== "never" },
];

/** `fsdp="full_shard"`, `fsdp=True`, `fsdp=["full_shard"]`. */
function isSharded(call: Call): Argument | undefined {
  const argument = call.keywords.get("fsdp");
  return argument && (argument.value.kind === "literal" || argument.value.kind === "sequence") && truthOf(argument.value) === true ? argument : undefined;
}

function adafactorByName(call: Call): Argument | undefined {
  const argument = call.keywords.get("optim");
  return argument && isAdafactor(argument.value) ? argument : undefined;
}

/** An optimizer that isn't AdamW under another name: that is what most configurations ask for too. */
function otherOptimizer(call: Call): Argument | undefined {
  const argument = call.keywords.get("optim");
  const name = argument && stringOf(argument.value);
  return name !== undefined && !/^adamw_(?:torch|hf|torch_fused|apex_fused)$/.test(name) ? argument : undefined;
}

export default defineRule({
  id: "accelerate/deepspeed-conflict",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "accelerate", "sentence-transformers"],
  mentions: ["deepspeed", "DeepSpeed"],
  messages: {
    fsdp: "fsdp and deepspeed can't be together: raises ValueError when the Trainer is built. Drop one of the two.",
    batch: "auto_find_batch_size doesn't work with ZeRO stage 3 ({name}): raises ValueError when the Trainer is built. Set the batch size, or use stage 2.",
    batchUnsure: "auto_find_batch_size doesn't work with ZeRO stage 3 ({name}): from transformers 4.46 on the Trainer raises ValueError. Set the batch size, or use stage 2.",
    onlyModel: "save_only_model leaves out what load_best_model_at_end loads under DeepSpeed: raises ValueError when the Trainer is built. Drop one of the two.",
    adafactor: "adafactor=True and an optimizer in {name}: train() raises ValueError. Drop one of the two.",
    adafactorUnsure: "adafactor=True and an optimizer in {name}: train() raises ValueError before transformers 5, which has no such argument. Drop adafactor.",
    named: "optim={optim} and an optimizer in {name}: train() raises ValueError. Drop one of the two.",
    namedUnsure: "optim={optim} and an optimizer in {name}: in transformers 4.57 train() raises ValueError, in others optim is ignored. Drop one of the two.",
    optim: "optim={optim} is ignored: {name} has an optimizer of its own, and that is used. Drop one of the two.",
    map: "device_map doesn't work with ZeRO stage 3 ({name}), which places the parameters itself: from_pretrained() raises ValueError. Drop device_map.",
    noZero: '{name} has no "zero_optimization": raises ValueError when {class} is built. Write "zero_optimization": {"stage": 2}, or stage 0 for none.',
    precisions: "fp16 and bf16 are both enabled in {name}: raises AssertionError when the model is prepared. Enable one of the two.",
    mixed: 'mixed_precision={precision} and {other} enabled in {name}: raises ValueError when Accelerator is built. Write "auto" for {other}.enabled.',
    offload: "offload_param needs ZeRO stage 3, and {name} has stage {stage}: the parameters silently stay on the GPU. Set stage to 3, or drop offload_param.",
  },
  docs: {
    summary: "A DeepSpeed configuration with something that it can't be combined with.",
    why: `What DeepSpeed and the libraries around it refuse together, they refuse late: when the Trainer is built, or in \`train()\` after the model is loaded.

- \`fsdp\` with any DeepSpeed configuration, \`save_only_model\` with \`load_best_model_at_end\`: \`ValueError\` when the Trainer is built.
- ZeRO stage 3 with \`auto_find_batch_size\`: the same. With \`device_map\`: \`ValueError\` in \`from_pretrained\`, once the arguments are there.
- An \`optimizer\` in the configuration with \`adafactor=True\`: \`ValueError\` before transformers 5, and in 4.57 with \`optim="adafactor"\`. Else what \`optim=\` says is silently ignored.
- A configuration without \`zero_optimization\`: \`ValueError\` at once.
- \`fp16\` and \`bf16\` both enabled, or the one enabled with the other as Accelerator's \`mixed_precision\`.
- \`offload_param\` below stage 3, which keeps whole parameters on each GPU: it does nothing.`,
    examples: [
      {
        files: { "ds_zero3.json": '{\n  "train_micro_batch_size_per_gpu": "auto",\n  "zero_optimization": { "stage": 3 }\n}\n' },
        versions: { transformers: "4.57.6" },
        bad: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", auto_find_batch_size=True, deepspeed="ds_zero3.json")
trainer = Trainer(model=model, args=args, train_dataset=dataset)
`,
        good: `from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", per_device_train_batch_size=4, deepspeed="ds_zero3.json")
trainer = Trainer(model=model, args=args, train_dataset=dataset)
`,
      },
    ],
    references: [
      "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/trainer.py",
      "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/integrations/deepspeed.py",
      "https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/utils/dataclasses.py",
      "https://www.deepspeed.ai/docs/config-json/",
    ],
    silent: "For values that the script doesn't show, and for a model that is loaded before the arguments are built: accelerate/model-before-deepspeed-arguments speaks of that.",
  },
  check(ctx) {
    const uses = configurationsOf(ctx);
    if (uses.length === 0) return;
    for (const use of uses) {
      if (use.taker === "arguments") withArguments(ctx, use);
      if (use.taker !== "config") within(ctx, use);
    }
    withDeviceMap(ctx, uses);
    withMixedPrecision(ctx, uses);
  },
});

function nameOf({ configuration: { name } }: ReadUse): string {
  return name.length > 40 ? `…${name.slice(-39)}` : name;
}

function withArguments({ script, report, versionsAt }: Context, use: ReadUse): void {
  const made = script.evaluate(use.call.node, use.call.frame);
  const inUse = made.kind === "instance" ? severityInUse(script, made.object) : "warning";
  for (const { message, argument: find, setting: inConfiguration, severity = inUse, when, unsure, except } of CONFLICTS) {
    const argument = find(use.call);
    const setting = argument && inConfiguration(use);
    if (!argument || !setting || except?.(argument, versionsAt(use.call.span.start))) continue;
    const name = argument.name ?? "";
    report({
      message,
      severity,
      ...(when && { when }),
      ...(unsure && { unsure }),
      data: { name: nameOf(use), optim: script.tree.textOf(argument.node) },
      at: script.tree.span(argument.entry),
      raises: "ValueError",
      related: setting === "always" ? [{ message: "DeepSpeed", range: script.tree.span(use.argument.entry) }] : [relatedPlace("the configuration", setting.place)],
      fixes: [{ title: `Drop \`${name}\``, safety: "unsafe", edits: [removeArgument(script, argument)] }],
    });
  }
}

/** What is wrong in the configuration by itself. */
function within({ script, report }: Context, use: ReadUse): void {
  const { configuration } = use;
  const at = script.tree.span(use.argument.entry);
  if (configuration.at("zero_optimization") === "absent") {
    report({ message: "noZero", data: { name: nameOf(use), class: use.call.method }, at, raises: "ValueError", related: configuration.file ? [{ message: "zero_optimization is missing", range: opening(configuration.file.text), file: configuration.file }] : [] });
  }
  const both = [configuration.at("fp16.enabled"), configuration.at("bf16.enabled")].filter(isSetting);
  if (isOn(configuration, "fp16.enabled") && isOn(configuration, "bf16.enabled")) {
    const [first, second] = both as [Setting, Setting];
    report({ message: "precisions", severity: "warning", data: { name: nameOf(use) }, at: second.place.file ? at : second.place.entry, related: first.place.file ? [relatedPlace("bf16", second.place)] : [relatedPlace("fp16", first.place)] });
  }
  const offload = configuration.at("zero_optimization.offload_param.device");
  const stage = zeroStage(configuration);
  if (stage && stage.value < 3 && isSetting(offload) && (offload.value === "cpu" || offload.value === "nvme")) {
    report({ message: "offload", severity: "warning", data: { name: nameOf(use), stage: stage.value }, at: offload.place.file ? at : offload.place.entry, related: offload.place.file ? [relatedPlace("offload_param", offload.place)] : [relatedPlace("the stage", stage.place)] });
  }
}

/** The brace that opens a file's object. */
function opening(text: string): { start: number; end: number } {
  const start = Math.max(0, text.indexOf("{"));
  return { start, end: start + 1 };
}

/** A model that is loaded while the arguments with stage 3 are there. */
function withDeviceMap({ script, report }: Context, uses: readonly ReadUse[]): void {
  const reported = new Set<Argument>();
  for (const trainer of trainersOf(script)) {
    const args = argumentsOf(trainer);
    const use = args && args !== "none" ? useIn(uses, args) : undefined;
    const load = modelOf(givenTo(trainer, "model"))?.call;
    const argument = load?.method === "from_pretrained" ? load.keywords.get("device_map") : undefined;
    const stage = use && stage3(use);
    if (!use || !load || !argument || !stage || reported.has(argument)) continue;
    // What the command line or a helper gives may be None.
    const isMap = argument.value.kind === "record" || stringOf(argument.value) !== undefined;
    if (!isMap || !script.precedes(use.call.node, load.node)) continue;
    reported.add(argument);
    report({
      message: "map",
      data: { name: nameOf(use) },
      at: script.tree.span(argument.entry),
      raises: "ValueError",
      related: [relatedPlace("stage 3", stage.place), { message: "built before", range: use.call.nameSpan }],
      fixes: [{ title: "Drop `device_map`", safety: "unsafe", edits: [removeArgument(script, argument)] }],
    });
  }
}

/** Accelerator's own precision with the other one in the configuration. */
function withMixedPrecision({ script, report }: Context, uses: readonly ReadUse[]): void {
  for (const call of script.callsTo("accelerate.Accelerator", { subclasses: false })) {
    const plugin = call.keywords.get("deepspeed_plugin")?.value;
    const argument = call.keywords.get("mixed_precision");
    const precision = argument && stringOf(argument.value);
    const use = plugin?.kind === "instance" ? uses.find((each) => each.taker === "plugin" && each.call === plugin.object.call) : undefined;
    if (!use || !argument || (precision !== "fp16" && precision !== "bf16")) continue;
    const other = precision === "fp16" ? "bf16" : "fp16";
    const setting = use.configuration.at(`${other}.enabled`);
    if (!isSetting(setting) || setting.value !== true) continue;
    report({ message: "mixed", data: { precision: `"${precision}"`, other, name: nameOf(use) }, at: script.tree.span(argument.entry), raises: "ValueError", related: [relatedPlace(`${other}.enabled`, setting.place)] });
  }
}
