/** What goes wrong on the GPU besides its memory. */
import type { Explainer } from "./explanation.js";

export const gpuErrors: Explainer = ({ type, message }, tail) => {
  if (/device-side assert triggered/u.test(message)) {
    const index = /Assertion `.*(srcIndex|idx|t >= 0|index).*` failed|nll_loss|indexSelect/u.test(tail);
    return {
      kind: "device-assert",
      sentence: `A kernel on the GPU stopped with an assertion${index ? ": an index is out of range, most often a label or token id" : ""}; the line in the traceback is later than the cause.`,
      advice: [
        "Check that every label is below num_labels (or is -100) and every token id below the size of the embeddings: after adding tokens call model.resize_token_embeddings(len(tokenizer)).",
        "Run once with CUDA_LAUNCH_BLOCKING=1, or on the CPU, to see the true line.",
      ],
    };
  }
  if (/no kernel image is available|sm_\d+ is not compatible/u.test(message)) {
    return { kind: "gpu", sentence: "The installed torch was not built for this GPU.", advice: ["Install a torch build for the GPU's generation: choose it on pytorch.org."] };
  }
  if (/No CUDA GPUs are available|Found no NVIDIA driver|Torch not compiled with CUDA enabled|CUDA driver version is insufficient|CUDA unknown error|forward compatibility was attempted/iu.test(message)) {
    const isCpuBuild = /not compiled with CUDA/iu.test(message);
    return {
      kind: "gpu",
      sentence: isCpuBuild ? "The installed torch is a build without CUDA." : "torch sees no usable GPU.",
      advice: isCpuBuild
        ? ["Install a CUDA build of torch: choose it on pytorch.org."]
        : ["See whether `nvidia-smi` works in the same environment.", "Check CUDA_VISIBLE_DEVICES: an empty or wrong value hides every GPU.", "After a driver update, reboot."],
    };
  }
  if (/invalid device ordinal/u.test(message)) {
    return { kind: "gpu", sentence: "The script asks for a GPU that it can't see.", advice: ["GPUs are counted anew among those that CUDA_VISIBLE_DEVICES allows: with one GPU only cuda:0 exists."] };
  }
  if (/bitsandbytes/iu.test(message) && /(cuda|gpu|compiled|requires|libbitsandbytes)/iu.test(message) && !/pip install/u.test(message)) {
    return {
      kind: "gpu",
      sentence: "bitsandbytes works here without CUDA, so 8-bit and 4-bit models and optimizers don't.",
      advice: ["Run `python -m bitsandbytes`: it says what it misses.", "Upgrade it: pip install --upgrade bitsandbytes", "On a machine without an NVIDIA GPU, load the model without load_in_4bit and load_in_8bit."],
    };
  }
  if (/^bf16.*(not supported|requires)|Your setup doesn't support bf16|doesn't support bf16/iu.test(message)) {
    return { kind: "gpu", sentence: "This GPU has no bf16.", advice: ["Use fp16=True instead of bf16=True: bf16 needs Ampere or newer."], ruleId: "transformers/unsupported-precision" };
  }
  if (/illegal memory access|unspecified launch failure|CUDA error: (?!out of memory)|uncorrectable ECC|GPU is lost/u.test(message) && /Error$/u.test(type)) {
    return {
      kind: "gpu",
      sentence: `CUDA failed: ${(/CUDA error: ([^\n]+)/u.exec(message)?.[1] ?? message.split("\n")[0] ?? "").trim()}.`,
      advice: ["Run once with CUDA_LAUNCH_BLOCKING=1 to see the true line.", "If it comes again with other scripts too, look for Xid lines in `dmesg`: the GPU or its driver may be at fault."],
    };
  }
  return undefined;
};
