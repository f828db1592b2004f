/** What is executed for what was chosen, and that the preview is just that. */
import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { gpuNamed, visibleGpus } from "../../runner/src/gpuMask.js";
import { LaunchProblem, planLaunch, previewOf, type LaunchRequest } from "../../runner/src/launch.js";
import { redactedArguments, redactedEnvironment } from "../../runner/src/redact.js";
import { runsFolder } from "../../runner/src/runs.js";
import { RunsFolder } from "./support/runs.js";

const known = [
  { uuid: "GPU-aaa", index: 0 },
  { uuid: "GPU-bbb", index: 1 },
  { uuid: "GPU-ccc", index: 2 },
];

function plan(request: Partial<LaunchRequest> = {}): ReturnType<typeof planLaunch> {
  return planLaunch({
    script: "/w/train.py",
    args: ["--epochs", "3"],
    env: {},
    baseEnv: { PATH: "/usr/bin" },
    cwd: "/w",
    interpreter: "/env/bin/python",
    launcher: "python",
    gpus: "all",
    knownGpus: known,
    ...request,
  });
}

describe("the command", () => {
  const rest = "/w/train.py --epochs 3";
  test.each<[Partial<LaunchRequest>, string]>([
    [{}, `/env/bin/python ${rest}`],
    [{ smokeWrapper: "/x/smoke.py" }, `/env/bin/python /x/smoke.py ${rest}`],
    [{ launcher: "torchrun" }, `/env/bin/python -m torch.distributed.run --standalone --nproc_per_node=3 ${rest}`],
    [{ launcher: "torchrun", gpus: ["GPU-ccc", "GPU-aaa"] }, `/env/bin/python -m torch.distributed.run --standalone --nproc_per_node=2 ${rest}`],
    [{ launcher: "torchrun", gpus: "none" }, `/env/bin/python -m torch.distributed.run --standalone --nproc_per_node=1 ${rest}`],
    [{ launcher: "torchrun", processes: 4 }, `/env/bin/python -m torch.distributed.run --standalone --nproc_per_node=4 ${rest}`],
    [{ launcher: "torchrun", smokeWrapper: "/x/smoke.py", processes: 2 }, `/env/bin/python -m torch.distributed.run --standalone --nproc_per_node=2 /x/smoke.py ${rest}`],
    [{ launcher: "accelerate" }, `/env/bin/python -m accelerate.commands.launch ${rest}`],
    [{ launcher: "accelerate", processes: 2 }, `/env/bin/python -m accelerate.commands.launch --num_processes=2 ${rest}`],
    [{ launcher: "deepspeed" }, `/env/bin/python -m deepspeed.launcher.runner ${rest}`],
    [{ launcher: "deepspeed", processes: 2 }, `/env/bin/python -m deepspeed.launcher.runner --num_gpus=2 ${rest}`],
    // With a count of its own it would leave the mask aside.
    [{ launcher: "deepspeed", processes: 2, gpus: ["GPU-bbb", "GPU-ccc"] }, `/env/bin/python -m deepspeed.launcher.runner ${rest}`],
    [{ launcher: "uv" }, `uv run ${rest}`],
    [{ launcher: "uv", smokeWrapper: "/x/smoke.py" }, `uv run -- python /x/smoke.py ${rest}`],
  ])("%j", (request, command) => {
    expect(plan(request).argv.join(" ")).toBe(command);
  });
});

describe("the GPUs", () => {
  test.each<[LaunchRequest["gpus"], string | undefined, string | null, string[]]>([
    ["all", undefined, null, ["GPU-aaa", "GPU-bbb", "GPU-ccc"]],
    ["all", "2,0", "2,0", ["GPU-ccc", "GPU-aaa"]],
    ["all", "", "", []],
    ["none", "1", "", []],
    [["GPU-bbb"], undefined, "1", ["GPU-bbb"]],
    [["GPU-ccc", "GPU-aaa"], undefined, "2,0", ["GPU-ccc", "GPU-aaa"]],
    [["GPU-ccc"], "1,2", "2", ["GPU-ccc"]],
    [["GPU-ccc"], "GPU-b,GPU-ccc", "2", ["GPU-ccc"]],
    [["MIG-1234"], undefined, "MIG-1234", ["MIG-1234"]],
  ])("%j where the mask is %j", (gpus, set, gpuMask, uuids) => {
    const made = plan({ gpus, baseEnv: { PATH: "/usr/bin", ...(set !== undefined && { CUDA_VISIBLE_DEVICES: set }) } });
    expect(made).toMatchObject({ gpuMask, gpus: uuids });
    expect(made.env["CUDA_VISIBLE_DEVICES"] ?? null).toBe(gpuMask);
    expect(made.env["CUDA_DEVICE_ORDER"]).toBe("PCI_BUS_ID");
  });

  test("a mask that is set is respected, wherever it is set", () => {
    const outside = "GPU 0 is not among those that CUDA_VISIBLE_DEVICES=1,2 allows. Choose one of these, or unset CUDA_VISIBLE_DEVICES.";
    expect(() => plan({ gpus: ["GPU-aaa"], baseEnv: { CUDA_VISIBLE_DEVICES: "1,2" } })).toThrow(new LaunchProblem(outside));
    expect(() => plan({ gpus: ["GPU-aaa"], env: { CUDA_VISIBLE_DEVICES: "1,2" } })).toThrow(outside);
    expect(() => plan({ gpus: [] })).toThrow(/No GPU is chosen/u);
  });

  test("CUDA stops reading a mask at what it doesn't know", () => {
    expect(visibleGpus("1,9,0", known)).toEqual(["GPU-bbb"]);
    expect(visibleGpus("-1", known)).toEqual([]);
    expect(visibleGpus("0", [])).toEqual([]);
    expect(gpuNamed("GPU-b", known)?.index).toBe(1);
  });
});

