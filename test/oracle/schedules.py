"""Records what the installed transformers says of generated saving schedules, as JSON on stdout.

Run it with each version of transformers to be recorded (any torch, on the CPU): python schedules.py > one-version.json
"""

import json
import logging
import os
import random
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
logging.disable(logging.CRITICAL)

import transformers  # noqa: E402
from transformers import TrainingArguments  # noqa: E402

STRATEGIES = ["'no'", "'steps'", "'epoch'"]
NUMBERS = (
    "1 2 10 50 100 200 250 300 500 1000 0.1 0.2 0.25 0.3 0.5 0.05 0.15 0.45 1/3 2/3 1/7 2/7 1/30 0.02 0.7 100.0 0 0.9 0.01"
).split()


def arguments(pick: random.Random) -> str:
    written = ["load_best_model_at_end=" + pick.choice(["True", "True", "True", "False"])]
    if pick.random() < 0.85:
        written.append("eval_strategy=" + pick.choice(STRATEGIES + ["'steps'"] * 3))
    if pick.random() < 0.5:
        written.append("save_strategy=" + pick.choice(STRATEGIES + ["'steps'"] * 3))
    if pick.random() < 0.7:
        written.append("eval_steps=" + pick.choice(NUMBERS))
    if pick.random() < 0.6:
        written.append("save_steps=" + pick.choice(NUMBERS))
    if pick.random() < 0.2:
        written.append("logging_steps=" + pick.choice([number for number in NUMBERS if number != "0"]))
    pick.shuffle(written)
    return ", ".join(written)


def outcome(source: str) -> str:
    try:
        eval(f"TrainingArguments('out', use_cpu=True, report_to='none', {source})")
    except Exception as error:
        return type(error).__name__
    return ""


if __name__ == "__main__":
    pick = random.Random(20261123)
    rows = sorted({arguments(pick) for _ in range(2500)})
    json.dump({"version": transformers.__version__, "rows": [[row, outcome(row)] for row in rows]}, sys.stdout)
