/** What it costs to understand what a script and nvidia-smi print, beside cutting the same bytes into lines. */
import { GPU_FIELDS } from "../../runner/src/gpu/query.js";
import { parseGpuLine } from "../../runner/src/gpu/gpuLine.js";
import { parseProcessLine } from "../../runner/src/gpu/processLine.js";
import { OutputReader } from "../../runner/src/output/outputReader.js";
import type { Figure } from "./figure.js";
import { interleave, ratios, spreadOf, timed } from "./rounds.js";

const MIB = 1 << 20;
const CHUNK = 64 * 1024;

/** A training's output: a bar that moves, metrics every ten steps, and words in between. */
function trainingOutput(bytes: number): Buffer {
  const parts: string[] = [];
  for (let step = 1, length = 0; length < bytes; step++) {
    const bar = `\r ${step % 100}%|████▌     | ${step}/100000 [00:${String(step % 60).padStart(2, "0")}<05:23,  3.05it/s]`;
    const metrics = step % 10 === 0 ? `\r${" ".repeat(60)}\r{'loss': ${(2 + 1 / step).toFixed(4)}, 'grad_norm': 1.25, 'learning_rate': 4.9e-05, 'epoch': ${(step / 1000).toFixed(2)}}\n${bar}` : "";
    const words = step % 25 === 0 ? "/venv/lib/python3.11/site-packages/torch/utils/checkpoint.py:85: UserWarning: None of the inputs have requires_grad=True.\n" : "";
    parts.push(bar, metrics, words);
    length += bar.length + metrics.length + words.length;
  }
  return Buffer.from(parts.join("")).subarray(0, bytes);
}

const uuid = "GPU-a1b2c300-1f2e-4a3b-9c8d-0123456789ab";
const gpuLine = `2026/03/14 09:26:53.000, 0, ${uuid}, 71000, 81559, 100, 50, 650.31, 700.00, Disabled, NVIDIA H100 80GB HBM3`;
const processLine = `2026/03/14 09:26:53.000, ${uuid}, 90100, 70490, /opt/conda/envs/train/bin/python3.11`;

export async function measureReading(rounds: number): Promise<Figure[]> {
  const output = trainingOutput(MIB);
  const pieces = Array.from({ length: MIB / CHUNK }, (_, index) => output.subarray(index * CHUNK, (index + 1) * CHUNK));
  const time = new Date(0);
  const times = await interleave(
    [
      {
        name: "lines",
        run: () =>
          timed(() => {
            const decoder = new TextDecoder();
            for (const piece of pieces) decoder.decode(piece, { stream: true }).split(/[\r\n]/u);
          }),
      },
      {
        name: "reader",
        run: () =>
          timed(() => {
            const reader = new OutputReader();
            for (const piece of pieces) reader.push(piece, time);
          }),
      },
      {
        name: "gpus",
        run: () =>
          timed(() => {
            for (let count = 0; count < 8; count++) {
              parseGpuLine(gpuLine, GPU_FIELDS);
              parseProcessLine(processLine);
            }
          }),
      },
    ],
    rounds,
  );
  return [
    { name: "a script's output: reading 1 MiB of it", unit: "ms", ...spreadOf(times["reader"] ?? []) },
    { name: "a script's output: reading / cutting it into lines", unit: "x", ...spreadOf(ratios(times, "reader", "lines")) },
    { name: "nvidia-smi: reading a round of 8 GPUs and 8 processes", unit: "ms", ...spreadOf(times["gpus"] ?? []) },
  ];
}
