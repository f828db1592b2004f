import rule from "../../../server/src/rules/accelerate/two-models-with-deepspeed.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (prepared: string, accelerator = "Accelerator(deepspeed_plugin=DeepSpeedPlugin(zero_stage=2))"): string =>
  `import torch\nfrom accelerate import Accelerator, DeepSpeedPlugin\nfrom transformers import AutoModelForCausalLM\naccelerator = ${accelerator}\nteacher = AutoModelForCausalLM.from_pretrained("gpt2-xl")\nstudent = AutoModelForCausalLM.from_pretrained("gpt2")\n${prepared}\n`;
const one = [{ message: "accelerator.prepare takes one model under DeepSpeed: raises AssertionError", severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "one model", code: script("student, optimizer = accelerator.prepare(student, optimizer)") },
    { name: "no DeepSpeed that is seen", code: script("teacher, student = accelerator.prepare(teacher, student)", "Accelerator()") },
    { name: "a plugin from elsewhere", code: script("teacher, student = accelerator.prepare(teacher, student)", "Accelerator(deepspeed_plugin=make())") },
    { name: "one after the other", code: script("student = accelerator.prepare(student)\nteacher = accelerator.prepare(teacher)") },
    { name: "objects that may be anything", code: script("a, b = accelerator.prepare(make_model(), make_model())") },
    { name: "spread from a list", code: script("prepared = accelerator.prepare(*objects)") },
    { name: "a loss beside the model", code: script("student, loss = accelerator.prepare(student, torch.nn.functional.cross_entropy)") },
    { name: "it is caught", code: script("try:\n    teacher, student = accelerator.prepare(teacher, student)\nexcept AssertionError:\n    pass") },
    { name: "an Accelerator of one's own", code: script("teacher, student = accelerator.prepare(teacher, student)").replace("import torch", "class Accelerator: ...").replace("import Accelerator, ", "import ") },
    { name: "a parameter beside the model", code: script("student, scale = accelerator.prepare(student, torch.nn.Parameter(torch.ones(1)))") },
    { name: "a class of the file that is no module", code: script("student, sampler = accelerator.prepare(student, Sampler())").replace("accelerator =", "class Sampler: ...\naccelerator =") },
  ],
  invalid: [
    { name: "two of transformers", code: script("teacher, student, optimizer = accelerator.prepare(teacher, ⟦student⟧, optimizer)"), findings: one },
    { name: "a plugin with a name", code: script("teacher, student = accelerator.prepare(teacher, ⟦student⟧)", 'Accelerator(deepspeed_plugin=plugin)').replace("accelerator =", "plugin = DeepSpeedPlugin(hf_ds_config=config)\naccelerator ="), findings: one },
    { name: "one of torch", code: script("student, head = accelerator.prepare(student, ⟦torch.nn.Linear(8, 2)⟧)"), findings: one },
    { name: "a module of the file", code: script("student, head = accelerator.prepare(student, ⟦Head()⟧)").replace("accelerator =", "class Head(torch.nn.Module): ...\naccelerator ="), findings: one },
  ],
});
