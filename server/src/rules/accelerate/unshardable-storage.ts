import { addBeside } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import { stringOf, truthOf, type Value } from "../../script/values.js";
import { modelOf } from "../transformers/models.js";
import { argumentsOf, givenTo, trainersOf } from "../transformers/trainers.js";
import { relatedPlace, zeroStage } from "./deepspeedConfiguration.js";
import { configurationsOf, isZero3, useIn } from "./deepspeedUses.js";
import { quantizationOf } from "./quantization.js";

export default defineRule({
  id: "accelerate/unshardable-storage",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "peft"],
  mentions: ["load_in_4bit"],
  versions: { transformers: ">=4.39" },
  messages: {
    bytes: "4-bit weights are stored as uint8 by default, which {sharder} can't shard with the rest of the model. Set bnb_4bit_quant_storage to the model's dtype.",
    other: "bnb_4bit_quant_storage is {storage}, but the model is loaded as {dtype}: {sharder} shards only weights of one dtype. Make the two equal.",
  },
  docs: {
    summary: "A 4-bit model for ZeRO stage 3 or FSDP whose weights are stored in another dtype than its own.",
    why: `FSDP and ZeRO stage 3 lay parameters of one dtype side by side and cut them up. bitsandbytes packs 4-bit weights into \`uint8\` unless \`bnb_4bit_quant_storage\` says otherwise, so
they can't lie beside the model's other weights: FSDP raises \`ValueError: Must flatten tensors with uniform dtype\`, and under ZeRO stage 3 the weights stay whole on every GPU. Stored in the model's own dtype
they are the same bits under another name. For one GPU, and for DDP, it doesn't matter.`,
    examples: [
      {
        bad: `import torch
from trl import SFTConfig, SFTTrainer
from transformers import AutoModelForCausalLM, BitsAndBytesConfig

quantization = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_compute_dtype=torch.bfloat16)
args = SFTConfig("out", bf16=True, fsdp="full_shard auto_wrap")
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-70B", dtype=torch.bfloat16, quantization_config=quantization)
trainer = SFTTrainer(model=model, args=args, train_dataset=dataset, peft_config=peft_config)
`,
        good: `import torch
from trl import SFTConfig, SFTTrainer
from transformers import AutoModelForCausalLM, BitsAndBytesConfig

quantization = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_compute_dtype=torch.bfloat16, bnb_4bit_quant_storage=torch.bfloat16)
args = SFTConfig("out", bf16=True, fsdp="full_shard auto_wrap")
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-70B", dtype=torch.bfloat16, quantization_config=quantization)
trainer = SFTTrainer(model=model, args=args, train_dataset=dataset, peft_config=peft_config)
`,
      },
    ],
    references: ["https://huggingface.co/docs/bitsandbytes/fsdp_qlora", "https://huggingface.co/docs/peft/accelerate/deepspeed#use-peft-qlora-and-deepspeed-with-zero3-for-finetuning-large-models-on-multiple-gpus"],
    silent: "For 8-bit models, for a model that the script gives by name, and where neither FSDP nor stage 3 is seen in the script: `accelerate launch` may bring them.",
  },
  check(ctx) {
    const { script } = ctx;
    const uses = configurationsOf(ctx).filter(isZero3);
    for (const trainer of trainersOf(script)) {
      const args = argumentsOf(trainer);
      const call = args && args !== "none" ? args.call : undefined;
      if (!call || !args || args === "none") continue;
      const use = useIn(uses, args);
      const stage = use && zeroStage(use.configuration);
      const fsdp = shardedBy(call);
      if (!stage && !fsdp) continue;
      const model = modelOf(givenTo(trainer, "model"));
      const quantization = model && quantizationOf(model);
      if (!model?.call || quantization?.bits !== 4) continue;
      const value = quantization.argument.value;
      // load_in_4bit=True of from_pretrained has no word for the storage.
      const config = value.kind === "instance" ? value.object.call : undefined;
      if (value.kind === "instance" && (!config || config.isOpen)) continue;
      const storage = config?.keywords.get("bnb_4bit_quant_storage");
      const stored = storage ? dtypeOf(storage.value) : "uint8";
      const loaded = dtypeOf(model.call.keywords.get("dtype")?.value ?? model.call.keywords.get("torch_dtype")?.value);
      if (stored === undefined || (storage && stored !== "uint8" && (loaded === undefined || loaded === stored))) continue;
      const four = config?.keywords.get("load_in_4bit");
      const compute = config?.keywords.get("bnb_4bit_compute_dtype");
      ctx.report({
        message: stored === "uint8" ? "bytes" : "other",
        when: { transformers: ">=4.39" },
        data: { sharder: stage ? "ZeRO stage 3" : "FSDP", storage: stored, dtype: loaded ?? "" },
        at: script.tree.span((storage ?? four ?? quantization.argument).entry),
        related: [...(stage ? [relatedPlace("stage 3", stage.place)] : fsdp ? [{ message: "sharded", range: script.tree.span(fsdp.entry) }] : [])],
        fixes:
          compute && !storage
            ? [{ title: `Store the weights as the dtype that they are computed in (\`${script.tree.textOf(compute.node)}\`)`, safety: "unsafe", edits: [addBeside(script, compute, "bnb_4bit_quant_storage", script.tree.textOf(compute.node))] }]
            : [],
      });
    }
  },
});

function shardedBy(call: Call): ReturnType<Call["keywords"]["get"]> {
  const fsdp = call.keywords.get("fsdp");
  const isKnown = fsdp?.value.kind === "literal" || fsdp?.value.kind === "sequence";
  if (!fsdp || !isKnown || truthOf(fsdp.value) !== true) return undefined;
  const words = fsdp.value.kind === "sequence" ? fsdp.value.items : [fsdp.value];
  return words.some((word) => /no_shard/.test(stringOf(word) ?? "")) ? undefined : fsdp;
}

/** The plain name of a torch dtype, written as text or as `torch.bfloat16`. */
function dtypeOf(value: Value | undefined): string | undefined {
  if (!value) return undefined;
  const name = value.kind === "reference" ? /^torch\.(\w+)$/.exec(value.name)?.[1] : stringOf(value);
  return name === "half" ? "float16" : name === "float" ? "float32" : name === "auto" ? undefined : name;
}
