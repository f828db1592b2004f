/** Why a run failed, in one sentence, from the end of its log. */
import { describe, expect, it } from "vitest";
import { explainFailure, tracebackFrames, type Failure } from "../../../runner/src/output/failure.js";
import { hangSentence } from "../../../runner/src/output/hang.js";
import { ofRank, oom, raised, script, torchrunEpilogue } from "./tails.js";

const explain = (tail: string, more: Partial<Parameters<typeof explainFailure>[0]> = {}): Failure | undefined => explainFailure({ tail, exitCode: 1, signal: null, scriptPath: script, ...more });

describe("CUDA out of memory", () => {
  it.each<[keyof typeof oom, Record<string, string>]>([
    ["torch 1.12", { asked: "20.00 MiB", total: "10.76 GiB", free: "13.44 MiB", allocated: "9.52 GiB", reserved: "9.70 GiB", gpu: "0" }],
    ["torch 1.13", { asked: "20.00 MiB", total: "10.76 GiB", free: "13.44 MiB", allocated: "9.52 GiB", reserved: "9.70 GiB", gpu: "0" }],
    ["torch 2.1", { asked: "2.00 GiB", total: "23.69 GiB", free: "1.33 GiB", allocated: "20.91 GiB", reserved: "1.10 GiB", gpu: "1" }],
    ["torch 2.5", { asked: "512.00 MiB", total: "79.10 GiB", free: "301.88 MiB", allocated: "16.91 GiB", reserved: "110.25 MiB", gpu: "0", others: "61.20 GiB" }],
  ])("as %s words it", (version, details) => {
    const failure = explain(raised(oom[version], "transformers/trainer.py#training_step", "torch/autograd/__init__.py#backward"));
    expect(failure).toMatchObject({ kind: "cuda-oom", details: { ...details, phase: "the backward pass" }, script: { path: script, line: 40 } });
    expect(failure?.advice[version === "torch 2.5" ? 1 : 0]).toContain("Halve per_device_train_batch_size");
  });

  it("is one sentence with its figures", () => {
    expect(explain(raised(oom["torch 2.1"], "torch/nn/modules/module.py#forward"))?.sentence).toBe("GPU 1 ran out of memory in the forward pass: 2.00 GiB more was asked for, 1.33 GiB was free, it has 23.69 GiB.");
  });

  it("tells the phase, and what helps there", () => {
    const evaluation = explain(raised(oom["torch 2.1"], "transformers/trainer.py#evaluation_loop", "torch/nn/modules/module.py#forward"));
    expect(evaluation?.details?.["phase"]).toBe("evaluation");
    expect(evaluation?.advice.join(" ")).toContain("eval_accumulation_steps");
    expect(explain(raised(oom["torch 2.1"], "transformers/modeling_utils.py#from_pretrained"))?.details?.["phase"]).toBe("loading the model");
  });

  it("of one rank is the cause, whatever the others say after it", () => {
    const tail = ofRank(1, raised(oom["torch 2.1"])) + ofRank(0, raised("torch.distributed.DistBackendError: NCCL error in: ../torch/csrc/distributed/c10d/NCCLUtils.hpp:219")) + ofRank(0, raised("RuntimeError: [1] is setting up NCCL communicator: Connection closed")) + torchrunEpilogue;
    expect(explain(tail)).toMatchObject({ kind: "cuda-oom", details: { gpu: "1" }, script: { line: 40 } });
  });
});

