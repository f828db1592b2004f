/** Which versions the terminal checks for: found out, told, or left unknown. */
import { describe, expect, test } from "vitest";
import { Folder, type RunOptions } from "./support/cli.js";

const script = `from trl import SFTConfig, SFTTrainer
args = SFTConfig(output_dir="out", save_steps=0.1)
SFTTrainer(model="gpt2", args=args, train_dataset=dataset)
`;
/** No python on the path: what this machine has must not count. */
const bare: RunOptions = { env: { PATH: "/nowhere" } };

function installed(prefix: string, version: string): Record<string, string> {
  const site = `${prefix}/lib/python3.11/site-packages`;
  return {
    [`${prefix}/pyvenv.cfg`]: "version = 3.11.7\n",
    [`${prefix}/bin/python`]: "",
    [`${site}/transformers-${version}.dist-info/METADATA`]: "",
    [`${site}/trl-0.12.2.dist-info/METADATA`]: "",
  };
}

function severity(folder: Folder, args: readonly string[] = [], { env = {}, ...options }: RunOptions = {}): string | undefined {
  const { stdout } = folder.cli(["check", "--output-format", "json", ...args], { ...options, env: { ...bare.env, ...env } });
  return (JSON.parse(stdout) as { severity: string }[])[0]?.severity;
}

