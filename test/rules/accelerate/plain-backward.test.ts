import rule from "../../../server/src/rules/accelerate/plain-backward.js";
import { ruleTest } from "../../support/ruleTest.js";
import { loopWith } from "./loops.js";

const body = (backward: string): string[] => ["loss = model(**batch).loss", backward, "optimizer.step()"];

ruleTest(rule, {
  valid: [
    { name: "the accelerator's", code: loopWith({}) },
    { name: "one of two losses", code: loopWith({ body: ["loss = model(**batch).loss", "accelerator.backward(loss)", "other.backward()"] }) },
    { name: "one way or the other", code: loopWith({ body: ["loss = model(**batch).loss", "if accelerator.num_processes > 1:", "    accelerator.backward(loss)", "else:", "    loss.backward()"] }) },
    { name: "DeepSpeed's engine", code: loopWith({ body: ["loss = model(**batch).loss", "model.backward(loss)"] }) },
    { name: "a scaler of one's own", code: loopWith({ body: ["scaler.scale(loss).backward()"] }) },
    { name: "nothing prepared", code: loopWith({ prepare: "pass", body: body("loss.backward()") }) },
    { name: "only the model prepared", code: loopWith({ prepare: "model = accelerator.prepare(model)", body: body("loss.backward()") }) },
    { name: "another function", code: `${loopWith({})}def other(loss):\n    loss.backward()\n`.replace("    accelerator.backward(loss)\n", "") },
    { name: "a class of one's own", code: loopWith({ body: body("loss.backward()") }).replace("from accelerate import Accelerator\n", "import accelerate\nclass Accelerator:\n    def prepare(self, *a):\n        return a\n") },
  ],
  invalid: [
    { name: "plain", code: loopWith({ body: body("⟦loss.backward()⟧") }), findings: [{ message: "goes past Accelerate", severity: "warning" }], fixed: loopWith({ body: body("accelerator.backward(loss)") }) },
    { name: "fp16", code: loopWith({ accelerator: 'mixed_precision="fp16"', body: body("⟦loss.backward(retain_graph=True)⟧") }), findings: [{ message: "fp16 needs", severity: "warning" }], fixed: loopWith({ accelerator: 'mixed_precision="fp16"', body: body("accelerator.backward(loss, retain_graph=True)") }) },
    { name: "accumulating", code: loopWith({ accelerator: "gradient_accumulation_steps=4", body: body("⟦(loss * 2).backward()⟧") }), findings: [{ message: "by the 4 accumulation steps", severity: "warning" }] },
  ],
});
