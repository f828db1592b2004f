import rule from "../../../server/src/rules/accelerate/accumulation-without-accumulate.js";
import { ruleTest } from "../../support/ruleTest.js";
import { loopWith } from "./loops.js";

const N = "gradient_accumulation_steps=4";

ruleTest(rule, {
  valid: [
    { name: "accumulate", code: loopWith({ accelerator: N, body: ["with accelerator.accumulate(model):", "    loss = model(**batch).loss", "    accelerator.backward(loss)", "    optimizer.step()"] }) },
    { name: "no accumulation", code: loopWith({}) },
    { name: "one step", code: loopWith({ accelerator: "gradient_accumulation_steps=1" }) },
    { name: "from outside", code: loopWith({ accelerator: "gradient_accumulation_steps=cli.steps" }) },
    { name: "steps under a condition", code: loopWith({ accelerator: N, body: ["accelerator.backward(model(**batch).loss)", "if i % 4 == 0:", "    optimizer.step()"] }) },
    { name: "no_sync", code: loopWith({ accelerator: N, body: ["with accelerator.no_sync(model):", "    accelerator.backward(model(**batch).loss)", "optimizer.step()"] }) },
    { name: "sync_gradients", code: loopWith({ accelerator: N, body: ["accelerator.backward(model(**batch).loss)", "print(accelerator.sync_gradients)", "optimizer.step()"] }) },
    { name: "a DeepSpeed plugin", code: loopWith({ accelerator: `${N}, deepspeed_plugin=plugin` }) },
    { name: "steps elsewhere", code: loopWith({ accelerator: N, body: ["accelerator.backward(model(**batch).loss)"] }) },
    { name: "an open splat", code: loopWith({ accelerator: `${N}, **options` }) },
  ],
  invalid: [
    { name: "never", code: loopWith({ accelerator: `⟦${N}⟧` }), findings: [{ message: "1/4 of its gradient", severity: "warning" }] },
    { name: "by a constant", code: loopWith({ accelerator: "⟦gradient_accumulation_steps=STEPS⟧" }).replace("accelerator = ", "STEPS = 8\naccelerator = "), findings: [{ message: "1/8", severity: "warning" }] },
  ],
});
