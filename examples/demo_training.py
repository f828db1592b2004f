"""Looks like a training and needs nothing but Python: press Run in the panel, and watch it.

It prints what a Trainer prints: a progress bar, the loss and the learning rate, evaluations, checkpoints.
Try `--steps 60 --fail` to see how a run ends that goes wrong, and `--seconds-per-step 1` for a long one.
"""

import argparse
import math
import random
import sys
import time


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--seconds-per-step", type=float, default=0.25)
    parser.add_argument("--learning-rate", type=float, default=5e-5)
    parser.add_argument("--logging-steps", type=int, default=5)
    parser.add_argument("--eval-steps", type=int, default=30)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--fail", action="store_true", help="run out of memory in the middle")
    return parser.parse_args()


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


def draw_bar(step: int, total: int, since: float) -> None:
    elapsed = time.time() - since
    rate = step / elapsed if elapsed > 0 and step > 0 else 0.0
    left = clock((total - step) / rate) if rate else "?"
    speed = "?it/s" if not rate else f"{rate:.2f}it/s" if rate >= 1 else f"{1 / rate:.2f}s/it"
    filled = "█" * (10 * step // total)
    print(f"\r{100 * step // total:3d}%|{filled:<10}| {step}/{total} [{clock(elapsed)}<{left}, {speed}]", end="", file=sys.stderr, flush=True)


def report(values: dict[str, float | str]) -> None:
    print(f"\n{values}", flush=True)


def train(arguments: argparse.Namespace) -> None:
    noise = random.Random(arguments.seed)
    total = arguments.steps
    steps_per_epoch = max(1, total // 3)
    print("Loading checkpoint shards ...", flush=True)
    time.sleep(4 * arguments.seconds_per_step)
    since = time.time()
    draw_bar(0, total, since)
    for step in range(1, total + 1):
        time.sleep(arguments.seconds_per_step)
        draw_bar(step, total, since)
        if arguments.fail and step == total // 2:
            raise RuntimeError(
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.64 GiB of which 1.21 GiB is free. "
                "Including non-PyTorch memory, this process has 22.43 GiB memory in use."
            )
        loss = 0.35 + 2.4 * math.exp(-3 * step / total) + noise.gauss(0, 0.05)
        epoch = round(step / steps_per_epoch, 2)
        if step % arguments.logging_steps == 0:
            rate = arguments.learning_rate * (1 - step / total)
            report({"loss": round(loss, 4), "grad_norm": round(1 + abs(noise.gauss(0, 0.4)), 4), "learning_rate": rate, "epoch": epoch})
        if step % arguments.eval_steps == 0:
            time.sleep(2 * arguments.seconds_per_step)
            score = round(0.93 - 0.4 * math.exp(-3 * step / total), 4)
            report({"eval_loss": round(loss + 0.08, 4), "eval_accuracy": score, "eval_runtime": 2 * arguments.seconds_per_step, "epoch": epoch})
            print(f"Saving model checkpoint to outputs/demo/checkpoint-{step}", flush=True)
    runtime = round(time.time() - since, 4)
    report({"train_runtime": runtime, "train_steps_per_second": round(total / runtime, 3), "train_loss": 0.9, "epoch": 3.0})


if __name__ == "__main__":
    train(parse_arguments())
