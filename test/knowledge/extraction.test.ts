/** How Python sources are read: small libraries written here, with the shapes that the real ones have. */
import { describe, expect, it } from "vitest";
import { signatureText } from "../../scripts/knowledge/callables/facts.js";
import { extract, type ReleaseFacts } from "../../scripts/knowledge/extract.js";
import type { LibrarySource } from "../../scripts/knowledge/libraries.js";
import { parser } from "../support/parser.js";

/** Reads a library called `trl` that has these files. */
function read(files: Readonly<Record<string, string>>, ask: Partial<LibrarySource>): ReleaseFacts {
  const sources = new Map(Object.entries(files).map(([path, text]) => [`trl/${path}`, () => text]));
  const nothing = { aliases: [], handsOn: [], exports: [], enums: [], checked: [], lists: [], symbols: [], also: [] };
  return extract({ library: "trl", root: "trl", since: "0.1", everyPatch: false, ...nothing, ...ask }, "1.0.0", sources, parser);
}

function signatures(facts: ReleaseFacts): Record<string, string> {
  return Object.fromEntries([...facts.callables].map(([name, callable]) => [name, signatureText(callable)]));
}

function parameter(facts: ReleaseFacts, callable: string, name: string): unknown {
  const found = facts.callables.get(callable);
  return [...(found?.parameters ?? []), ...(found?.read ?? [])].find((candidate) => candidate.name === name);
}

describe("functions and methods", () => {
  const facts = read(
    {
      "__init__.py": `
from .core import run, Tool as Renamed
from .later import *
if has_torch():
    from .core import Model
else:
    from .dummies import Model
`,
      "later.py": "__all__ = ['starred']\ndef starred(a): pass\ndef hidden(): pass\n",
      "dummies.py": "class Model:\n    def __init__(self, *args, **kwargs): raise ImportError\n",
      "core.py": `
DEFAULT = 5
class Kind(Enum):
    FAST = "fast"
    SLOW = "slow"
@deprecate_kwarg("old", version="9.0", new_name="new")
def run(a, /, b: "Optional[List[str]]" = None, *, new: Union[Kind, str] = Kind.FAST, size: int = DEFAULT, **kwargs):
    kwargs.pop("extra", 3)
    for name in ["x", "y"]:
        kwargs.pop(name)
    if b is not None:
        warnings.warn("\`b\` is deprecated, use \`new\` instead.", FutureWarning)
class Base:
    def __init__(self, size, **kwargs):
        if kwargs:
            raise TypeError("no")
    @staticmethod
    def make(x): pass
    @classmethod
    def load(cls, path): pass
    @property
    def shown(self): pass
    @overload
    def call(self, a): ...
    def call(self, a, b): pass
class Tool(Base):
    def __init__(self, name, **kwargs):
        super().__init__(**kwargs)
class Model(nn.Module):
    pass
`,
    },
    { symbols: ["trl.run", "trl.Renamed: *", "trl.starred", "trl.hidden", "trl.Model"] },
  );

  it("have their parameters with Python's marks, and what they read from their keywords", () => {
    expect(signatures(facts)).toEqual({
      "trl.run": "a / b * new size old **kwargs extra x y",
      "trl.Renamed": "name * size",
      "trl.Renamed.make": "x",
      "trl.Renamed.load": "path",
      "trl.Renamed.call": "a b",
      "trl.starred": "a",
      // What PyTorch's module takes is another library's business.
      "trl.Model": "?",
    });
  });

  it("have defaults as values, short types, and the values of enums", () => {
    expect(parameter(facts, "trl.run", "new")).toMatchObject({ default: '"fast"', type: "Kind | str", choices: "Kind" });
    expect(parameter(facts, "trl.run", "size")).toMatchObject({ default: "5", type: "int" });
    expect(parameter(facts, "trl.run", "b")).toMatchObject({ default: "None", type: "list[str] | None" });
    expect(facts.choices.get("Kind")).toEqual(["fast", "slow"]);
  });

  it("say what is deprecated, and what to use", () => {
    expect(parameter(facts, "trl.run", "old")).toMatchObject({ kind: "keyword", replacement: "new" });
    expect(parameter(facts, "trl.run", "b")).toMatchObject({ deprecated: "`b` is deprecated, use `new` instead.", replacement: "new" });
  });
});

