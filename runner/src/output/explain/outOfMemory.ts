/** CUDA out of memory, as torch 1.x and 2.x word it, and the host's own memory running out inside Python. */
import type { TracebackFrame } from "../traceback.js";
import type { Explainer } from "./explanation.js";

const SIZE = String.raw`([\d.]+ (?:bytes|[KMGT]iB|[KMG]B))`;
const FIGURES: Readonly<Record<string, RegExp>> = {
  asked: new RegExp(String.raw`Tried to allocate ${SIZE}`, "u"),
  total: new RegExp(String.raw`(?:total capaci?ty of ${SIZE}|${SIZE} total capacity)`, "u"),
  free: new RegExp(String.raw`(?:of which ${SIZE} is free|${SIZE} free)`, "u"),
  allocated: new RegExp(String.raw`(?:${SIZE} is allocated by PyTorch|${SIZE} already allocated)`, "u"),
  reserved: new RegExp(String.raw`(?:${SIZE} is reserved by PyTorch but unallocated|${SIZE} reserved in total)`, "u"),
  gpu: /GPU (\d+)/u,
  others: new RegExp(String.raw`Process \d+ has ${SIZE} memory in use`, "u"),
};

/** Which part of a run a function belongs to; the innermost that is known counts. */
const PHASES: readonly { readonly functions: RegExp; readonly phase: string }[] = [
  { functions: /^(evaluation_loop|prediction_loop|prediction_step|evaluate|predict)$/u, phase: "evaluation" },
  { functions: /^(backward|_engine_run_backward)$/u, phase: "the backward pass" },
  { functions: /^(generate|_sample|_beam_search)$/u, phase: "generation" },
  { functions: /^(from_pretrained|_load_pretrained_model|_load_state_dict_into_meta_model|_move_model_to_device|to|cuda)$/u, phase: "loading the model" },
  { functions: /^(_init_group|_multi_tensor_adamw?|adamw?|init_state|optimizer_step)$/u, phase: "the first optimizer step" },
  { functions: /^(compute_loss|training_step|forward)$/u, phase: "the forward pass" },
];

export const outOfMemory: Explainer = ({ type, message, frames }) => {
  if (type === "MemoryError" || /DefaultCPUAllocator: can't allocate memory|Cannot allocate memory/u.test(message)) {
    return {
      kind: "host-memory",
      sentence: "The machine's own memory (not the GPU's) ran out.",
      advice: ["Load the data in streaming mode or a part of it.", "Use fewer dataloader workers.", "Load the model with `low_cpu_mem_usage=True` or in a smaller precision."],
    };
  }
  const isCuda = type === "OutOfMemoryError" || /CUDA out of memory|CUDA error: out of memory|CUBLAS_STATUS_ALLOC_FAILED|HIP out of memory/u.test(message);
  if (!isCuda) return undefined;
  const details: Record<string, string> = {};
  for (const [name, pattern] of Object.entries(FIGURES)) {
    const figure = pattern.exec(message)?.slice(1).find((group) => group !== undefined);
    if (figure !== undefined) details[name] = figure;
  }
  const phase = phaseOf(frames);
  if (phase !== undefined) details["phase"] = phase;
  const { asked, free, total, gpu, others, reserved } = details;
  const figures = [asked === undefined ? "" : `${asked} more was asked for`, free === undefined ? "" : `${free} was free`, total === undefined ? "" : `it has ${total}`].filter((part) => part !== "");
  const during = phase === undefined ? "" : ` in ${phase}`;
  return {
    kind: "cuda-oom",
    sentence: `GPU${gpu === undefined ? "" : ` ${gpu}`} ran out of memory${during}${figures.length > 0 ? `: ${figures.join(", ")}` : ""}.`,
    advice: [...(others === undefined ? [] : [`Another process holds ${others} of this GPU: end it, or choose another GPU.`]), ...remedies(phase), ...fragmentation(reserved)],
    details,
  };
};

function phaseOf(frames: readonly TracebackFrame[]): string | undefined {
  const names = frames.map((frame) => frame.name.replace(/^.*\./u, ""));
  // An evaluation's forward pass is an evaluation, whatever else is on the way.
  return PHASES.find(({ functions }) => names.some((name) => functions.test(name)))?.phase;
}

function remedies(phase: string | undefined): string[] {
  switch (phase) {
    case "evaluation":
      return ["Lower per_device_eval_batch_size.", "Set eval_accumulation_steps, so that predictions move to the CPU.", "Reduce the logits in preprocess_logits_for_metrics."];
    case "generation":
      return ["Generate fewer sequences at once.", "Lower max_new_tokens or num_beams.", "Load the model in bf16 or 4-bit."];
    case "loading the model":
      return ["Load the model in bf16 or 4-bit (BitsAndBytesConfig).", "Choose a GPU with more free memory, or use device_map=\"auto\".", "Take a smaller model."];
    default:
      return [
        "Halve per_device_train_batch_size and double gradient_accumulation_steps: the result stays the same.",
        "Set gradient_checkpointing=True.",
        "Set bf16=True (fp16=True on GPUs before Ampere).",
        'Use an 8-bit optimizer: optim="adamw_bnb_8bit".',
        "Shorten the sequences.",
      ];
  }
}

function fragmentation(reserved: string | undefined): string[] {
  const isLarge = reserved !== undefined && reserved.endsWith("GiB") && Number.parseFloat(reserved) >= 1;
  return isLarge ? ["Much memory is reserved and unused: set PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True."] : [];
}