describe("an error of Python", () => {
  it.each<[string, string, Partial<Failure>]>([
    ["a module", "ModuleNotFoundError: No module named 'peft'", { kind: "missing-module", details: { module: "peft", package: "peft" } }],
    ["a module whose package has another name", "ModuleNotFoundError: No module named 'sklearn'", { kind: "missing-module", details: { module: "sklearn", package: "scikit-learn" } }],
    ["a part of a package", "ModuleNotFoundError: No module named 'trl.trainer.ppo_config'", { kind: "missing-module", details: { module: "trl.trainer.ppo_config", package: "trl" } }],
    ["a name that moved", "ImportError: cannot import name 'AdamW' from 'transformers' (/x/transformers/__init__.py)", { kind: "missing-module", details: { module: "transformers", name: "AdamW" } }],
    ["a required package", "ImportError: Using `bitsandbytes` 8-bit quantization requires bitsandbytes: `pip install -U bitsandbytes`", { kind: "missing-module" }],
    [
      "accelerate",
      "ImportError: Using the `Trainer` with `PyTorch` requires `accelerate>=0.26.0`: Please run `pip install transformers[torch]` or `pip install 'accelerate>=0.26.0'`",
      { kind: "missing-module", sentence: "A package is too old: accelerate>=0.26.0 is needed." },
    ],
    [
      "a removed argument",
      "TypeError: TrainingArguments.__init__() got an unexpected keyword argument 'evaluation_strategy'",
      { kind: "argument", ruleId: "transformers/removed-argument", details: { class: "TrainingArguments", argument: "evaluation_strategy" } },
    ],
    [
      "an unknown argument",
      "TypeError: Seq2SeqTrainingArguments.__init__() got an unexpected keyword argument 'batch_size'",
      { kind: "argument", ruleId: "transformers/unknown-argument", details: { class: "Seq2SeqTrainingArguments", argument: "batch_size" } },
    ],
    ["an argument of Python 3.9", "TypeError: __init__() got an unexpected keyword argument 'foo'", { kind: "argument", details: { class: "", argument: "foo" } }],
    ["an argument that moved", "TypeError: SFTTrainer.__init__() got an unexpected keyword argument 'max_seq_length'", { kind: "argument", ruleId: "trl/moved-to-config" }],
    ["an argument of LoRA", "TypeError: LoraConfig.__init__() got an unexpected keyword argument 'rank'", { kind: "argument", ruleId: "peft/unknown-argument" }],
    [
      "a mismatch of strategies",
      "ValueError: --load_best_model_at_end requires the save and eval strategy to match, but found\n- Evaluation strategy: IntervalStrategy.STEPS\n- Save strategy: SaveStrategy.EPOCH",
      { kind: "argument", ruleId: "transformers/strategy-mismatch", sentence: "--load_best_model_at_end requires the save and eval strategy to match." },
    ],
    ["no eval_dataset", "ValueError: You have set `args.eval_strategy` to IntervalStrategy.STEPS but you didn't pass an `eval_dataset` to `Trainer`.", { ruleId: "transformers/evaluation-without-dataset" }],
    ["a word of the command line", "ValueError: Some keys are not used by the HfArgumentParser: ['--learning_rat', '1e-5']", { kind: "argument" }],
    ["a file", "FileNotFoundError: [Errno 2] No such file or directory: 'data/train.jsonl'", { kind: "missing-file", sentence: "There is no file data/train.jsonl." }],
    [
      "a gated model",
      "OSError: You are trying to access a gated repo.\nMake sure to have access to it at https://huggingface.co/meta-llama/Llama-2-7b-hf.\n403 Client Error. (Request ID: Root=1-66)",
      { kind: "hub", details: { repository: "meta-llama/Llama-2-7b-hf" } },
    ],
    [
      "a model that isn't there",
      "OSError: gtp2 is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'\nIf this is a private repository, make sure to pass a token",
      { kind: "hub", sentence: "There is no such model or dataset on the Hub, and no local folder of that name." },
    ],
    [
      "no network",
      "OSError: We couldn't connect to 'https://huggingface.co' to load the files, and couldn't find them in the cached files.",
      { kind: "hub", sentence: expect.stringContaining("the Hub can't be reached") as unknown as string },
    ],
    [
      "no network for a dataset",
      "ConnectionError: Couldn't reach 'imdbb' on the Hub (OfflineModeIsEnabled)",
      { kind: "hub", sentence: "imdbb isn't in the local cache, and the Hub can't be reached.", details: { repository: "imdbb" } },
    ],
    ["a dataset's file", "FileNotFoundError: Unable to find '/home/ada/project/data/nothing.jsonl'", { kind: "missing-file", sentence: "There is no file /home/ada/project/data/nothing.jsonl." }],
    [
      "more memory than the machine has",
      "RuntimeError: [enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 400000000000000 bytes. Error code 12 (Cannot allocate memory)",
      { kind: "host-memory" },
    ],
    ["no driver", "RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed a driver", { kind: "gpu", sentence: "torch sees no usable GPU." }],
    ["a file that was cut off", "safetensors_rust.SafetensorError: Error while deserializing header: MetadataIncompleteBuffer", { kind: "missing-file" }],
    ["a tokenizer of a newer format", "Exception: data did not match any variant of untagged enum ModelWrapper at line 757 column 3", { kind: "missing-file" }],
    ["a full disk", "OSError: [Errno 28] No space left on device", { kind: "disk" }],
    ["torch without CUDA", "AssertionError: Torch not compiled with CUDA enabled", { kind: "gpu", sentence: "The installed torch is a build without CUDA." }],
    ["no GPU", "RuntimeError: No CUDA GPUs are available", { kind: "gpu" }],
    [
      "bitsandbytes without CUDA",
      "RuntimeError: \n        CUDA Setup failed despite GPU being available. Please run the following command to get more information:\n\n        python -m bitsandbytes",
      { kind: "gpu", sentence: expect.stringContaining("bitsandbytes works here without CUDA") as unknown as string },
    ],
    ["an assertion on the device", "RuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported at some other API call", { kind: "device-assert" }],
    ["another error of CUDA", "torch.AcceleratorError: CUDA error: an illegal memory access was encountered\nSearch for it", { kind: "gpu", sentence: "CUDA failed: an illegal memory access was encountered." }],
    [
      "a port in use",
      "torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. port: 29500, useIpv6: false, code: -98, name: EADDRINUSE, message: address already in use",
      { kind: "distributed", details: { port: "29500" } },
    ],
    ["fp16 weights", "ValueError: Attempting to unscale FP16 gradients.", { kind: "nan-loss" }],
    ["output that can't be sampled", "RuntimeError: probability tensor contains either `inf`, `nan` or element < 0", { kind: "nan-loss" }],
    ["the machine's memory", "MemoryError", { kind: "host-memory" }],
    ["anything else", "KeyError: 'text'", { kind: "exception", sentence: "The script raised KeyError: 'text'" }],
  ])("of %s", (_, error, expected) => {
    const failure = explain(raised(error));
    expect(failure).toMatchObject(expected);
    expect(failure?.script).toEqual({ path: script, line: 40 });
  });

  it("is the last one of a chain", () => {
    const tail = `${raised("KeyError: 'a'")}\nDuring handling of the above exception, another exception occurred:\n\n${raised("ValueError: b")}`;
    expect(explain(tail)?.sentence).toBe("The script raised ValueError: b");
  });

  it("is the child's, not the launcher's", () => {
    expect(explain(raised("KeyError: 'text'") + torchrunEpilogue)?.sentence).toBe("The script raised KeyError: 'text'");
  });

  it("may come right behind a bar, in Windows' lines, and after the beginning was cut off", () => {
    const tail = `  3%|▎         | 30/1000 [00:10<05:23,  3.00it/s]\r  3%|▎         | 30/1000 [00:10<05:23,  3.00it/s]${raised("KeyError: 'text'").replaceAll("\n", "\r\n")}`;
    expect(explain(tail)).toMatchObject({ sentence: "The script raised KeyError: 'text'", script: { line: 40 } });
    expect(explain(raised("KeyError: 'text'").slice(50))).toMatchObject({ sentence: "The script raised KeyError: 'text'", script: { line: 40 } });
  });

  it("of a script that can't be read", () => {
    const tail = `  File "${script}", line 3\n    x = (\n        ^\nSyntaxError: '(' was never closed\n`;
    expect(explain(tail)).toMatchObject({ kind: "syntax", sentence: "Python can't read the script: '(' was never closed (line 3).", script: { path: script, line: 3 } });
  });

  it("points into the script's own folder rather than into another program's", () => {
    const tail = raised("KeyError: 'a'").replace("KeyError", `  File "/opt/launcher/x.py", line 3, in call\n    f()\nKeyError`);
    expect(explain(tail)?.script).toEqual({ path: script, line: 40 });
  });
});

