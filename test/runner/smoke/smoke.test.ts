/** The smoke run's wrapper, as a real Python runs it, against stand-ins for the libraries. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explainFailure } from "../../../runner/src/output/failure.js";
import { py } from "../../support/script.js";

const wrapper = fileURLToPath(new URL("../../../runner/python/smoke.py", import.meta.url));
/** The interpreter itself: what is first on the path may be a script that takes its time to find it. */
const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
const libraries = fileURLToPath(new URL("libraries", import.meta.url));

let folder: string;
let temporary: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "smoke test-"));
  temporary = mkdtempSync(join(tmpdir(), "smoke-temporary-"));
});

afterEach(() => {
  for (const each of [folder, temporary]) rmSync(each, { recursive: true });
});

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  /** What the wrapper said, without its prefix. */
  readonly said: string[];
  readonly stderr: string;
  /** What is in the script's folder and in the system's temporary one afterwards, besides the script. */
  readonly left: string[];
}

function run(source: string, args: readonly string[] = [], env: Record<string, string> = {}): Ran {
  const script = join(folder, "sub dir", "train.py");
  mkdirSync(dirname(script), { recursive: true });
  writeFileSync(script, source);
  const environment = { ...process.env, PYTHONPATH: libraries, PYTHONDONTWRITEBYTECODE: "1", TMPDIR: temporary, ...env };
  const { status, stdout, stderr } = spawnSync(python, [wrapper, join("sub dir", "train.py"), ...args], { cwd: folder, env: environment, encoding: "utf8" });
  const said = [...stderr.matchAll(/^\[hf-preflight smoke\] (.*)$/gmu)].map((match) => match[1] ?? "");
  const left = [...readdirSync(folder, { recursive: true }), ...readdirSync(temporary)].map(String).filter((name) => name !== "sub dir" && name !== join("sub dir", "train.py"));
  expect(readFileSync(script, "utf8")).toBe(source);
  return { status, stdout, said, stderr, left };
}

const training = (args: string, more = ""): string => py`
  from transformers import EarlyStoppingCallback, PreTrainedModel, Trainer, TrainingArguments

  class Mine(Trainer):
      def __init__(self, *args, **kwargs):
          super().__init__(*args, **kwargs)
          print("prepared", len(self.train_dataset), "rows")

  args = TrainingArguments(${args})
  rows = list(range(5000))
  trainer = Mine(model=PreTrainedModel(), args=args, train_dataset=rows, eval_dataset=rows, callbacks=[EarlyStoppingCallback()] if args.load_best_model_at_end else [])
  trainer.train()
  ${more}
`;

describe("a training with the Trainer", () => {
  it("takes a few steps on a few rows, saves nothing, is told to nobody", () => {
    const { status, stdout, said, left } = run(training(`output_dir="out", eval_strategy="steps", eval_steps=100, save_steps=100, load_best_model_at_end=True, push_to_hub=True`));
    expect(stdout.split("\n").filter((line) => line !== "")).toEqual(["tracked by [] pushed False", "prepared 64 rows", "evaluated 32 rows", "trained 3 steps on 64 rows, logging every 1 from None"]);
    expect(status).toBe(0);
    expect(left).toEqual([]);
    expect(said.map((line) => line.replace(/'[^']*output'/u, "'...'"))).toEqual([
      "a short run of sub dir/train.py: 3 steps; the file isn't changed",
      "output_dir='...' instead of 'out' (removed at the end)",
      "report_to=[] instead of ['wandb']",
      "push_to_hub=False instead of True",
      "train_dataset: 64 rows of 5000",
      "eval_dataset: 32 rows of 5000",
      "max_steps=3 instead of -1",
      "save_strategy='no' instead of 'steps'",
      "logging_steps=1 instead of 500",
      "eval_steps=3 instead of 100",
      "the script ran to its end",
    ]);
  });

  it("still evaluates at the end of the epoch where that was asked", () => {
    expect(run(training(`eval_strategy="epoch"`)).stdout).toContain("evaluated 32 rows");
  });

  it("counts what the script writes into the arguments later", () => {
    const { stdout, left } = run(training(`report_to=[]`).replace("rows = ", 'args.max_steps = 900; args.output_dir = "later"; args.save_strategy = "steps"\nrows = '));
    expect(stdout).toContain("trained 3 steps");
    expect(left).toEqual([]);
  });

  it("keeps fewer steps than its own, and takes another number", () => {
    expect(run(training("max_steps=2")).stdout).toContain("trained 2 steps");
    expect(run(training(""), [], { HF_PREFLIGHT_SMOKE_STEPS: "5" }).stdout).toContain("trained 5 steps");
  });

  it("doesn't resume, and evaluates few rows wherever it evaluates", () => {
    const { stdout, said } = run(training("", 'trainer.train(resume_from_checkpoint="out/checkpoint-500")\n  trainer.evaluate(list(range(900)))\n  trainer.evaluate(eval_dataset=rows)'));
    expect(stdout).toContain("from None");
    expect(stdout).not.toContain("checkpoint-500");
    expect(said).toContain("no checkpoint is resumed from");
    expect(stdout.match(/evaluated 32 rows/gu)).toHaveLength(2);
  });

  it("keeps a dataset's ends and middle, so that one sorted by label keeps all its labels", () => {
    expect(run(training("", "print(trainer.train_dataset[0], trainer.train_dataset[32], trainer.train_dataset[-1])")).stdout).toContain("0 2500 4921");
  });
});

