/** Code that can't run, runs elsewhere, is caught, or is bound to a version. */
import { describe, expect, it } from "vitest";
import { Versions } from "../../server/src/environment/versions.js";
import { asked, scriptOf } from "../support/script.js";

const offsetOf = (source: string): { script: ReturnType<typeof scriptOf>; at: number } => {
  const script = scriptOf(source);
  return { script, at: script.tree.start(asked(script)) };
};

describe("runs", () => {
  it.each([
    ["ask(1)", true],
    ["if False:\n  ask(1)", false],
    ["if True:\n  pass\nelse:\n  ask(1)", false],
    ["if TYPE_CHECKING:\n  ask(1)", false],
    ["while False:\n  ask(1)", false],
    ["DEBUG = 0\nif DEBUG:\n  ask(1)", false],
    ["if __name__ == '__main__':\n  ask(1)", true],
    ["if c:\n  ask(1)", true],
    ["def f():\n  return\n  ask(1)", false],
    ["def f():\n  if c:\n    return\n  ask(1)", true],
    ["def f():\n  if c:\n    return\n  else:\n    raise E\n  ask(1)", false],
    ["raise E\nask(1)", false],
    ["sys.exit()\nask(1)", false],
    ["for i in x:\n  break\n  ask(1)", false],
    ["for i in x:\n  break\nask(1)", true],
    ["try:\n  import a\nexcept ImportError:\n  ask(1)", false],
    ["try:\n  f()\nexcept TypeError:\n  ask(1)", false],
    ["try:\n  f()\nexcept (TypeError):\n  ask(1)", false],
    ["try:\n  f()\nexcept Exception:\n  ask(1)", true],
    ["try:\n  f()\nexcept:\n  ask(1)", true],
    ["x = ask(1) if False else 2", false],
    ["def f():\n  return 1\nask(1)", true],
  ])("%j: %s", (source, expected) => {
    const { script, at } = offsetOf(source);
    expect(script.flow.runs(at)).toBe(expected);
  });
});

describe("is ValueError caught", () => {
  it.each([
    ["ask(1)", false],
    ["try:\n  ask(1)\nexcept ValueError:\n  pass", true],
    ["try:\n  ask(1)\nexcept (KeyError, ValueError) as e:\n  pass", true],
    ["try:\n  ask(1)\nexcept (ValueError):\n  pass", true],
    ["try:\n  ask(1)\nexcept (ValueError) as e:\n  pass", true],
    ["try:\n  ask(1)\nexcept Exception:\n  pass", false],
    ["try:\n  ask(1)\nexcept ValueError:\n  raise", false],
    ["try:\n  ask(1)\nexcept ValueError:\n  sys.exit(1)", false],
    ["try:\n  pass\nexcept ValueError:\n  ask(1)", false],
    ["try:\n  pass\nexcept ValueError:\n  pass\nelse:\n  ask(1)", false],
    ["with pytest.raises(ValueError):\n  ask(1)", true],
    ["with contextlib.suppress(ValueError):\n  ask(1)", true],
    ["try:\n  def f():\n    ask(1)\nexcept ValueError:\n  pass", false],
  ])("%j: %s", (source, expected) => {
    const { script, at } = offsetOf(source);
    expect(script.flow.isCaught(at, "ValueError")).toBe(expected);
  });
});

describe("versions on a branch", () => {
  const V = "import transformers\nfrom packaging import version\nfrom packaging.version import Version\nimport importlib.metadata\n";
  it.each([
    ["if version.parse(transformers.__version__) >= version.parse('4.46'):\n  ask(1)", ">=4.46", "always"],
    ["if version.parse(transformers.__version__) >= version.parse('4.46'):\n  pass\nelse:\n  ask(1)", ">=4.46", "never"],
    ["if Version(transformers.__version__) < Version('5'):\n  ask(1)", "<5", "always"],
    ["if transformers.__version__ >= '4.46':\n  ask(1)", ">=4.46", "always"],
    ["NEW = version.parse(transformers.__version__) >= version.parse('4.46')\nif NEW:\n  ask(1)", ">=4.46", "always"],
    ["if not (version.parse(transformers.__version__) >= version.parse('4.46')):\n  ask(1)", ">=4.46", "never"],
    ["if version.parse(importlib.metadata.version('transformers')) >= version.parse('4.46'):\n  ask(1)", ">=4.46", "always"],
    ["if is_transformers_version('>=', '4.46'):\n  ask(1)", ">=4.46", "sometimes"],
    ["if c:\n  ask(1)", ">=4.46", "sometimes"],
  ])("%j", (source, range, expected) => {
    const { script, at } = offsetOf(V + source);
    expect(script.flow.versionsAt(at, Versions.unknown).holds({ transformers: range })).toBe(expected);
  });
});

describe("a name that the script asks for first", () => {
  it.each([
    ["if 'x' in inspect.signature(C).parameters:\n  ask(1)", true],
    ["if 'x' not in names:\n  pass\nelse:\n  ask(1)", true],
    ["if hasattr(C, 'x'):\n  ask(1)", true],
    ["HAS = 'x' in names\nif HAS:\n  ask(1)", true],
    ["y = ask(1) if 'x' in names else 0", true],
    ["if 'y' in names:\n  ask(1)", false],
    ["if mode == 'x':\n  ask(1)", false],
    ["if f('x'):\n  ask(1)", false],
    ["if 'x' in names:\n  pass\nask(1)", false],
    ["ask(1)", false],
  ])("%j", (source, expected) => {
    const script = scriptOf(source);
    expect(script.flow.isAskedFor(asked(script), new Set(["x"]))).toBe(expected);
  });
});

describe("everything is caught", () => {
  it.each([
    ["try:\n  ask(1)\nexcept:\n  pass", true],
    ["try:\n  ask(1)\nexcept:\n  raise", false],
    ["try:\n  ask(1)\nexcept ValueError:\n  pass", false],
    ["try:\n  pass\nexcept:\n  ask(1)", false],
    ["try:\n  def f():\n    ask(1)\nexcept:\n  pass", false],
  ])("%j", (source, expected) => {
    const { script, at } = offsetOf(source);
    expect(script.flow.isCaughtByAll(at)).toBe(expected);
  });
});
