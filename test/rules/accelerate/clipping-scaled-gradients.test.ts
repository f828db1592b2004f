import rule from "../../../server/src/rules/accelerate/clipping-scaled-gradients.js";
import { ruleTest } from "../../support/ruleTest.js";
import { loopWith } from "./loops.js";

const FP16 = 'mixed_precision="fp16"';
const clip = (accelerator: string, call: string, backward = "accelerator.backward(loss)"): string => loopWith({ accelerator, body: [backward, call, "optimizer.step()"] });

ruleTest(rule, {
  valid: [
    { name: "the accelerator's", code: clip(FP16, "accelerator.clip_grad_norm_(model.parameters(), 1.0)") },
    { name: "without Accelerate's backward", code: clip(FP16, "torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)", "loss.backward()") },
    { name: "unscaled before", code: loopWith({ accelerator: FP16, body: ["accelerator.backward(loss)", "accelerator.unscale_gradients()", "torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)"] }) },
    { name: "before backward", code: loopWith({ accelerator: FP16, body: ["torch.nn.utils.clip_grad_norm_(p, 1.0)", "accelerator.backward(loss)"] }) },
    { name: "a function of one's own", code: `${clip(FP16, "clip_grad_norm_(model.parameters(), 1.0)")}def clip_grad_norm_(p, n): ...\n` },
    { name: "the norm alone", code: clip(FP16, "torch.nn.utils.get_total_norm(grads)") },
  ],
  invalid: [
    { name: "fp16", code: clip(FP16, "⟦torch.nn.utils.clip_grad_norm_⟧(model.parameters(), 1.0)"), findings: [{ message: "still scaled", severity: "warning" }], fixed: clip(FP16, "accelerator.clip_grad_norm_(model.parameters(), 1.0)") },
    { name: "precision unknown", code: clip("", "⟦torch.nn.utils.clip_grad_norm_⟧(model.parameters(), max_norm=1.0)"), findings: [{ message: "under fp16", severity: "hint" }], fixed: clip("", "accelerator.clip_grad_norm_(model.parameters(), max_norm=1.0)") },
    { name: "an option that only torch has", code: clip(FP16, "⟦torch.nn.utils.clip_grad_norm_⟧(p, 1.0, error_if_nonfinite=True)"), findings: [{ message: "still scaled", severity: "warning" }] },
  ],
});
