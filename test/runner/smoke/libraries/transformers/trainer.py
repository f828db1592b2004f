import os

from .training_args import Strategy


class EarlyStoppingCallback:
    def on_train_begin(self, args):
        assert args.load_best_model_at_end, "EarlyStoppingCallback requires load_best_model_at_end = True"


class Trainer:
    def __init__(self, model=None, args=None, train_dataset=None, eval_dataset=None, callbacks=None):
        self.model, self.args, self.train_dataset, self.eval_dataset, self.callbacks = model, args, train_dataset, eval_dataset, callbacks or []
        if args.eval_strategy != Strategy.NO and eval_dataset is None:
            raise ValueError("You have set `args.eval_strategy` but you didn't pass an `eval_dataset` to `Trainer`.")
        if args.max_steps <= 0 and not hasattr(train_dataset, "__len__"):
            raise ValueError("The train_dataset does not implement __len__, max_steps has to be specified.")
        os.makedirs(args.output_dir, exist_ok=True)
        print("tracked by", args.report_to, "pushed", args.push_to_hub)

    def train(self, resume_from_checkpoint=None, trial=None):
        args = self.args
        for callback in self.callbacks:
            callback.on_train_begin(args)
        steps = args.max_steps if args.max_steps > 0 else 1000
        for step in range(1, steps + 1):
            if args.save_strategy != Strategy.NO:
                os.makedirs(os.path.join(args.output_dir, "checkpoint-%d" % step))
            if args.eval_strategy == Strategy.EPOCH and step == steps or args.eval_strategy == Strategy.STEPS and step % args.eval_steps == 0:
                self.evaluate()
        print("trained", steps, "steps on", len(self.train_dataset), "rows, logging every", args.logging_steps, "from", resume_from_checkpoint)

    def evaluate(self, eval_dataset=None):
        print("evaluated", len(eval_dataset if eval_dataset is not None else self.eval_dataset), "rows")

    def save_model(self, output_dir=None):
        self.model.save_pretrained(output_dir or self.args.output_dir)

    def push_to_hub(self):
        raise RuntimeError("uploaded")
