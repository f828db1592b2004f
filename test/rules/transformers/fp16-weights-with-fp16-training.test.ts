import rule from "../../../server/src/rules/transformers/fp16-weights-with-fp16-training.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = ({ load = ", torch_dtype=torch.float16", after = "", args = "fp16=True", train = "trainer.train()\n", trainer = "Trainer" } = {}): string =>
  `import torch\nfrom transformers import AutoModelForCausalLM, Trainer, TrainingArguments\nmodel = AutoModelForCausalLM.from_pretrained("gpt2"${load})\n${after}args = TrainingArguments("o", ${args})\ntrainer = ${trainer}(model=model, args=args, train_dataset=d)\n${train}`;
const MARKED = { args: "⟦fp16=True⟧" };
const one = [{ message: "Attempting to unscale FP16 gradients", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "float32", code: script({ load: ", torch_dtype=torch.float32" }) },
    { name: "no dtype", code: script({ load: "" }) },
    { name: "bf16", code: script({ load: ", torch_dtype=torch.bfloat16", args: "bf16=True" }) },
    { name: "fp16 weights, no mixed precision", code: script({ args: "seed=1" }) },
    { name: "from outside", code: script({ args: "fp16=cli.fp16" }) },
    { name: "a dtype from outside", code: script({ load: ", torch_dtype=cli.dtype" }) },
    { name: "cast back", code: script({ after: "model = model.float()\n" }) },
    { name: "cast by to", code: script({ after: "model.to(torch.float32)\n" }) },
    { name: "adapters", code: script({ after: "from peft import LoraConfig, get_peft_model\nmodel = get_peft_model(model, LoraConfig())\n" }) },
    { name: "quantised", code: script({ load: ", torch_dtype=torch.float16, quantization_config=q" }) },
    { name: "deepspeed", code: script({ args: 'fp16=True, deepspeed="ds.json"' }) },
    { name: "frozen", code: script({ after: "for p in model.parameters():\n    p.requires_grad = False\n" }) },
    { name: "never trained", code: script({ train: "trainer.evaluate()\n" }) },
    { name: "on the CPU", code: script({ args: "fp16=True, use_cpu=True" }) },
    { name: "own Trainer", code: script({ after: "class T(Trainer):\n    pass\n", trainer: "T" }) },
  ],
  invalid: [
    { name: "torch_dtype", code: script(MARKED), findings: one, unsafe: script({ load: ", torch_dtype=torch.float32" }) },
    { name: "dtype by name", code: script({ ...MARKED, load: ', dtype="float16"' }), findings: one, unsafe: script({ load: ', dtype="float32"' }) },
    { name: "torch.half", code: script({ ...MARKED, load: ", torch_dtype=torch.half" }), findings: one, unsafe: script({ load: ", torch_dtype=torch.float32" }) },
    { name: "half()", code: script({ ...MARKED, load: "", after: "model.half()\n" }), findings: one },
    { name: "moved", code: script({ ...MARKED, after: 'model.to("cuda")\n' }), findings: one },
  ],
});
