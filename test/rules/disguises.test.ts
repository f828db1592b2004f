/** The four pitfalls in every disguise, and in every place where nothing may be said: one matrix over all of them. */
import { describe, expect, it } from "vitest";
import { check } from "../support/ruleTest.js";

interface Pitfall {
  readonly rule: string;
  /** Imports and whatever comes before. */
  readonly head: string;
  /** The class or method that is called, as imported. */
  readonly callee: string;
  readonly alias: string;
  /** The argument that is the mistake. */
  readonly name: string;
  readonly value: string;
  /** What makes it one. */
  readonly rest: string;
  readonly wrap?: (call: string) => string;
  /** An attribute write after construction that counts, or undefined where only the constructor validates. */
  readonly write: string | undefined;
  readonly versions?: Readonly<Record<string, string>>;
}

const pitfalls: readonly Pitfall[] = [
  {
    rule: "transformers/strategy-mismatch",
    head: "from transformers import TrainingArguments\n",
    callee: "TrainingArguments",
    alias: "from transformers import TrainingArguments as X\n",
    name: "save_strategy",
    value: '"steps"',
    rest: 'eval_strategy="epoch", load_best_model_at_end=True',
    write: undefined,
  },
  {
    rule: "trl/decimal-save-steps",
    head: "from trl import SFTConfig\n",
    callee: "SFTConfig",
    alias: "from trl import SFTConfig as X\n",
    name: "save_steps",
    value: "0.1",
    rest: 'output_dir="o"',
    write: "args = SFTConfig('o')\nargs.save_steps = 0.1\n",
  },
  {
    rule: "generation/force-words-without-beams",
    head: 'from transformers import AutoModelForCausalLM\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\n',
    callee: "model.generate",
    alias: 'from transformers import AutoModelForCausalLM as M\nX = M.from_pretrained("gpt2").generate\nmodel = M.from_pretrained("gpt2")\n',
    name: "force_words_ids",
    value: "[[1]]",
    rest: "inputs=ids",
    write: "from transformers import GenerationConfig\nc = GenerationConfig()\nc.force_words_ids = [[1]]\nmodel.generate(ids, generation_config=c)\n",
  },
  {
    rule: "simpletransformers/steps-divided-by-n-gpu",
    head: "from simpletransformers.classification import ClassificationArgs\nn_gpu = 2\n",
    callee: "ClassificationArgs",
    alias: "from simpletransformers.classification import ClassificationArgs as X\nn_gpu = 2\n",
    name: "save_steps",
    value: "len(df) // 32 // n_gpu",
    rest: "n_gpu=2",
    write: "args = ClassificationArgs()\nargs.save_steps = len(df) // 32 // n_gpu\n",
  },
];

describe.each(pitfalls)("$rule", (pitfall) => {
  const { rule, head, callee, name, value, rest } = pitfall;
  const found = (code: string): boolean => check(code, { versions: pitfall.versions ?? {} }).some((finding) => finding.rule === rule);
  const call = (argument: string): string => `${callee}(${rest}, ${argument})\n`;

  it("is found as it is", () => expect(found(head + call(`${name}=${value}`))).toBe(true));
  it("is found in an unpacked dict", () => expect(found(`${head}options = {"${name}": ${value}}\n${call("**options")}`)).toBe(true));
  it("is found in a dict that was built step by step", () => expect(found(`${head}options = dict()\noptions["${name}"] = ${value}\n${call("**options")}`)).toBe(true));
  it("is found through a constant above", () => expect(found(`${head}CONSTANT = ${value}\n${call(`${name}=CONSTANT`)}`)).toBe(true));
  it("is found through a class of constants", () => expect(found(`${head}class CFG:\n    it = ${value}\n${call(`${name}=CFG.it`)}`)).toBe(true));
  it("is found inside a function", () => expect(found(`${head}def main():\n    ${call(`${name}=${value}`)}main()\n`)).toBe(true));
  it("is found under `if __name__`", () => expect(found(`${head}if __name__ == "__main__":\n    ${call(`${name}=${value}`)}`)).toBe(true));

  if (callee !== "model.generate") {
    it("is found under an alias", () => expect(found(pitfall.alias + call(`${name}=${value}`).replace(callee, "X"))).toBe(true));
  } else {
    it("is found on a model under an alias", () => expect(found(pitfall.alias + call(`${name}=${value}`))).toBe(true));
  }

  if (pitfall.write !== undefined) it("is found in an attribute write that the library reads later", () => expect(found(head + (pitfall.write ?? ""))).toBe(true));
  else it("is not found in an attribute write, which nothing validates", () => expect(found(`${head}args = ${callee}(${rest}, ${name}="epoch")\nargs.${name} = ${value}\n`)).toBe(false));

  it("is silent on a value from the command line", () => {
    const cli = `import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--x", default=0.1)\ncli = parser.parse_args()\n`;
    expect(found(`${cli}${head}${call(`${name}=cli.x`)}`)).toBe(false);
  });
  it("is silent on a dead branch", () => expect(found(`${head}if False:\n    ${call(`${name}=${value}`)}`)).toBe(false));
  it("is silent behind a switch that is off", () => expect(found(`${head}USE = False\nif USE:\n    ${call(`${name}=${value}`)}`)).toBe(false));
  it("is silent in the fall-back for another installation", () =>
    expect(found(`${head}try:\n    import newer\nexcept ImportError:\n    ${call(`${name}=${value}`)}`)).toBe(false));
  it("is silent on an own class of the same name", () => {
    const [leaf = ""] = callee.split(".");
    const own = callee === "model.generate" ? "class Model:\n    def generate(self, **k): ...\nmodel = Model()\n" : `class ${leaf}:\n    def __init__(self, **k): ...\n`;
    expect(found(head + own + call(`${name}=${value}`))).toBe(false);
  });
  it("is silent on an ignored line", () => expect(found(head + call(`${name}=${value}`).replace(/\n$/, `  # hf-preflight: ignore[${rule}]\n`))).toBe(false));
});

describe("branches that are bound to a version", () => {
  const HEAD = "import transformers\nfrom packaging import version\nfrom transformers import TrainingArguments\n";
  const ratio = 'TrainingArguments("o", eval_strategy="steps", eval_steps=0.1, save_steps=0.5, load_best_model_at_end=True)';
  const rulesOf = (code: string): string[] => check(code).map((finding) => `${finding.severity} ${finding.rule}`);

  it("narrow the versions that a rule speaks for", () => {
    expect(rulesOf(`${HEAD}if version.parse(transformers.__version__) >= version.parse("4.53"):\n    ${ratio}\n`)).toEqual(["warning transformers/best-checkpoint-skipped"]);
    expect(rulesOf(`${HEAD}if version.parse(transformers.__version__) < version.parse("4.53"):\n    ${ratio}\n`)).toEqual(["error transformers/strategy-mismatch"]);
    expect(rulesOf(`${HEAD}${ratio}\n`)).toEqual(["warning transformers/strategy-mismatch"]);
  });

  it("are not run for the versions that are known", () => {
    const code = `${HEAD}if version.parse(transformers.__version__) < version.parse("4.53"):\n    ${ratio}\n`;
    expect(check(code, { versions: { transformers: "5.18.0" } })).toEqual([]);
  });
});