describe("an end without an error of Python", () => {
  it.each<[string, { tail?: string; exitCode: number | null; signal?: string }, Partial<Failure>]>([
    ["killed by the system", { exitCode: 137 }, { kind: "killed" }],
    ["killed by a signal", { exitCode: null, signal: "SIGKILL" }, { kind: "killed" }],
    ["a killed rank", { exitCode: 1, tail: "exitcode  : -9 (pid: 4243)\nSignal 9 (SIGKILL) received by PID 4243\n" }, { kind: "killed" }],
    ["a time limit", { exitCode: 124 }, { kind: "killed", sentence: expect.stringContaining("its time was up") as unknown as string }],
    ["a crash", { exitCode: 139 }, { kind: "crash" }],
    ["a command line that isn't right", { exitCode: 2, tail: "usage: train.py [-h] --model MODEL\ntrain.py: error: the following arguments are required: --model\n" }, { kind: "argument", details: { argument: "the following arguments are required: --model" } }],
    ["a script that isn't there", { exitCode: 2, tail: "python: can't open file '/x/train.py': [Errno 2] No such file or directory\n" }, { kind: "missing-file" }],
    ["a launcher that isn't installed", { exitCode: 1, tail: "/usr/bin/python3: No module named accelerate\n" }, { kind: "missing-module", details: { module: "accelerate" } }],
    ["nothing known", { exitCode: 3, tail: "bye\n" }, { kind: "exception", sentence: "The script ended with exit code 3; the log doesn't say why." }],
  ])("%s", (_, { tail = "", exitCode, signal = null }, expected) => {
    expect(explain(tail, { exitCode, signal })).toMatchObject(expected);
  });

  it.each([
    { exitCode: 0, signal: null },
    { exitCode: null, signal: "SIGINT" },
    { exitCode: 143, signal: null },
    { exitCode: null, signal: null },
  ])("needs no explanation: %j", (end) => {
    expect(explain("Traceback (most recent call last):\nKeyboardInterrupt\n", end)).toBeUndefined();
  });

  it("is a failure even with exit code 0 when the loss was no number", () => {
    expect(explain("", { exitCode: 0, notFinite: ["loss"] })).toMatchObject({ kind: "nan-loss" });
  });
});

