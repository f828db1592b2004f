import rule from "../../../server/src/rules/accelerate/unshardable-storage.js";
import { ruleTest } from "../../support/ruleTest.js";

interface Parts {
  readonly quantization?: string;
  readonly args?: string;
  readonly dtype?: string;
  readonly given?: string;
}

const script = ({ quantization = "⟦load_in_4bit=True⟧", args = 'fsdp="full_shard"', dtype = ", dtype=torch.bfloat16", given = "model" }: Parts = {}): string =>
  `import torch\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig, Trainer, TrainingArguments\nconfig = BitsAndBytesConfig(${quantization})\nargs = TrainingArguments("out", ${args})\nmodel = AutoModelForCausalLM.from_pretrained("gpt2"${dtype}, quantization_config=config)\ntrainer = Trainer(model=${given}, args=args)\n`;
const plain = (parts: Parts): string => script({ quantization: "load_in_4bit=True", ...parts });
const stage3 = { "ds.json": '{"zero_optimization": {"stage": 3}}' };
const v5 = { transformers: "5.18.0" };
const one = [{ message: "4-bit weights are stored as uint8 by default, which FSDP can't shard", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "stored in the model's dtype", code: plain({ quantization: "load_in_4bit=True, bnb_4bit_quant_storage=torch.bfloat16" }), versions: v5 },
    { name: "the same as text", code: plain({ quantization: 'load_in_4bit=True, bnb_4bit_quant_storage="bfloat16"' }), versions: v5 },
    { name: "a dtype that isn't seen", code: plain({ quantization: "load_in_4bit=True, bnb_4bit_quant_storage=torch.bfloat16", dtype: "" }), versions: v5 },
    { name: "nothing is sharded", code: plain({ args: "bf16=True" }), versions: v5 },
    { name: "stage 2", code: plain({ args: 'deepspeed="ds.json"' }), files: { "ds.json": '{"zero_optimization": {"stage": 2}}' }, versions: v5 },
    { name: "FSDP that shards nothing", code: plain({ args: 'fsdp="no_shard"' }), versions: v5 },
    { name: "FSDP from outside", code: plain({ args: "fsdp=cli.fsdp" }), versions: v5 },
    { name: "8 bits", code: plain({ quantization: "load_in_8bit=True" }), versions: v5 },
    { name: "options from elsewhere", code: plain({ quantization: "load_in_4bit=True, **options" }), versions: v5 },
    { name: "a storage from elsewhere", code: plain({ quantization: "load_in_4bit=True, bnb_4bit_quant_storage=storage" }), versions: v5 },
    { name: "before there was the option", code: plain({}), versions: { transformers: "4.36.2" } },
    { name: "another model", code: plain({ given: "other" }), versions: v5 },
    { name: "FSDP that shards nothing, in a list", code: plain({ args: 'fsdp=["no_shard"]' }), versions: v5 },
    { name: "FSDP that is off", code: plain({ args: 'fsdp=""' }), versions: v5 },
    { name: "a dtype that the checkpoint gives", code: plain({ quantization: "load_in_4bit=True, bnb_4bit_quant_storage=torch.bfloat16", dtype: ', dtype="auto"' }), versions: v5 },
    { name: "half on both sides", code: plain({ quantization: 'load_in_4bit=True, bnb_4bit_quant_storage="float16"', dtype: ", dtype=torch.half" }), versions: v5 },
    { name: "single precision on both sides", code: plain({ quantization: "load_in_4bit=True, bnb_4bit_quant_storage=torch.float32", dtype: ", torch_dtype=torch.float" }), versions: v5 },
    { name: "arguments from outside", code: plain({ given: "model" }).replace(/args = .*/, "args = load()"), versions: v5 },
  ],
  invalid: [
    { name: "under FSDP", code: script(), versions: v5, findings: one },
    { name: "under stage 3", code: script({ args: 'deepspeed="ds.json"' }), files: stage3, versions: v5, findings: [{ message: "which ZeRO stage 3 can't shard", severity: "warning", inFiles: ['"stage": 3'] }] },
    {
      name: "with the dtype that it computes in",
      code: script({ quantization: "⟦load_in_4bit=True⟧, bnb_4bit_compute_dtype=torch.bfloat16" }),
      versions: v5,
      findings: one,
      unsafe: plain({ quantization: "load_in_4bit=True, bnb_4bit_compute_dtype=torch.bfloat16, bnb_4bit_quant_storage=torch.bfloat16" }),
    },
    { name: "uint8 written out", code: script({ quantization: "load_in_4bit=True, ⟦bnb_4bit_quant_storage=torch.uint8⟧" }), versions: v5, findings: one },
    { name: "uint8 written out, and a dtype that isn't seen", code: script({ quantization: 'load_in_4bit=True, ⟦bnb_4bit_quant_storage="uint8"⟧', dtype: "" }), versions: v5, findings: one },
    { name: "another dtype than the model's", code: script({ quantization: "load_in_4bit=True, ⟦bnb_4bit_quant_storage=torch.float16⟧" }), versions: v5, findings: [{ message: "bnb_4bit_quant_storage is float16, but the model is loaded as bfloat16: FSDP", severity: "warning" }] },
    { name: "FSDP as a list", code: script({ args: 'fsdp=["full_shard", "auto_wrap"]' }), versions: v5, findings: one },
  ],
});
