from dataclasses import dataclass, field
from enum import Enum


class Strategy(str, Enum):
    NO = "no"
    STEPS = "steps"
    EPOCH = "epoch"


@dataclass
class TrainingArguments:
    output_dir: str = "trainer_output"
    max_steps: int = -1
    num_train_epochs: float = 3.0
    per_device_train_batch_size: int = 8
    per_device_eval_batch_size: int = 8
    gradient_accumulation_steps: int = 1
    eval_strategy: str = "no"
    eval_steps: float = None
    save_strategy: str = "steps"
    save_steps: float = 500
    logging_strategy: str = "steps"
    logging_steps: float = 500
    load_best_model_at_end: bool = False
    report_to: list = field(default_factory=lambda: ["wandb"])
    push_to_hub: bool = False
    resume_from_checkpoint: str = None

    def __post_init__(self):
        self.eval_strategy = Strategy(self.eval_strategy)
        self.save_strategy = Strategy(self.save_strategy)
        self.logging_strategy = Strategy(self.logging_strategy)
        if self.load_best_model_at_end and self.save_strategy != self.eval_strategy:
            raise ValueError("--load_best_model_at_end requires the save and eval strategy to match")