/** transformers of a table line of `versions`. */
function transformers(folder: Folder, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): string {
  const { code, stderr, stdout } = folder.cli(["versions", ...args], { env: { ...bare.env, ...env } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return /^transformers +(.*)$/m.exec(stdout)?.[1]?.replace(/ +/g, " ") ?? "";
}

describe("check", () => {
  test("speaks for the versions that are installed beside the script", () => {
    const folder = new Folder({ "train.py": script });
    expect(severity(folder)).toBe("warning");
    for (const [name, text] of Object.entries(installed(".venv", "4.46.3"))) folder.write(name, text);
    expect(severity(folder)).toBe("hint");
    expect(severity(folder, ["--isolated"])).toBe("warning");
    expect(severity(folder, ["--versions", "trl=0.12.2"])).toBe("warning");
    expect(severity(folder, ["--versions", "transformers=4.28"])).toBe("error");
  });

  test("--python says which environment, by its executable or its folder", () => {
    const folder = new Folder({ "train.py": script, ...installed(".venv", "4.28.0"), ...installed("other", "4.46.3") });
    expect(severity(folder)).toBe("error");
    expect(severity(folder, ["--python", "other/bin/python"])).toBe("hint");
    expect(severity(folder, ["--python", "other"])).toBe("hint");
  });

  test("the activated environment goes before the project's folder", () => {
    const folder = new Folder({ "train.py": script, ...installed(".venv", "4.28.0"), ...installed("active", "4.46.3") });
    expect(severity(folder, [], { env: { VIRTUAL_ENV: `${folder.path}/active` } })).toBe("hint");
  });

  test("each script has the versions of its own project and of its own block", () => {
    const block = '# /// script\n# dependencies = ["transformers==4.28.0"]\n# ///\n';
    const folder = new Folder({
      "a/train.py": script,
      "a/requirements.txt": "transformers==4.46.3\ntrl==0.12.2\n",
      "b/train.py": script,
      "b/uv.lock": '[[package]]\nname = "transformers"\nversion = "4.28.0"\n',
      "c/train.py": block + script,
    });
    const found = JSON.parse(folder.cli(["check", "--output-format", "json"], bare).stdout) as { filename: string; severity: string }[];
    expect(found.map(({ filename, severity }) => `${filename.slice(folder.path.length + 1)} ${severity}`)).toEqual(["a/train.py hint", "b/train.py error", "c/train.py error"]);
    expect(severity(folder, ["--stdin-filename", "a/other.py"], { input: script })).toBe("hint");
    expect(severity(folder, ["--stdin-filename", "new/other.py"], { input: block + script })).toBe("error");
  });

  test.each([
    [["--python", "nowhere/bin/python"], "--python: nowhere/bin/python does not exist.\n"],
    [["--python", ".", "--isolated"], "--python and --isolated contradict each other.\n"],
  ])("%j is a mistake, for check and for versions", (args, stderr) => {
    const folder = new Folder({ "train.py": script });
    expect(folder.cli(["check", ...args])).toEqual({ code: 2, stdout: "", stderr });
    expect(folder.cli(["versions", ...args])).toEqual({ code: 2, stdout: "", stderr });
  });
});

describe("what is not installed", () => {
  const bitsandbytes = (folder: Folder, args: readonly string[] = []): string => {
    const { stdout } = folder.cli(["versions", ...args], bare);
    return /^bitsandbytes +(.*)$/m.exec(stdout)?.[1]?.replace(/ +/g, " ") ?? "";
  };
  const optimizer = `from transformers import Trainer, TrainingArguments
args = TrainingArguments("out", optim="adamw_8bit")
trainer = Trainer(model, args, train_dataset=data)
trainer.train()
`;

  test("is told by the environment, by the configuration or by --versions", () => {
    const folder = new Folder({ "train.py": optimizer, ...installed(".venv", "4.57.6") });
    expect(bitsandbytes(folder)).toBe("not installed (.venv)");
    expect(bitsandbytes(folder, ["--versions", "bitsandbytes=none"])).toBe("not installed (--versions)");
    expect(bitsandbytes(folder, ["--isolated"])).toBe("unknown");
    folder.write("hf-preflight.toml", 'versions = { bitsandbytes = "none" }\n');
    expect(bitsandbytes(folder)).toBe("not installed (hf-preflight.toml)");
    const report = JSON.parse(folder.cli(["versions", "--output-format", "json"], bare).stdout) as { libraries: { library: string }[] };
    expect(report.libraries.find(({ library }) => library === "bitsandbytes")).toEqual({ library: "bitsandbytes", versions: "none", source: "hf-preflight.toml", filename: null, row: null, unknown_because: null });
  });

  test("what is told counts before what is found", () => {
    const folder = new Folder({ "train.py": optimizer, "requirements.txt": "bitsandbytes==0.45.5\n", ...installed(".venv", "4.57.6") });
    expect(bitsandbytes(folder)).toBe("0.45.5 (requirements.txt line 1)");
    expect(severity(folder)).toBe(undefined);
    folder.write("hf-preflight.toml", 'versions = { bitsandbytes = "none" }\n');
    expect(bitsandbytes(folder)).toBe("not installed (hf-preflight.toml)");
    expect(severity(folder)).toBe("error");
    expect(severity(folder, ["--versions", "transformers=4.57.6"])).toBe(undefined);
    expect(severity(folder, ["--versions", "transformers=4.57.6,bitsandbytes=none"])).toBe("error");
  });
});

describe("versions", () => {
  test("says what was found and where", () => {
    const folder = new Folder({ "train.py": "", "requirements.txt": "transformers>=4.40,<5\ntorch\n", ...installed("gpu", "4.57.6") });
    expect(transformers(folder)).toBe(">=4.40,<5 (requirements.txt line 1)");
    expect(transformers(folder, ["--python", "gpu"])).toBe(`4.57.6 (${folder.path}/gpu)`);
    expect(transformers(folder, ["--isolated"])).toBe("unknown");
    expect(transformers(folder, ["--versions", "trl=0.9"])).toBe("unknown");
    folder.write("hf-preflight.toml", 'versions = { transformers = "4.1" }\n');
    expect(transformers(folder, ["--python", "gpu"])).toBe("4.1 (hf-preflight.toml)");
  });

  test("is an aligned table, with the interpreter and what is wrong below", () => {
    const folder = new Folder({ "train.py": "", "requirements.txt": "trl=0.1\npeft @ git+https://github.com/huggingface/peft\n", ...installed(".venv", "4.57.6") });
    folder.write(".venv/lib/python3.11/site-packages/transformers-4.46.3.dist-info/METADATA", "");
    const { stdout } = folder.cli(["versions", "train.py"], bare);
    const [head, , below, problems] = [stdout.split("\n").slice(0, 3), "", ...stdout.split("\n\n").slice(1)];
    expect(head).toEqual([
      "transformers           4.46.3 or 4.57.6  (.venv)",
      "trl                    0.12.2            (.venv)",
      "peft                   unknown           (requirements.txt line 2: it comes from a git repository)",
    ]);
    expect(below).toBe("interpreter            .venv/bin/python, Python 3.11 (project folder)");
    expect(problems).toBe(
      '! .venv holds transformers 4.46.3 and 4.57.6: install it again to have one.\n! requirements.txt line 1: "trl=0.1" is no requirement; write it like "trl>=4.46,<5".\n',
    );
  });

  test("as JSON", () => {
    const folder = new Folder({ "train.py": "", "requirements.txt": "trl>=0.12\n-r gone.txt\n", ...installed(".venv", "4.57.6") });
    const report = JSON.parse(folder.cli(["versions", "train.py", "--output-format", "json"], bare).stdout) as { libraries: unknown[] };
    const venv = `${folder.path}/.venv`;
    expect(report).toMatchObject({
      interpreter: { path: `${venv}/bin/python`, source: "project folder", python: "3.11", package_folders: [`${venv}/lib/python3.11/site-packages`] },
      problems: [{ message: 'requirements.txt line 2: "gone.txt" does not exist.', filename: `${folder.path}/requirements.txt`, row: 2 }],
    });
    const dist = `${venv}/lib/python3.11/site-packages/transformers-4.57.6.dist-info`;
    expect(report.libraries[0]).toEqual({ library: "transformers", versions: "4.57.6", source: ".venv", filename: dist, row: null, unknown_because: null });
    expect(report.libraries.at(-1)).toEqual({ library: "torch", versions: null, source: null, filename: null, row: null, unknown_because: null });
  });

  test("a path that isn't there is a mistake", () => {
    expect(new Folder({}).cli(["versions", "gone.py"])).toMatchObject({ code: 2, stdout: "" });
  });
});
