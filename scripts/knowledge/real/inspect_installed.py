"""What the installed libraries accept, by `inspect`. Nothing of a model or a data set is loaded.

    python inspect_installed.py QUESTIONS.json

QUESTIONS.json is `{"callables": {canonical name: import path}, "modules": {module: [names]}}`; the answer is one JSON object on stdout:
`callables` has a signature as text for each name (`a b=1 *args c=None **kwargs`), `missing` the reason where one can't be imported here,
`modules` the names that a module has and that weren't asked for (`extra`), and those that it hasn't (`absent`).
"""

import enum
import importlib
import importlib.metadata
import importlib.util
import inspect
import json
import re
import sys
import warnings

warnings.filterwarnings("ignore")


def find(path):
    """The object at a path, and the object that it is an attribute of."""
    parts = path.split(".")
    found, owner = importlib.import_module(parts[0]), None
    for index, part in enumerate(parts[1:], 1):
        try:
            following = getattr(found, part)
        except AttributeError:
            following = importlib.import_module(".".join(parts[: index + 1]))
        owner, found = found, following
    return found, owner


def is_literal(value):
    if isinstance(value, (tuple, list)):
        return all(is_literal(item) for item in value)
    return value is None or isinstance(value, (bool, int, float, str))


def default_of(value):
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value).replace(" ", "") if is_literal(value) else "..."


def signature_of(path):
    found, owner = find(path)
    is_class = inspect.isclass(found)
    if is_class and (found.__name__ == "Placeholder" or type(found).__name__ == "DummyObject"):
        raise ImportError("it stands for something that needs a dependency which isn't installed")
    if is_class and found.__init__ is object.__init__:
        return ""
    if inspect.ismethod(found) and inspect.ismethod(getattr(found.__func__, "__wrapped__", None)):
        # A copied class method: the signature follows to the original, which is bound already.
        found = found.__func__
        owner = None
    static = inspect.isclass(owner) and isinstance(inspect.getattr_static(owner, path.rsplit(".", 1)[1]), staticmethod)
    is_bound = is_class or (inspect.isclass(owner) and inspect.isfunction(found) and not static)
    parameters = list(inspect.signature(found.__init__ if is_class else found).parameters.values())
    # `def __init__(*args)` takes the object itself among the others.
    if is_bound and parameters and parameters[0].kind.name != "VAR_POSITIONAL":
        parameters = parameters[1:]
    marks = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}
    words, bare = [], True
    for parameter in parameters:
        kind = parameter.kind.name
        if kind == "VAR_POSITIONAL":
            bare = False
        if kind == "KEYWORD_ONLY" and bare:
            words.append("*")
            bare = False
        text = marks.get(kind, "") + parameter.name
        words.append(text if parameter.default is inspect.Parameter.empty else f"{text}={default_of(parameter.default)}")
    return "\n".join(words)


def names_of(path, asked):
    module = importlib.import_module(path)
    # A lazy module's own attributes and dotted submodules are no names that anybody imports.
    present = {name for name in dir(module) if "." not in name and not name.startswith("_")}
    absent = []
    for name in sorted(set(asked) - present):
        if name.startswith("__") or (hasattr(module, "__path__") and importlib.util.find_spec(f"{path}.{name}") is not None):
            continue
        try:
            getattr(module, name)
        except Exception:
            absent.append(name)
    return {"extra": sorted(present - set(asked)), "absent": absent}


def attempt(answer, missing, key, ask):
    try:
        answer[key] = ask()
    # Whatever an import may raise: it is told.
    except BaseException as error:
        text = " ".join(f"{type(error).__name__}: {error}".split())
        # Where things are installed is nobody's business.
        missing[key] = re.sub(r"(?:/[\w.@+-]+)+/", "", text)[:160]


def main():
    questions = json.load(open(sys.argv[1]))
    callables, modules, missing = {}, {}, {}
    for name, path in questions["callables"].items():
        attempt(callables, missing, name, lambda path=path: signature_of(path))
    for path, asked in questions["modules"].items():
        attempt(modules, missing, path, lambda path=path, asked=asked: names_of(path, asked))
    versions = {}
    for distribution in questions["distributions"]:
        attempt(versions, missing, distribution, lambda name=distribution: importlib.metadata.version(name))
    json.dump({"versions": versions, "callables": callables, "modules": modules, "missing": missing}, sys.stdout)


main()