describe("the environment", () => {
  test("is that of who launches, without the editor's own, with the interpreter's folder first on the path", () => {
    const { env, added } = plan({ baseEnv: { PATH: "/usr/bin", HOME: "/h", ELECTRON_RUN_AS_NODE: "1", VSCODE_IPC_HOOK: "x", PYTHONUNBUFFERED: "1" }, env: { A: "1", HOME: "/h" } });
    expect(added).toEqual({ A: "1", CUDA_DEVICE_ORDER: "PCI_BUS_ID", PATH: `/env/bin${delimiter}/usr/bin` });
    expect(env).toEqual({ ...added, HOME: "/h", PYTHONUNBUFFERED: "1" });
  });

  test("a path that has the interpreter's folder stays as it is, and a bare name changes nothing", () => {
    expect(plan({ baseEnv: { PATH: "/usr/bin:/env/bin" } }).added).not.toHaveProperty("PATH");
    expect(plan({ interpreter: "python3" }).added).not.toHaveProperty("PATH");
  });

  test("a name that is none is refused", () => {
    expect(() => plan({ env: { "A B": "1" } })).toThrow('"A B" is no name of an environment variable');
  });
});

test("the preview, pasted into a shell, is what the plan executes", () => {
  const folder = new RunsFolder("hf preflight 'preview' -");
  const interpreter = folder.write("my env/python", `#!/bin/sh\nprintf '%s\\n' "$0" "$@" "X=$X" "Y=$Y" "M=$CUDA_VISIBLE_DEVICES" "U=$PYTHONUNBUFFERED" "P=$PATH"\n`);
  execFileSync("chmod", ["+x", interpreter]);
  const base = { PATH: "/usr/bin:/bin" };
  const args = ["a b", "it's", "$HOME", "`id`", "\\", "ü", "", "a\nb", "--x={1..3}"];
  const made = plan({ interpreter, script: join(folder.path, "train me.py"), args, baseEnv: base, env: { X: "a 'b' $c", Y: "" }, gpus: "none" });
  const run = (file: string, words: readonly string[], env: Record<string, string>): string => execFileSync(file, words, { env, encoding: "utf8" });
  const [program = "", ...words] = made.argv;
  expect(run("/bin/sh", ["-c", previewOf(made)], base)).toBe(run(program, words, { ...made.env }));
});

describe("secrets", () => {
  test("stay out of the preview", () => {
    const made = plan({ env: { HF_TOKEN: "hf_secret" }, args: ["--hub_token", "abc", "hf_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] });
    expect(previewOf(made)).toContain("HF_TOKEN='<redacted>' /env/bin/python /w/train.py --hub_token '<redacted>' '<redacted>'");
  });

  test("are told by their names, and what only sounds like one stays", () => {
    const env = { HF_TOKEN: "1", WANDB_API_KEY: "1", AWS_SECRET_ACCESS_KEY: "1", DB_PASSWORD: "1", hub_token: "1", TOKENIZERS_PARALLELISM: "false", CUDA_HOME: "/c", EMPTY_KEY: "" };
    expect(redactedEnvironment(env)).toEqual({
      HF_TOKEN: "<redacted>",
      WANDB_API_KEY: "<redacted>",
      AWS_SECRET_ACCESS_KEY: "<redacted>",
      DB_PASSWORD: "<redacted>",
      hub_token: "<redacted>",
      TOKENIZERS_PARALLELISM: "false",
      CUDA_HOME: "/c",
      EMPTY_KEY: "",
    });
  });

  test.each([
    [["--token", "x"], ["--token", "<redacted>"]],
    [["--hf_token=x"], ["--hf_token=<redacted>"]],
    [["--use_auth_token", "--fp16"], ["--use_auth_token", "--fp16"]],
    [["--pad_token", "<pad>", "--max_tokens=5", "--sort_key", "length"], ["--pad_token", "<pad>", "--max_tokens=5", "--sort_key", "length"]],
    [["https://user:pw@host/x"], ["https://<redacted>@host/x"]],
    [["--url=postgres://u:p@h/d"], ["--url=postgres://<redacted>@h/d"]],
    [["value-of-the-secret!"], ["<redacted>!"]],
  ])("%j", (args, expected) => {
    expect(redactedArguments(args, { MY_SECRET: "value-of-the-secret", SHORT_KEY: "a" })).toEqual(expected);
  });
});

test("where runs are kept", () => {
  expect(runsFolder({ HOME: "/h" })).toBe("/h/.local/state/hf-preflight/runs");
  expect(runsFolder({ HOME: "/h", XDG_STATE_HOME: "/s" })).toBe("/s/hf-preflight/runs");
  expect(runsFolder({ HOME: "/h", XDG_STATE_HOME: "relative" })).toBe("/h/.local/state/hf-preflight/runs");
  expect(runsFolder({ HOME: "/h", XDG_STATE_HOME: "/s", HF_PREFLIGHT_RUNS: "/r" })).toBe("/r");
});
