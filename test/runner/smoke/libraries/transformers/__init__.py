from .modeling_utils import PreTrainedModel
from .trainer import EarlyStoppingCallback, Trainer
from .training_args import TrainingArguments

__all__ = ["EarlyStoppingCallback", "PreTrainedModel", "Trainer", "TrainingArguments"]
