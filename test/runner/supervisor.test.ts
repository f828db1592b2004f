/** A run from its beginning to its end: real scripts under the real supervisor. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listRuns } from "../../runner/src/runs.js";
import { StartProblem } from "../../runner/src/start.js";
import { allTextIn, ended, gpuLines, logOf, metricLines, numberPrinted, printed, python, RunsFolder, until } from "./support/runs.js";

describe("how it ended", () => {
  test.each([
    ["finished", "print('done')", { exitCode: 0, signal: null }],
    ["failed", "import sys; sys.exit(3)", { exitCode: 3, signal: null }],
    ["failed", "raise ValueError('no')", { exitCode: 1, signal: null }],
    ["failed", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", { exitCode: null, signal: "SIGKILL" }],
    ["failed", "import os; os.abort()", { exitCode: null, signal: "SIGABRT" }],
  ])("%s: %s", async (state, text, ending) => {
    const run = await new RunsFolder().finish(text);
    expect(run).toMatchObject({ state, reason: null, supervised: false, record: { ...ending, problem: null, leftovers: [], paused: null } });
    expect(Date.parse(run.record.ended ?? "")).toBeGreaterThanOrEqual(Date.parse(run.record.started));
    expect(run.record.seconds).toBeGreaterThan(0);
  });

  test("the record is there from the first moment, and only the record is left at the end", async () => {
    const folder = new RunsFolder();
    const run = await folder.start("import time\nprint('up', flush=True)\ntime.sleep(600)");
    expect(run).toMatchObject({ state: "running", supervised: true, record: { ended: null, seconds: null, exitCode: null } });
    await printed(run, "up");
    process.kill(-(run.record.process?.pid ?? 0), "SIGKILL");
    const last = await ended(run);
    expect(last.record.signal).toBe("SIGKILL");
    const files = execFileSync("ls", ["-A", run.dir], { encoding: "utf8" }).trim().split("\n");
    expect(files).toEqual(["gpu.jsonl", "metrics.jsonl", "output.log", "run.json", "script.py"]);
    expect(readFileSync(join(run.dir, "run.json"), "utf8")).toMatch(/^\{\n[^]*\n\}\n$/u);
  });
});

describe("what the script gets", () => {
  test("its arguments and variables as they are, no input, a session of its own, and nothing of the editor's", async () => {
    const text = `
import json, os, sys
print(json.dumps({"argv": sys.argv[1:], "input": sys.stdin.read(), "leader": os.getsid(0) == os.getpid() == os.getpgrp(), "cwd": os.getcwd(),
  "env": {k: v for k, v in os.environ.items() if k.startswith(("X_", "PYTHONUNBUFFERED", "CUDA_", "ELECTRON", "VSCODE", "HF_PREFLIGHT_RUN"))}}))
`;
    const folder = new RunsFolder();
    const args = ["a b", "$HOME", "'", '"', "", "ü 🤗", "--x=1", "*"];
    const baseEnv = { PATH: process.env["PATH"], VSCODE_PID: "1", ELECTRON_RUN_AS_NODE: "1", X_BASE: "1", PYTHONUNBUFFERED: "" };
    const run = await folder.finish(text, { args, baseEnv, env: { X_OWN: "a=b c" }, gpus: "none" });
    expect(JSON.parse(logOf(run))).toEqual({
      argv: args,
      input: "",
      leader: true,
      cwd: folder.path,
      env: { X_BASE: "1", X_OWN: "a=b c", PYTHONUNBUFFERED: "1", CUDA_DEVICE_ORDER: "PCI_BUS_ID", CUDA_VISIBLE_DEVICES: "", HF_PREFLIGHT_RUN: run.record.id },
    });
    expect(run.record).toMatchObject({ gpuMask: "", env: { X_OWN: "a=b c", PYTHONUNBUFFERED: "1", CUDA_DEVICE_ORDER: "PCI_BUS_ID", CUDA_VISIBLE_DEVICES: "" } });
    expect(run.record.env).not.toHaveProperty("X_BASE");
  });

  test("spaces, umlauts and emoji in every path", async () => {
    const folder = new RunsFolder("hf preflight 'ü' 🤗 \"-");
    const script = folder.write("mein Ordner/träin 🚂.py", "import os, sys\nprint(__file__, os.getcwd())");
    const cwd = join(folder.path, "Arbeits ordner");
    mkdirSync(cwd);
    const run = await folder.finish("", { script, cwd });
    expect(run.state).toBe("finished");
    expect(logOf(run)).toBe(`${script} ${cwd}\n`);
    expect(run.record).toMatchObject({ script, cwd, argv: [python, script] });
    expect(readFileSync(join(run.dir, "script.py"), "utf8")).toBe(readFileSync(script, "utf8"));
    expect((await listRuns(folder.runs)).runs.map(({ record }) => record.id)).toEqual([run.record.id]);
  });
});

describe("what it prints", () => {
  test("comes at once without a flush, and what is written below Python's buffers too", async () => {
    const run = await new RunsFolder().start("import os, time\nprint('never flushed')\nos.write(2, b'raw\\n')\ntime.sleep(600)");
    await printed(run, "never flushed\nraw\n");
  });

  test("is kept byte for byte: carriage returns, colours, what is no UTF-8", async () => {
    const bytes = String.raw`b'\x1b[31mred\x1b[0m\r 50%|#####     | 5/10 [00:01<00:01,  4.9it/s]\r100%|##########| 10/10 [00:02<00:00,  4.9it/s]\n\xff\xfe\x80\n\x00'`;
    const run = await new RunsFolder().finish(`import os\nos.write(1, ${bytes})`);
    const log = readFileSync(join(run.dir, "output.log"));
    expect(log.includes(Buffer.from([0xff, 0xfe, 0x80, 0x0a, 0x00]))).toBe(true);
    expect(log.toString("latin1").startsWith("\u001B[31mred\u001B[0m\r 50%|")).toBe(true);
    expect(run).toMatchObject({ state: "finished", record: { problem: null } });
  });

  test("is read for metrics, between the events of its start and its end", async () => {
    const text = `
import sys
sys.stderr.write("\\r  0%|          | 0/10 [00:00<?, ?it/s]")
print("\\r                    \\r{'loss': 2.5, 'grad_norm': 1.0, 'learning_rate': 5e-05, 'epoch': 0.5}")
sys.stderr.write("\\r100%|##########| 10/10 [00:02<00:00,  4.9it/s]\\n")
`;
    const lines = metricLines(await new RunsFolder().finish(text));
    expect(lines[0]).toMatchObject({ kind: "event", event: "start" });
    expect(lines.at(-1)).toMatchObject({ kind: "event", event: "end" });
    expect(lines).toContainEqual(expect.objectContaining({ kind: "metrics", values: expect.objectContaining({ loss: 2.5 }) as unknown }));
    expect(lines).toContainEqual(expect.objectContaining({ kind: "progress", step: 10, total: 10 }));
  });

  test("may be a gigabyte: the script isn't slowed down, the supervisor stays small, and the last metrics are found", async () => {
    // A sparse file counts as printed and takes no room on the disk.
    const text = `
import os, sys, time
for _ in range(2000): os.write(1, b"x" * 9999 + b"\\n")
os.ftruncate(1, 1 << 30)
print("\\n{'loss': 0.125, 'learning_rate': 5e-05, 'epoch': 1.0}")
print("all printed")
time.sleep(600)
`;
    const run = await new RunsFolder().start(text);
    const tail = (): string => execFileSync("tail", ["-c", "100", join(run.dir, "output.log")], { encoding: "latin1" });
    await until("the last line", () => tail().includes("all printed"));
    expect(statSync(join(run.dir, "output.log")).size).toBeGreaterThan(1 << 30);
    await until("the last metrics", () => metricLines(run).some(({ values }) => values?.["loss"] === 0.125));
    const status = readFileSync(`/proc/${run.record.supervisor.pid}/status`, "utf8");
    expect(Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1])).toBeLessThan(200_000);
    process.kill(run.record.process?.pid ?? 0, "SIGKILL");
    expect((await ended(run)).record.problem).toMatch(/^The script printed faster than its metrics can be read: \d+ MB/u);
  });
});

describe("what is kept", () => {
  test("no secret reaches a file: not from the environment, not from the arguments", async () => {
    const secrets = ["s3cret-token-1", "s3cret-key-2", "s3cret-pass-3", "s3cret-arg-4", "s3cret-opt-5"];
    const [token = "", key = "", pass = "", arg = "", option = ""] = secrets;
    const run = await new RunsFolder().finish("import os; print(len(os.environ['HF_TOKEN']))", {
      baseEnv: { ...process.env, WANDB_API_KEY: key },
      env: { HF_TOKEN: token, MY_PASSWORD: pass, HTTPS_PROXY: `http://me:${pass}@proxy:80` },
      args: ["--hub_token", arg, `--api-key=${option}`, `prefix-${key}`, "--max_new_tokens", "20"],
    });
    expect(logOf(run)).toBe(`${token.length}\n`);
    const all = allTextIn(run.dir);
    for (const secret of secrets) expect(all).not.toContain(secret);
    expect(run.record.args).toEqual(["--hub_token", "<redacted>", "--api-key=<redacted>", "prefix-<redacted>", "--max_new_tokens", "20"]);
    expect(run.record.env).toMatchObject({ HF_TOKEN: "<redacted>", MY_PASSWORD: "<redacted>", HTTPS_PROXY: "http://<redacted>@proxy:80" });
    expect(statSync(run.dir).mode & 0o077).toBe(0);
  });

  test("the commit and what the work tree had beyond it", async () => {
    const folder = new RunsFolder();
    const git = (...args: string[]): string =>
      execFileSync("git", ["-C", folder.path, "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", ...args], { encoding: "utf8" });
    folder.write("train.py", "print(1)\n");
    git("init", "-q");
    git("add", "train.py");
    git("commit", "-q", "-m", "first");
    const clean = await folder.finish("print(1)\n");
    expect(clean.record.git).toEqual({ commit: git("rev-parse", "HEAD").trim(), dirty: false });
    expect(existsSync(join(clean.dir, "worktree.diff"))).toBe(false);
    const dirty = await folder.finish("print(2)\n");
    expect(dirty.record.git?.dirty).toBe(true);
    expect(readFileSync(join(dirty.dir, "worktree.diff"), "utf8")).toContain("-print(1)\n+print(2)\n");
    folder.write("train.py", `print(1)\n${"# a long line of a long script\n".repeat(60_000)}`);
    const large = await folder.finish("", { script: join(folder.path, "train.py") });
    expect(statSync(join(large.dir, "worktree.diff")).size).toBeLessThan(1_001_000);
  });

  test("without nvidia-smi: why there is no curve, said once, and the machine's memory all the same", async () => {
    const run = await new RunsFolder().start("import time\ntime.sleep(600)");
    const lines = await until("three samples", () => {
      const all = gpuLines(run);
      return all.filter((line) => "gpus" in line).length >= 3 && all;
    });
    expect(lines.filter((line) => "gap" in line)).toEqual([{ t: expect.any(String) as unknown, gap: expect.stringContaining("was not found") as unknown }]);
    expect(lines.at(-1)).toMatchObject({ gpus: [], run: { memoryMib: null }, host: { totalMib: expect.any(Number) as unknown } });
  });
});

describe("what can't be started leaves no folder and says why", () => {
  test.each<[string, Parameters<RunsFolder["start"]>[1], RegExp]>([
    ["no such interpreter", { interpreter: "/nowhere/python" }, /^Can't start \/nowhere\/python: there is no such program\.$/u],
    ["no such script", { script: "/nowhere/train.py" }, /^There is no script \/nowhere\/train\.py\.$/u],
    ["no such working directory", { cwd: "/nowhere" }, /^The working directory \/nowhere is not there\.$/u],
    ["no supervisor", { supervisor: "/nowhere/runner.js" }, /is not complete: \/nowhere\/runner\.js is missing/u],
    ["arguments beyond what the system takes", { args: ["x".repeat(3_000_000)] }, /are too long\.$/u],
  ])("%s", async (_, options, message) => {
    const folder = new RunsFolder();
    const problem = await folder.start("", options).then(() => undefined, (error: unknown) => error);
    expect(problem).toBeInstanceOf(StartProblem);
    expect((problem as Error).message).toMatch(message);
    expect((await listRuns(folder.runs)).runs).toEqual([]);
  });

  test("an interpreter that may not be executed", async () => {
    const folder = new RunsFolder();
    const interpreter = folder.write("python", "#!/bin/sh\n");
    chmodSync(interpreter, 0o644);
    await expect(folder.start("", { interpreter })).rejects.toThrow(/may not be executed/u);
  });

  test("a supervisor that breaks down says what it said", async () => {
    const folder = new RunsFolder();
    const supervisor = folder.write("broken.js", "throw new Error('out of order')");
    await expect(folder.start("", { supervisor })).rejects.toThrow(/ended before it could start the script[^]*out of order/u);
  });

  test("a runs folder that is a file", async () => {
    const folder = new RunsFolder();
    const runs = folder.write("a file", "");
    await expect(folder.start("", { runs })).rejects.toThrow(/can't be kept in/u);
  });
});

test("two at the same time don't know of each other", async () => {
  const folder = new RunsFolder();
  const script = folder.write("train.py", "import os, time\nprint('pid', os.getpid(), flush=True)\ntime.sleep(600)");
  const runs = await Promise.all([1, 2, 3].map(() => folder.start("", { script })));
  const pids = await Promise.all(runs.map((run) => numberPrinted(run, "pid")));
  expect(runs.map(({ record }) => record.process?.pid)).toEqual(pids);
  expect(new Set(pids).size).toBe(3);
  process.kill(pids[0] ?? 0, "SIGKILL");
  expect(await ended(runs[0] as (typeof runs)[number])).toMatchObject({ state: "failed" });
  const { runs: listed } = await listRuns(folder.runs);
  expect(listed.map(({ state }) => state).sort()).toEqual(["failed", "running", "running"]);
});
