import rule from "../../../server/src/rules/accelerate/wrapped-model-saved.js";
import { ruleTest } from "../../support/ruleTest.js";
import { loopWith } from "./loops.js";

const one = [{ message: "Call accelerator.unwrap_model", severity: "warning" }] as const;

ruleTest(rule, {
  valid: [
    { name: "unwrapped", code: loopWith({ after: 'accelerator.unwrap_model(model).save_pretrained("o")\n' }) },
    { name: "unwrapped under a name", code: loopWith({ after: 'unwrapped = accelerator.unwrap_model(model)\nunwrapped.save_pretrained("o")\n' }) },
    { name: "unwrapped under its own name", code: loopWith({ after: 'model = accelerator.unwrap_model(model)\nmodel.save_pretrained("o")\n' }) },
    { name: "the module", code: loopWith({ after: 'model.module.save_pretrained("o")\n' }) },
    { name: "before", code: loopWith({ before: 'model.save_pretrained("o")\n' }) },
    { name: "the tokenizer", code: loopWith({ after: 'tokenizer.save_pretrained("o")\n' }) },
    { name: "another model", code: loopWith({ after: 'other = AutoModelForCausalLM.from_pretrained("gpt2")\nother.save_pretrained("o")\n' }) },
    { name: "saved by the accelerator", code: loopWith({ after: 'accelerator.save_state("o")\n' }) },
    { name: "a model that isn't seen", code: loopWith({ before: "model = load()\n", after: 'model.save_pretrained("o")\n' }) },
    { name: "DeepSpeed, whose engine has the model's methods", code: loopWith({ accelerator: "deepspeed_plugin=plugin", after: 'model.save_pretrained("o")\n' }) },
    { name: "asked for DeepSpeed", code: loopWith({ after: 'is_ds = getattr(accelerator.state, "deepspeed_plugin", None)\nmodel.save_pretrained("o")\n' }) },
    { name: "FSDP, whose wrapper has them too", code: loopWith({ before: "from accelerate import FullyShardedDataParallelPlugin\n", accelerator: "fsdp_plugin=FullyShardedDataParallelPlugin()", after: 'model.save_pretrained("o")\n' }) },
  ],
  invalid: [
    { name: "as it is", code: loopWith({ after: '⟦model.save_pretrained⟧("o")\n' }), findings: one, unsafe: loopWith({ after: 'accelerator.unwrap_model(model).save_pretrained("o")\n' }) },
    { name: "prepared alone", code: loopWith({ prepare: "wrapped = accelerator.prepare(model)", after: '⟦wrapped.push_to_hub⟧("o")\n' }), findings: one },
  ],
});