describe("dataclasses", () => {
  const facts = read(
    {
      "__init__.py": "from .configs import *\n",
      "configs.py": `
from transformers import TrainingArguments as Arguments
@dataclass
class First:
    a: int
    b: int = 1
    gone: int = 0
    shared: ClassVar[int] = 3
    note = "no annotation, no field"
@dataclass
class Second(First):
    c: list = field(default_factory=list)
    b: int = 2
    gone: int = field(default=0, init=False)
    last: str = field(default="x", kw_only=True, metadata={"help": "Deprecated. Use \`c\` instead."})
    mode: Literal["one", "two"] = "one"
    def __post_init__(self):
        if self.b != 2:
            logger.warning("\`b\` is deprecated and will be removed. Use \`c\`.")
        if self.last not in ["x", "y"]:
            raise ValueError("no")
class Third(Second):
    d: int = 4
@dataclass
class Trained(Arguments):
    default_optim = "adamw"
    if has_torch():
        default_optim = "fused"
    optim: str = default_optim
    max_length: int = 10
@strict(accept_kwargs=True)
@dataclass
class Open:
    dtype: str = "float32"
@strict
@dataclass
class Strict:
    dtype: str = "float32"
`,
    },
    { symbols: ["trl.*"] },
  );

  it("take the fields of all their bases, in Python's order", () => {
    expect(signatures(facts)).toEqual({
      "trl.First": "a b gone",
      "trl.Second": "a b c mode * last",
      "trl.Third": "a b c mode * last",
      "trl.Trained": "<transformers.TrainingArguments optim max_length",
      "trl.Open": "dtype **kwargs",
      "trl.Strict": "dtype",
    });
  });

  it("have the nearest class's defaults", () => {
    expect(parameter(facts, "trl.Second", "b")).toMatchObject({ default: "2", deprecated: "`b` is deprecated and will be removed. Use `c`.", replacement: "c" });
    expect(parameter(facts, "trl.Second", "c")).toMatchObject({ default: "[]" });
    expect(parameter(facts, "trl.Second", "last")).toMatchObject({ replacement: "c", choices: "trl.Second.last" });
    expect(parameter(facts, "trl.First", "a")).not.toHaveProperty("default");
  });

  it("don't tell a default that depends on the machine", () => {
    expect(parameter(facts, "trl.Trained", "optim")).toMatchObject({ default: "..." });
  });

  it("know the values of a Literal and of a check", () => {
    expect(facts.choices.get("trl.Second.mode")).toEqual(["one", "two"]);
    expect(facts.choices.get("trl.Second.last")).toEqual(["x", "y"]);
  });
});

describe("exports", () => {
  const exportsOf = (files: Readonly<Record<string, string>>, ...modules: string[]): Record<string, readonly string[]> =>
    Object.fromEntries(read(files, { exports: modules }).exports);

  it("are what a plain module binds, and its submodules, but not what is for type checkers", () => {
    const files = {
      "__init__.py": "from __future__ import annotations\nimport os.path\nfrom .a import x as y\nif TYPE_CHECKING:\n    from .a import z\ntry:\n    import rich\nexcept ImportError:\n    rich = None\n",
      "a.py": "x = 1\nz = 2\n",
      "sub/__init__.py": "",
    };
    expect(exportsOf(files, "trl")).toEqual({ trl: ["a", "annotations", "os", "rich", "sub", "y"] });
  });

  it("are the import structure of a lazy package, whatever way it is filled", () => {
    const init = `
__version__ = "1"
_import_structure = {"a": ["x"], "b": []}
try:
    pass
except Missing:
    pass
else:
    _import_structure["a"].extend(["y"])
    _import_structure["b"].append("z")
    _import_structure["b"] += ["w"]
if TYPE_CHECKING:
    from .a import only_for_types
else:
    sys.modules[__name__] = _LazyModule(__name__, globals()["__file__"], _import_structure)
`;
    expect(exportsOf({ "__init__.py": init, "a.py": "x = y = 1", "b.py": "z = w = 1" }, "trl")).toEqual({ trl: ["__version__", "a", "b", "w", "x", "y", "z"] });
  });

  it("are what a scanned folder lists and decorates", () => {
    const init = 'sys.modules[__name__] = _LazyModule(__name__, file, define_import_structure(Path(__file__).parent / "models", prefix="models"))\n';
    const facts = exportsOf({ "__init__.py": init, "models/bert/modeling_bert.py": '__all__ = [\n    "Bert",\n]\n@requires(backends=("torch",))\nclass Decorated: pass\n' }, "trl");
    expect(facts["trl"]).toEqual(["Bert", "Decorated", "models"]);
  });

  it("are unknown for a module that makes names up, or stars another library's", () => {
    expect(exportsOf({ "__init__.py": "def __getattr__(name): ...\n" }, "trl")).toEqual({});
    expect(exportsOf({ "__init__.py": "from torch import *\n" }, "trl")).toEqual({});
  });
});

it("reads the values that a class checks one by one", () => {
  const files = {
    "__init__.py": `
@dataclass
class LossConfig:
    loss_type: str = "a"
class LossTrainer:
    def compute(self):
        if self.loss_type == "a": pass
        elif self.loss_type in ["b", "c"]: pass
        else: raise ValueError("unknown")
`,
  };
  const facts = read(files, { symbols: ["trl.LossConfig"], checked: ["trl.LossConfig.loss_type = trl.LossTrainer"] });
  expect(facts.choices.get("trl.LossConfig.loss_type")).toEqual(["a", "b", "c"]);
});
