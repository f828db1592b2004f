"""Runs a training script as it is, but short: `python smoke.py SCRIPT [ARGUMENTS]`.

The file isn't changed. What would make the run long or leave something behind is changed in memory, when the libraries are imported: a few
steps, few rows to evaluate on, no checkpoints, no trackers, no uploads. What the libraries check of the script's own values is still checked
with these values, so that a mistake fails here as it would in the real run. Every change is printed once, on a line of its own.

Works with transformers 4.36 to 5.x, trl, sentence-transformers and simpletransformers, on Python 3.8 and newer. Arguments from a command
line, a file or a parser arrive in the same objects, and are changed there. A loop that the script writes itself runs in full.

HF_PREFLIGHT_SMOKE_STEPS says how many steps (3).
"""

import atexit
import functools
import importlib.abc
import importlib.util
import inspect
import os
import shutil
import sys
import tempfile
import traceback
import types

STEPS = max(1, int(os.environ.get("HF_PREFLIGHT_SMOKE_STEPS") or 3))
FEWEST_ROWS = 64
EVAL_BATCHES = 4

said = set()


def say(text):
    """Prints a line once, from the first process only."""
    if text in said or os.environ.get("RANK", os.environ.get("LOCAL_RANK", "0")) not in ("0", "-1"):
        return
    said.add(text)
    print("[hf-preflight smoke] " + text, file=sys.stderr, flush=True)


def changed(owner, name, value, why=""):
    """Sets an attribute and says what it was."""
    before = getattr(owner, name, None)
    setattr(owner, name, value)
    if before != value:
        say("%s=%s instead of %s%s" % (name, shown(value), shown(before), why and " (" + why + ")"))


def shown(value):
    return repr(getattr(value, "value", value))


# What the run writes: to a folder of its own, or to places that weren't there before and go away with it.


class Scratch:
    """Files of this run, removed at its end."""

    def __init__(self):
        self.folder = None
        self.made = []

    def path(self, name):
        if self.folder is None:
            self.folder = tempfile.mkdtemp(prefix="hf-preflight-smoke-")
            atexit.register(self.remove)
        return os.path.join(self.folder, name)

    def may_write(self, target):
        """Whether a path is this run's own: a new one becomes so, together with its new parents."""
        path = os.path.abspath(os.fspath(target))
        if any(path == mine or path.startswith(mine + os.sep) for mine in self.made + [self.folder or os.devnull]):
            return True
        if os.path.exists(path):
            return False
        self.path("")
        while not os.path.exists(os.path.dirname(path)):
            path = os.path.dirname(path)
        self.made.append(path)
        return True

    def remove(self):
        for path in self.made + [self.folder]:
            if os.path.isdir(path):
                shutil.rmtree(path, ignore_errors=True)
            elif os.path.exists(path):
                os.remove(path)


scratch = Scratch()


def saves_to(parameter):
    """Wraps a method that writes to `parameter`: what exists is left alone, what is new is removed at the end."""

    def wrap(method):
        signature = inspect.signature(method)

        @functools.wraps(method)
        def save(*args, **kwargs):
            try:
                target = signature.bind(*args, **kwargs).arguments.get(parameter)
            except TypeError:
                target = None
            if isinstance(target, (str, os.PathLike)):
                if not scratch.may_write(target):
                    return say("not saved: %s exists and is left as it is" % os.fspath(target))
                if not os.path.abspath(os.fspath(target)).startswith(scratch.path("")):
                    say("saved to %s until the end of this run" % os.fspath(target))
            return method(*args, **kwargs)

        return save

    return wrap


def not_uploaded(method):
    @functools.wraps(method)
    def upload(*args, **kwargs):
        say("nothing is uploaded to the Hub")

    return upload


def wrap(owner, name, wrapper):
    """Replaces a method of the class itself, if it has one."""
    method = vars(owner).get(name)
    if isinstance(method, types.FunctionType):
        setattr(owner, name, wrapper(method))


def classes_of(module):
    return [value for value in list(vars(module).values()) if isinstance(value, type) and value.__module__ == module.__name__]


# Rows.