describe("what the script saves itself", () => {
  it("can be loaded again, and is gone at the end", () => {
    const { status, stdout, left, said } = run(training("", 'trainer.save_model("final/model")\n  print(type(PreTrainedModel.from_pretrained("final/model")).__name__)'));
    expect(stdout).toContain("PreTrainedModel");
    expect(status).toBe(0);
    expect(said).toContain("saved to final/model until the end of this run");
    expect(left).toEqual([]);
  });

  it("never overwrites what is there", () => {
    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine", "config.json"), "precious");
    const { said, left } = run(training("", 'trainer.model.save_pretrained("mine")'));
    expect(readFileSync(join(folder, "mine", "config.json"), "utf8")).toBe("precious");
    expect(said).toContain("not saved: mine exists and is left as it is");
    expect(left.sort()).toEqual(["mine", join("mine", "config.json")]);
  });

  it("isn't uploaded", () => {
    const { status, said } = run(training("", "trainer.push_to_hub()"));
    expect(said).toContain("nothing is uploaded to the Hub");
    expect(status).toBe(0);
  });
});

describe("a script that would fail", () => {
  it.each([
    ["in its arguments", training(`load_best_model_at_end=True, eval_strategy="steps", save_strategy="epoch", eval_steps=1`), "requires the save and eval strategy to match"],
    ["when the Trainer is built", training(`eval_strategy="steps"`).replace("eval_dataset=rows, ", ""), "you didn't pass an `eval_dataset`"],
    ["for a stream without max_steps", training("").replace("train_dataset=rows", "train_dataset=iter(rows)"), "max_steps has to be specified"],
  ])("still fails: %s", (_, source, words) => {
    const { status, stderr } = run(source);
    expect(stderr).toContain(words);
    expect(status).toBe(1);
  });

  it("has the traceback of a plain run: the script's lines, and none of the wrapper's", () => {
    const source = "def f():\n    return {}['text']\n\nprint(__name__, __file__)\nf()\n";
    const { status, stdout, stderr } = run(source);
    const plain = spawnSync(python, [join("sub dir", "train.py")], { cwd: folder, encoding: "utf8" });
    const withoutFolder = (text: string): string => text.replaceAll(`${folder}/`, "");
    expect(withoutFolder(stderr.slice(stderr.indexOf("Traceback")))).toBe(withoutFolder(plain.stderr));
    expect(withoutFolder(stdout)).toContain("__main__");
    expect(status).toBe(plain.status);
    expect(explainFailure({ tail: stderr, exitCode: status, signal: null })).toMatchObject({ script: { path: join(folder, "sub dir", "train.py"), line: 2 } });
  });

  it("that Python can't read says where", () => {
    const { status, stderr } = run("x = (\n");
    expect(stderr).toMatch(/File ".*train\.py", line 1\n[\s\S]*SyntaxError/u);
    expect(status).toBe(1);
  });

  it("exits with its own code", () => {
    expect(run("import sys\nsys.exit(7)\n").status).toBe(7);
  });

  it("that isn't there is said to be so", () => {
    const ran = spawnSync(python, [wrapper, "nowhere.py"], { cwd: folder, encoding: "utf8" });
    expect(ran.stderr).toContain("can't open file 'nowhere.py'");
    expect(ran.status).toBe(2);
  });
});

describe("around the script", () => {
  it("its arguments, its folder on the path and its name are as in a plain run", () => {
    mkdirSync(join(folder, "sub dir"));
    writeFileSync(join(folder, "sub dir", "beside.py"), "here = 1\n");
    const { stdout, left } = run("import sys\nfrom beside import here\nimport __main__\nprint(sys.argv, here, __main__.sys is sys)\n", ["--a", "b c"], { PYTHONDONTWRITEBYTECODE: "" });
    expect(stdout).toBe("['sub dir/train.py', '--a', 'b c'] 1 True\n");
    expect(left).toEqual([join("sub dir", "beside.py")]);
  });

  it("a script without a trainer runs as it is, and that is said", () => {
    const { stdout, said } = run("print('done')\n");
    expect(stdout).toBe("done\n");
    expect(said.at(-1)).toContain("nothing was shortened");
  });

  it("only the first process speaks", () => {
    expect(run(training(""), [], { RANK: "1" }).said).toEqual([]);
  });

  it("it runs on the oldest Python that transformers 4.36 takes", () => {
    expect(execFileSync(python, ["-c", `import ast; ast.parse(open(${JSON.stringify(wrapper)}).read(), feature_version=(3, 8)); print("ok")`], { encoding: "utf8" })).toBe("ok\n");
  });
});

it("simpletransformers trains one epoch on few rows and saves nothing, whatever its arguments say", () => {
  const { stdout, left, said } = run(py`
    from simpletransformers.classification.classification_model import ClassificationModel

    model = ClassificationModel(args={"num_train_epochs": 5})
    model.train_model(list(range(1000)), output_dir="here", args={"num_train_epochs": 9}, eval_df=list(range(1000)))
  `);
  expect(stdout).toBe("trained 1 epochs on 24 rows, saving False evaluating 64\n");
  expect(left).toEqual([]);
  expect(said).toContain("no_save=True instead of False");
});

it("sentence-transformers' fit() takes a few steps and saves nothing, however its arguments are passed", () => {
  const { stdout, left, said } = run(py`
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer()
    model.fit([], None, 4, output_path="fitted")
    model.save("saved")
  `);
  expect(stdout).toBe("fitted 1 epochs of 3 steps\n");
  expect(left).toEqual([]);
  expect(said).toEqual(expect.arrayContaining(["epochs=1 instead of 4", "steps_per_epoch=3 instead of None", "output_path=None instead of 'fitted'", "saved to saved until the end of this run"]));
});