describe("a traceback's lines", () => {
  it("are links: where they stand, and whose they are", () => {
    const text = `before\n${ofRank(0, raised("KeyError: 'a'", "transformers/trainer.py#train"))}`;
    const frames = tracebackFrames(text);
    expect(frames.map(({ path, line, name, library }) => ({ path, line, name, library }))).toEqual([
      { path: script, line: 52, name: "<module>", library: false },
      { path: script, line: 40, name: "main", library: false },
      { path: "/home/ada/venv/lib/python3.11/site-packages/transformers/trainer.py", line: 1537, name: "train", library: true },
    ]);
    expect(frames.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual([
      `"${script}", line 52`,
      `"${script}", line 40`,
      `"/home/ada/venv/lib/python3.11/site-packages/transformers/trainer.py", line 1537`,
    ]);
  });
});

describe("a hang", () => {
  const minute = 60_000;
  const start = new Date("2026-01-01T00:00:00Z");
  const at = (minutes: number): Date => new Date(start.getTime() + minutes * minute);
  const samples = (from: number, to: number, percent: number | null) => Array.from({ length: to - from + 1 }, (_, index) => ({ at: at(from + index), percent }));

  it.each<[string, Parameters<typeof hangSentence>[0], boolean]>([
    ["ten minutes of silence on idle GPUs", { silentSince: start, now: at(10), utilisation: samples(0, 10, 2) }, true],
    ["an hour of it", { silentSince: start, now: at(60), utilisation: [...samples(0, 40, 90), ...samples(50, 60, 0)] }, true],
    ["nine minutes", { silentSince: start, now: at(9), utilisation: samples(0, 9, 0) }, false],
    ["a GPU that worked once", { silentSince: start, now: at(10), utilisation: [...samples(0, 9, 0), { at: at(10), percent: 40 }] }, false],
    ["GPU use that isn't given", { silentSince: start, now: at(10), utilisation: samples(0, 10, null) }, false],
    ["no samples", { silentSince: start, now: at(10), utilisation: [] }, false],
    ["samples of the last minute only", { silentSince: start, now: at(10), utilisation: samples(9, 10, 0) }, false],
  ])("%s", (_, activity, expected) => {
    expect(hangSentence(activity) !== undefined).toBe(expected);
  });
});