def spread(count, rows):
    """Row numbers spread over a dataset, so that one sorted by label keeps all its labels."""
    return [index * count // rows for index in range(rows)]


def fewer(dataset, rows, what):
    if isinstance(dataset, dict):
        return type(dataset)({name: fewer(part, rows, what) for name, part in dataset.items()})
    if hasattr(dataset, "take") and not hasattr(dataset, "__len__"):
        say("%s: the first %d rows of the stream" % (what, rows))
        return dataset.take(rows)
    if not hasattr(dataset, "__len__") or not hasattr(dataset, "__getitem__") or len(dataset) <= rows:
        return dataset
    numbers = spread(len(dataset), rows)
    if hasattr(dataset, "select"):
        part = dataset.select(numbers)
    elif hasattr(dataset, "iloc"):
        part = dataset.iloc[numbers]
    elif isinstance(dataset, list):
        part = [dataset[number] for number in numbers]
    elif "torch" in sys.modules and isinstance(dataset, sys.modules["torch"].utils.data.Dataset):
        part = sys.modules["torch"].utils.data.Subset(dataset, numbers)
    else:
        return dataset
    say("%s: %d rows of %d" % (what, rows, len(dataset)))
    return part


def train_rows(args):
    per_step = getattr(args, "per_device_train_batch_size", 8) * getattr(args, "gradient_accumulation_steps", 1)
    return max(FEWEST_ROWS, STEPS * per_step * int(os.environ.get("WORLD_SIZE", "1")))


def eval_rows(args):
    return max(1, EVAL_BATCHES * getattr(args, "per_device_eval_batch_size", 8))


# transformers: the arguments when they have been checked, the Trainer when it is built and when it starts.


def shorten_arguments(module):
    def after(check):
        @functools.wraps(check)
        def __post_init__(self, *args, **kwargs):
            check(self, *args, **kwargs)
            leave_nothing(self)

        return __post_init__

    wrap(module.TrainingArguments, "__post_init__", after)


def leave_nothing(args):
    """What a Trainer would do with the outside world when it is built."""
    if not str(args.output_dir).startswith(scratch.path("")):
        changed(args, "output_dir", scratch.path("output"), "removed at the end")
    if getattr(args, "report_to", None):
        changed(args, "report_to", [])
    if getattr(args, "push_to_hub", False):
        changed(args, "push_to_hub", False)


def shorten_training(args):
    """What only counts once training runs, so that it can't hide what is checked before."""
    if not 0 < args.max_steps <= STEPS:
        changed(args, "max_steps", STEPS)
    changed(args, "save_strategy", type(args.save_strategy)("no"))
    changed(args, "logging_strategy", type(args.logging_strategy)("steps"))
    changed(args, "logging_steps", 1)
    strategy = getattr(args, "eval_strategy", getattr(args, "evaluation_strategy", "no"))
    if getattr(strategy, "value", strategy) == "steps" and not args.eval_steps == args.max_steps:
        changed(args, "eval_steps", args.max_steps)


def shorten_trainer(module):
    trainer = module.Trainer

    def starting(train):
        @functools.wraps(train)
        def run(self, *args, **kwargs):
            leave_nothing(self.args)
            shorten_training(self.args)
            if args or kwargs.get("resume_from_checkpoint"):
                say("no checkpoint is resumed from")
            kwargs.pop("resume_from_checkpoint", None)
            self.args.resume_from_checkpoint = None
            return train(self, None, *args[1:], **kwargs)

        return run

    def evaluating(parameter):
        def of(method):
            @functools.wraps(method)
            def evaluate(self, *args, **kwargs):
                rows = eval_rows(self.args)
                if args:
                    args = (fewer(args[0], rows, parameter),) + args[1:]
                elif parameter in kwargs:
                    kwargs[parameter] = fewer(kwargs[parameter], rows, parameter)
                return method(self, *args, **kwargs)

            return evaluate

        return of

    def shorten_class(cls):
        wrap(cls, "__init__", with_fewer_rows)
        wrap(cls, "train", starting)
        wrap(cls, "save_model", saves_to("output_dir"))
        wrap(cls, "push_to_hub", not_uploaded)

    def shorten_subclass(cls, **kwargs):
        super(trainer, cls).__init_subclass__(**kwargs)
        # Libraries prepare the data in constructors of their own; a whole dataset would take its time there.
        wrap(cls, "__init__", with_fewer_rows)

    shorten_class(trainer)
    wrap(trainer, "evaluate", evaluating("eval_dataset"))
    wrap(trainer, "predict", evaluating("test_dataset"))
    trainer.__init_subclass__ = classmethod(shorten_subclass)


def with_fewer_rows(build):
    signature = inspect.signature(build)
    names = list(signature.parameters)

    @functools.wraps(build)
    def __init__(self, *args, **kwargs):
        given = dict(zip(names, (self,) + args))
        given.update(kwargs)
        arguments = given.get("args")
        if arguments is not None and hasattr(arguments, "output_dir"):
            leave_nothing(arguments)
        for name, rows in (("train_dataset", train_rows(arguments)), ("eval_dataset", eval_rows(arguments))):
            if given.get(name) is None or isinstance(given[name], str):
                continue
            part = fewer(given[name], rows, name)
            if name in kwargs:
                kwargs[name] = part
            else:
                place = names.index(name) - 1
                args = args[:place] + (part,) + args[place + 1 :]
        return build(self, *args, **kwargs)

    return __init__


def guard_saving(*classes):
    def hook(module):
        for name in classes:
            owner = getattr(module, name, None)
            if owner is not None:
                wrap(owner, "save_pretrained", saves_to("save_directory"))
                wrap(owner, "push_to_hub", not_uploaded)

    return hook


# sentence-transformers


def shorten_fit(module):
    for owner in classes_of(module):
        wrap(owner, "save", saves_to("path"))
        wrap(owner, "save_pretrained", saves_to("path"))
        wrap(owner, "push_to_hub", not_uploaded)
        for method in ("fit", "old_fit"):
            wrap(owner, method, with_few_steps)


def with_few_steps(fit):
    parameters = inspect.signature(fit).parameters

    @functools.wraps(fit)
    def run(self, *args, **kwargs):
        short = {"epochs": 1, "steps_per_epoch": STEPS, "save_best_model": False, "checkpoint_path": None, "output_path": None}
        bound = inspect.signature(fit).bind_partial(self, *args, **kwargs).arguments
        for name, value in short.items():
            if name not in parameters or bound.get(name, parameters[name].default) == value:
                continue
            before = bound.get(name, parameters[name].default)
            say("%s=%s instead of %s" % (name, shown(value), shown(before)))
            place = list(parameters).index(name) - 1
            if place < len(args):
                args = args[:place] + (value,) + args[place + 1 :]
            else:
                kwargs[name] = value
        return fit(self, *args, **kwargs)

    return run


# simpletransformers


def shorten_models(module):
    for owner in classes_of(module):
        wrap(owner, "train_model", with_short_arguments)
        wrap(owner, "eval_model", on_few_rows)


def short_settings():
    return {
        "num_train_epochs": 1,
        "no_save": True,
        "save_steps": -1,
        "save_model_every_epoch": False,
        "save_eval_checkpoints": False,
        "overwrite_output_dir": True,
        "output_dir": scratch.path("output"),
        "best_model_dir": scratch.path("best"),
        "tensorboard_dir": scratch.path("tensorboard"),
        "cache_dir": scratch.path("cache"),
        "wandb_project": None,
        "logging_steps": 1,
    }


def with_short_arguments(train):
    @functools.wraps(train)
    def train_model(self, data, *args, **kwargs):
        settings = {name: value for name, value in short_settings().items() if hasattr(self.args, name)}
        for name, value in settings.items():
            changed(self.args, name, value)
        if isinstance(kwargs.get("args"), dict):
            kwargs["args"] = dict(kwargs["args"], **settings)
        if kwargs.get("output_dir") is not None:
            kwargs["output_dir"] = settings.get("output_dir")
        rows = STEPS * getattr(self.args, "train_batch_size", 8) * getattr(self.args, "gradient_accumulation_steps", 1)
        for name in ("eval_df", "eval_data"):
            if kwargs.get(name) is not None:
                kwargs[name] = fewer(kwargs[name], FEWEST_ROWS, name)
        return train(self, fewer(data, rows, "training data"), *args, **kwargs)

    return train_model


def on_few_rows(evaluate):
    @functools.wraps(evaluate)
    def eval_model(self, data, *args, **kwargs):
        return evaluate(self, fewer(data, FEWEST_ROWS, "evaluation data"), *args, **kwargs)

    return eval_model


HOOKS = {
    "transformers.training_args": shorten_arguments,
    "transformers.trainer": shorten_trainer,
    "transformers.modeling_utils": guard_saving("PreTrainedModel"),
    "transformers.tokenization_utils_base": guard_saving("PreTrainedTokenizerBase"),
    "transformers.processing_utils": guard_saving("ProcessorMixin"),
    "transformers.utils.hub": guard_saving("PushToHubMixin"),
    "peft.peft_model": guard_saving("PeftModel"),
}

# Where sentence-transformers 2 to 6 keep what trains and saves.
SENTENCE_MODULES = {"SentenceTransformer", "CrossEncoder", "SparseEncoder", "fit_mixin", "model"}


def hook_for(name):
    if name.startswith("simpletransformers.") and name.endswith("_model"):
        return shorten_models
    if name.startswith("sentence_transformers.") and name.rsplit(".", 1)[-1] in SENTENCE_MODULES:
        return shorten_fit
    return HOOKS.get(name)


class AfterImport(importlib.abc.MetaPathFinder):
    """Calls a hook when its module has been imported."""

    def __init__(self):
        self.finding = set()
        self.hooked = False

    def find_spec(self, name, path=None, target=None):
        hook = hook_for(name)
        if hook is None or name in self.finding:
            return None
        self.finding.add(name)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.finding.discard(name)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            try:
                hook(module)
                self.hooked = self.hooked or name not in ("transformers.utils.hub", "transformers.tokenization_utils_base")
            except Exception as error:  # A library of a shape that isn't known here must not look like the script's failure.
                say("%s could not be shortened: %s: %s" % (name, type(error).__name__, error))

        spec.loader.exec_module = exec_module
        return spec


# The script.


def own_traceback(error):
    """The traceback without this file's frames: the script's lines stand as in a plain run."""
    whole = traceback.TracebackException(type(error), error, error.__traceback__)
    rest = [whole]
    seen = set()
    while rest:
        part = rest.pop()
        if part is None or id(part) in seen:
            continue
        seen.add(id(part))
        part.stack[:] = [frame for frame in part.stack if frame.filename != __file__]
        rest += [part.__cause__, part.__context__]
    return "".join(whole.format())


def run(script):
    path = os.path.abspath(script)
    main = types.ModuleType("__main__")
    main.__dict__.update(__file__=path, __builtins__=__builtins__, __spec__=None, __cached__=None, __loader__=None)
    sys.modules["__main__"] = main
    with open(path, "rb") as file:
        source = file.read()
    exec(compile(source, path, "exec"), main.__dict__)


def start(arguments):
    if not arguments:
        print("usage: smoke.py SCRIPT [ARGUMENTS]", file=sys.stderr)
        return 2
    script = arguments[0]
    if not os.path.isfile(script):
        print("%s: can't open file %r: [Errno 2] No such file or directory" % (sys.argv[0], script), file=sys.stderr)
        return 2
    sys.argv = list(arguments)
    sys.path[0] = os.path.dirname(os.path.abspath(script))
    # No caches beside the user's modules, in no process of this run.
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    os.environ["WANDB_MODE"] = "disabled"
    finder = AfterImport()
    sys.meta_path.insert(0, finder)
    say("a short run of %s: %d steps; the file isn't changed" % (script, STEPS))
    try:
        run(script)
    except SystemExit:
        raise
    except BaseException as error:
        sys.stdout.flush()
        print(own_traceback(error), end="", file=sys.stderr, flush=True)
        return 130 if isinstance(error, KeyboardInterrupt) else 1
    if finder.hooked:
        say("the script ran to its end")
    else:
        say("the script ran to its end; it trains with none of the known trainers, so nothing was shortened")
    return 0


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
