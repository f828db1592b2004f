import os
from types import SimpleNamespace


class ClassificationModel:
    def __init__(self, args=None):
        self.args = SimpleNamespace(num_train_epochs=1, no_save=False, save_steps=2000, output_dir="outputs/", overwrite_output_dir=False, train_batch_size=8, gradient_accumulation_steps=1)
        vars(self.args).update(args or {})

    def train_model(self, train_df, output_dir=None, args=None, eval_df=None):
        vars(self.args).update(args or {})
        os.makedirs(output_dir or self.args.output_dir, exist_ok=True)
        print("trained", self.args.num_train_epochs, "epochs on", len(train_df), "rows, saving", not self.args.no_save, "evaluating", len(eval_df))
