/** A loss that is no number any more, where the script itself stops for it. */
import type { Explainer } from "./explanation.js";

export const lossErrors: Explainer = ({ message }) => {
  if (!/loss is (nan|inf)|nan loss|Attempting to unscale FP16 gradients|probability tensor contains either|No inf checks were recorded|loss scale at minimum/iu.test(message)) return undefined;
  if (/unscale FP16 gradients/u.test(message)) {
    return {
      kind: "nan-loss",
      sentence: "The model's weights are in fp16, and mixed precision needs them in fp32.",
      advice: ["Load the model in fp32 (or bf16 with bf16=True) and leave fp16 to the training arguments.", "With LoRA, keep the adapter's weights in fp32."],
    };
  }
  const sampling = /probability tensor/u.test(message);
  return {
    kind: "nan-loss",
    sentence: sampling ? "The model's output is NaN or infinite, so nothing can be sampled from it." : "The loss became NaN or infinite.",
    advice: ["Use bf16 instead of fp16 where the GPU can.", ...(sampling ? ["Check that padding is on the left and the attention mask is passed."] : ["Lower the learning rate or raise warmup_steps.", "Look for empty examples, or labels that are all -100."])],
  };
};
