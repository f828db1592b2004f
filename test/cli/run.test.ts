/** `hf-preflight run`, `runs`, `logs` and `stop`, as processes: alone, in a pipe, and on a terminal. */
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readRun, type Run } from "../../runner/src/runs.js";
import { ChangingGpu } from "../runner/support/changingGpu.js";
import { ended, gpuLines, isDead, kill, printed, python, RunsFolder, until } from "../runner/support/runs.js";
import { dist } from "./support/cli.js";
import { TestTerminal } from "./support/terminal.js";

interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What ended up on both streams, while it goes on. */
class Command {
  stdout = "";
  stderr = "";
  readonly child: ChildProcess;
  readonly result: Promise<Result>;

  constructor(args: readonly string[], folder: RunsFolder, env: Readonly<Record<string, string>> = {}, bundle = "cli.js") {
    const all = { PATH: process.env["PATH"] ?? "", HF_PREFLIGHT_RUNS: folder.runs, HF_PREFLIGHT_NVIDIA_SMI: '["/nowhere/nvidia-smi"]', ...env };
    this.child = spawn(process.execPath, [join(dist, bundle), ...args], { cwd: folder.path, env: all, stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.result = new Promise((resolve) => this.child.once("close", (code, signal) => resolve({ code, signal, stdout: this.stdout, stderr: this.stderr })));
    onTestFinished(() => void this.child.kill("SIGKILL"));
  }
}

function call(args: readonly string[], folder: RunsFolder, env?: Readonly<Record<string, string>>, bundle?: string): Promise<Result> {
  return new Command(args, folder, env, bundle).result;
}

async function theRun(folder: RunsFolder): Promise<Run> {
  const [name] = await until("a run", () => {
    const names = readdirSync(folder.runs, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
    return names.length > 0 && names;
  }).catch(() => [undefined]);
  const dir = join(folder.runs, name ?? "");
  return until("its record", () => readRun(dir).catch(() => undefined));
}

const waits = "import time\nprint('ready')\ntime.sleep(600)";

describe("run", () => {
  test.each([
    ["a clean end", "print('out'); import sys; print('err', file=sys.stderr)", 0, /^Finished after \d+ s\.$/mu],
    ["its exit code", "import sys; print('out\\nerr'); sys.exit(7)", 7, /^Failed with exit code 7 after \d+ s\.$/mu],
    ["a signal", "import os; print('out\\nerr'); os.kill(os.getpid(), 9)", 137, /^Failed by SIGKILL after \d+ s\.$/mu],
  ])("%s; the output is on stdout and nothing else, what we say on stderr", async (_, text, code, ending) => {
    const folder = new RunsFolder();
    folder.write("train.py", text);
    const result = await call(["run", "--python", python, "train.py"], folder);
    expect(result).toMatchObject({ code, stdout: "out\nerr\n" });
    expect(result.stderr).toMatch(/^Run \d{8}-\d{6}-[0-9a-f]{4}: .*train\.py$/mu);
    expect(result.stderr).toMatch(ending);
  });

  test("arguments after --, variables, working directory, an environment's folder, paths with spaces", async () => {
    const folder = new RunsFolder("hf preflight ü-");
    folder.write("my scripts/train me.py", "import os, sys; print(sys.argv[1:], os.environ['A'], os.environ['B'], os.getcwd())");
    folder.write("work here/x", "");
    folder.write("my env/bin/python", `#!/bin/sh\nexec '${python}' "$@"\n`);
    chmodSync(join(folder.path, "my env/bin/python"), 0o755);
    const args = ["--python", "my env", "--cwd", "work here", "--env", "A=1 2", "--env", "B=x=y", "my scripts/train me.py", "--", "--lr", "1e-5", "--", "-x"];
    const { stdout, code } = await call(["run", ...args], folder);
    expect({ stdout, code }).toEqual({ code: 0, stdout: `['--lr', '1e-5', '--', '-x'] 1 2 x=y ${join(folder.path, "work here")}\n` });
  });

  test("errors of the check come first, on stderr, and stop nothing; --no-check leaves them out", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", "if False:\n    import transformers\nbad = risky = 1\nprint('ran')\n");
    const args = ["run", "--python", python, "train.py"];
    const checked = await call(args, folder, {}, "fake.js");
    expect(checked).toMatchObject({ code: 0, stdout: "ran\n" });
    expect(checked.stderr).toMatch(/^train\.py:3:1: error\[fake\/bad\] bad is not good/mu);
    expect(checked.stderr).toContain("1 error. It runs all the same; --no-check leaves the check out.");
    expect(checked.stderr).not.toContain("risky");
    expect((await call([...args, "--no-check"], folder, {}, "fake.js")).stderr).not.toContain("error");
    folder.write("hf-preflight.toml", "nonsense = 1");
    const wrong = await call(args, folder, {}, "fake.js");
    expect(wrong).toMatchObject({ code: 0, stdout: "ran\n" });
    expect(wrong.stderr).toContain("The script was not checked.");
  });

  test.each<[string, string[], RegExp]>([
    ["no script", [], /^Which script\? hf-preflight run train\.py/u],
    ["a script that isn't there", ["nowhere.py"], /^There is no script nowhere\.py\.$/mu],
    ["an option of the script's", ["train.py", "--epochs", "3"], /Unknown option "--epochs" for run\. What is meant for the script goes after --: /u],
    ["an interpreter that isn't there", ["--python", "/nowhere/python", "train.py"], /^--python: \/nowhere\/python does not exist\.$/mu],
    ["an interpreter that doesn't run", ["--python", "train.py", "train.py"], /^Can't start .*train\.py: it may not be executed\.$/mu],
    ["a working directory that isn't there", ["--cwd", "nowhere", "train.py"], /^The working directory .*nowhere is not there\.$/mu],
    ["a variable without a value", ["--env", "A", "train.py"], /^--env: "A" is no assignment\. Write it like --env HF_HOME=\/data\.$/mu],
    ["a launcher that there isn't", ["--launcher", "torchrunn", "train.py"], /"torchrunn" is no launcher\. Did you mean "torchrun"\?/u],
    ["a GPU where there is none", ["--gpu", "0", "train.py"], /^--gpu 0: the GPUs can't be seen\. .*Leave --gpu out, or say --gpu none\.$/mu],
    ["the emptiest GPU where there is none", ["--gpu", "auto", "train.py"], /^--gpu auto: the GPUs can't be seen\./u],
    ["no number of processes", ["--processes", "two", "train.py"], /^--processes: "two" is no number of processes\.$/mu],
  ])("%s: exit code 2, and no run", async (_, args, message) => {
    const folder = new RunsFolder();
    folder.write("train.py", "print('ran')");
    const result = await call(["run", ...(args.includes("--python") ? [] : ["--python", python]), ...args], folder);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toMatch(message);
    expect((await call(["runs"], folder)).stderr).toMatch(/^No runs in/u);
  });

  test("--gpu none hides the GPUs", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", "import os; print(repr(os.environ['CUDA_VISIBLE_DEVICES']))");
    expect((await call(["run", "--python", python, "--gpu", "none", "train.py"], folder)).stdout).toBe("''\n");
  });

  test.each([
    [["--gpu", "1"], "1"],
    [["--gpu", "1,0"], "1,0"],
    [["--gpu", "GPU-00000001"], "1"],
    // GPU 0 has more memory in use.
    [["--gpu", "auto"], "1"],
    [["--gpu", "all"], "None"],
    [[], "None"],
  ])("%j on a machine with two GPUs", async (options, mask) => {
    const folder = new RunsFolder();
    const gpu = new ChangingGpu(folder);
    folder.write("train.py", "import os; print(os.environ.get('CUDA_VISIBLE_DEVICES'), os.environ['CUDA_DEVICE_ORDER'])");
    const result = await call(["run", "--python", python, ...options, "train.py"], folder, { HF_PREFLIGHT_NVIDIA_SMI: JSON.stringify(gpu.command) });
    expect(result).toMatchObject({ code: 0, stdout: `${mask} PCI_BUS_ID\n` });
    const { record } = await theRun(folder);
    expect(record.gpus).toEqual(mask === "None" ? ["GPU-00000000", "GPU-00000001"] : mask.split(",").map((index) => `GPU-0000000${index}`));
    expect(record.baselineMib).toEqual({ "GPU-00000000": 1000, "GPU-00000001": 300 });
  });

  test("a GPU that there isn't, and one that the mask doesn't allow", async () => {
    const folder = new RunsFolder();
    const env = { HF_PREFLIGHT_NVIDIA_SMI: JSON.stringify(new ChangingGpu(folder).command) };
    folder.write("train.py", "print('ran')");
    const none = await call(["run", "--python", python, "--gpu", "2", "train.py"], folder, env);
    expect(none).toMatchObject({ code: 2, stderr: '--gpu: there is no GPU "2". There are 0 (Test GPU), 1 (Test GPU); or say auto, all or none.\n' });
    const masked = await call(["run", "--python", python, "--gpu", "0", "train.py"], folder, { ...env, CUDA_VISIBLE_DEVICES: "1" });
    expect(masked).toMatchObject({ code: 2, stderr: expect.stringContaining("GPU 0 is not among those that CUDA_VISIBLE_DEVICES=1 allows.") as unknown });
    const auto = await call(["run", "--python", python, "--gpu", "auto", "train.py"], folder, { ...env, CUDA_VISIBLE_DEVICES: "0" });
    expect(auto).toMatchObject({ code: 0, stdout: "ran\n" });
  });

  test("--smoke runs it by the wrapper, with its arguments, and the list says so", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", "import sys; print(__name__, sys.argv[1:])");
    const { code, stdout } = await call(["run", "--python", python, "--smoke", "train.py", "--", "--lr", "1"], folder);
    expect(code).toBe(0);
    expect(stdout).toContain("__main__ ['--lr', '1']\n");
    expect((await theRun(folder)).record).toMatchObject({ smoke: true, argv: [python, expect.stringMatching(/smoke\.py$/u), join(folder.path, "train.py"), "--lr", "1"] });
    expect((await call(["runs"], folder)).stdout).toContain("train.py --lr 1 (smoke run)");
  });

  test("SIGINT asks the script, once more insists, and the third time kills; the exit code is the script's", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", "import signal, time\nfor s in (2, 15): signal.signal(s, lambda n, f: print('got', n))\nprint('ready')\nwhile True: time.sleep(0.05)");
    const command = new Command(["run", "--python", python, "train.py"], folder);
    await until("ready", () => command.stdout.includes("ready"));
    for (const got of ["got 2", "got 15"]) {
      command.child.kill("SIGINT");
      await until(got, () => command.stdout.includes(got));
    }
    command.child.kill("SIGINT");
    const result = await command.result;
    expect(result.code).toBe(137);
    expect(result.stderr).toMatch(/\(SIGINT\), so that it can save[^]*\(SIGTERM\)[^]*Killed the script \(SIGKILL\)\.[^]*Stopped by SIGKILL after/u);
  });

  test("SIGTERM is meant for the script as well", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", waits);
    const command = new Command(["run", "--python", python, "train.py"], folder);
    await until("ready", () => command.stdout.includes("ready"));
    command.child.kill("SIGTERM");
    expect(await command.result).toMatchObject({ code: 143 });
  });

  test("a hang-up detaches: the run goes on", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", waits);
    const command = new Command(["run", "--python", python, "train.py"], folder);
    await until("ready", () => command.stdout.includes("ready"));
    command.child.kill("SIGHUP");
    expect((await command.result).code).toBe(129);
    expect(await theRun(folder)).toMatchObject({ state: "running", supervised: true });
  });

  test("a reader that goes away detaches too", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", "import time\nwhile True: print('line'); time.sleep(0.02)");
    const command = new Command(["run", "--python", python, "train.py"], folder);
    await until("a line", () => command.stdout.includes("line"));
    command.child.stdout?.destroy();
    const result = await command.result;
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/The run goes on: hf-preflight logs -f \d{8}/u);
    expect(await theRun(folder)).toMatchObject({ state: "running", supervised: true });
  });

  test("the folder removed while it is watched: said, with exit code 1", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", waits);
    const command = new Command(["run", "--python", python, "train.py"], folder);
    await until("ready", () => command.stdout.includes("ready"));
    const run = await theRun(folder);
    folder.adopt(run.record.id);
    rmSync(run.dir, { recursive: true, maxRetries: 10 });
    const result = await command.result;
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/Lost\. Its folder was removed while it ran; the script goes on as process \d+\./u);
    kill(run.record.supervisor.pid, "SIGKILL");
    kill(run.record.process?.pid ?? 0, "SIGKILL");
  });
});

describe("--detach, runs, logs, stop", () => {
  test("on the same run", async () => {
    const folder = new RunsFolder();
    folder.write("train.py", "import time\nprint('é', end='\\r')\nprint('ready', flush=True)\ntime.sleep(600)");
    const detached = await call(["run", "--python", python, "--detach", "train.py"], folder);
    expect(detached).toMatchObject({ code: 0, stderr: "" });
    expect(detached.stdout).toMatch(/^\d{8}-\d{6}-[0-9a-f]{4}\n$/u);
    const id = detached.stdout.trim();
    const run = await theRun(folder);
    expect(run.record.id).toBe(id);
    await printed(run, "ready\n");

    const listed = JSON.parse((await call(["runs", "--output-format", "json"], folder)).stdout) as unknown;
    const one = { id, script: join(folder.path, "train.py"), pid: run.record.process?.pid, started: run.record.started, gpus: [], peak_memory_mib: null, dir: run.dir };
    expect(listed).toEqual([{ ...one, state: "running", ended: null, exit_code: null }]);
    expect((await call(["runs"], folder)).stdout).toMatch(new RegExp(`^ID +STATE +STARTED +TIME +PEAK +SCRIPT\\n${id} +running +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +\\d+ s +- +train\\.py\\n$`, "u"));

    expect(await call(["logs", id], folder)).toMatchObject({ code: 0, stdout: "é\rready\n", stderr: "" });
    expect((await call(["logs", id.slice(0, 10)], folder)).stdout).toBe("é\rready\n");
    const following = new Command(["logs", "-f", id], folder);
    await until("the log", () => following.stdout.includes("ready"));
    expect(following.child.exitCode).toBeNull();

    const stopped = await call(["stop", id, "--timeout", "30"], folder);
    expect(stopped).toMatchObject({ code: 0, stdout: "" });
    expect(stopped.stderr).toMatch(/^Sent SIGINT to run .*; waiting up to 30 s\.\nRun .*: Stopped by SIGINT after/u);
    expect(isDead(run.record.process?.pid ?? 0)).toBe(true);
    const followed = await following.result;
    expect(followed).toMatchObject({ code: 0, stdout: expect.stringContaining("KeyboardInterrupt") as unknown });
    const [after] = JSON.parse((await call(["runs", "--output-format", "json"], folder)).stdout) as Record<string, unknown>[];
    expect(after).toEqual({ ...one, state: "stopped", ended: expect.any(String) as unknown, exit_code: null });
    const again = await call(["stop", id], folder);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(/was not running: Stopped by SIGINT/u) as unknown });
  });

  test("stop goes on to SIGTERM and SIGKILL after the time that it was given", async () => {
    const folder = new RunsFolder();
    const run = await folder.start("import signal, time\nfor s in (2, 15): signal.signal(s, signal.SIG_IGN)\nprint('ready')\ntime.sleep(600)");
    await printed(run, "ready");
    const { code, stderr } = await call(["stop", run.record.id, "--timeout", "0.2"], folder);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Sent SIGINT.*0\.2 s\.\nSent SIGTERM.*0\.2 s\.\nSent SIGKILL.*\nRun .*: Stopped by SIGKILL/u);
    expect((await ended(run)).stops.map(({ how }) => how)).toEqual(["interrupt", "terminate", "kill"]);
  });

  test("stop without a supervisor", async () => {
    const folder = new RunsFolder();
    const run = await folder.start(waits);
    await printed(run, "ready");
    process.kill(run.record.supervisor.pid, "SIGKILL");
    await until("its end", () => isDead(run.record.supervisor.pid));
    expect((await call(["stop", run.record.id], folder)).stderr).toMatch(/Stopped\. Its supervisor was gone by then/u);
  });

  test("--runs-dir says where; what is damaged there is told on stderr", async () => {
    const [folder, elsewhere] = [new RunsFolder(), new RunsFolder()];
    const run = await elsewhere.finish("print('there')");
    elsewhere.write("runs/damaged/run.json", "{");
    const { stdout, stderr } = await call(["runs", "--runs-dir", elsewhere.runs, "--output-format", "json"], folder);
    expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual([run.record.id]);
    expect(stderr).toMatch(/damaged.*is damaged: it isn't JSON\.$/mu);
    expect((await call(["logs", "--runs-dir", elsewhere.runs, run.record.id], folder)).stdout).toBe("there\n");
    expect(await call(["runs", "--output-format", "json"], folder)).toMatchObject({ code: 0, stdout: "[]\n" });
  });

  test.each<[string[], RegExp]>([
    [["logs"], /^Of which run\?/u],
    [["stop"], /^Which run\?/u],
    [["logs", "2020"], /^There is no run "2020" in .*"hf-preflight runs" lists them\.$/mu],
    [["stop", "2020"], /^There is no run "2020"/u],
    [["stop", "x", "--timeout", "soon"], /^--timeout: "soon" is no number of seconds\.$/mu],
    [["runs", "x"], /^Too many arguments for runs: "x"/u],
  ])("%j is a mistake", async (args, message) => {
    const result = await call(args, new RunsFolder());
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toMatch(message);
  });

  test("a beginning that several runs share names them", async () => {
    const folder = new RunsFolder();
    const runs = [await folder.finish(""), await folder.finish("")];
    const { code, stderr } = await call(["logs", "2"], folder);
    expect(code).toBe(2);
    for (const { record } of runs) expect(stderr).toContain(record.id);
  });
});

const training = `
import sys, time
print("loading \\033[32mgreen\\033[0m ünïcode 模型")
for i in range(1, 41):
    sys.stderr.write("\\r%3d%%|%-10s| %d/40 [00:%02d<00:%02d, 12.50it/s]" % (i * 100 // 40, "#" * (i // 4), i, i // 12, (40 - i) // 12))
    if i % 10 == 0: print("\\r" + " " * 60 + "\\r{'loss': %.2f, 'learning_rate': 5e-05, 'epoch': %.2f}" % (4 - i / 20, i / 40))
    time.sleep(0.08)
sys.stderr.write("\\n")
print("a line of more than forty columns, so that it wraps in a narrow one")
print("last words")
`;

describe("on a terminal", () => {
  function terminal(folder: RunsFolder, text: string, env: Record<string, string> = {}): TestTerminal {
    folder.write("train.py", text);
    const command = [process.execPath, join(dist, "cli.js"), "run", "--no-check", "--python", python, "train.py"];
    return new TestTerminal({ command, cwd: folder.path, env: { HF_PREFLIGHT_RUNS: folder.runs, HF_PREFLIGHT_NVIDIA_SMI: '["/nowhere/nvidia-smi"]', ...env } });
  }

  test("lines above, one live line below with progress and loss, and nothing of it left at the end", async () => {
    const folder = new RunsFolder();
    const shown = terminal(folder, training);
    await shown.shows(/^\d+ s · +\d+% ━+─+ \d+\/40 · .*12\.5 it\/s/u);
    await shown.shows(/loss [23]\.?\d*/u);
    expect(await shown.ended()).toBe(0);
    const { lines, unknown } = shown.screen;
    expect(unknown).toEqual([]);
    const losses = ["3.50", "3.00", "2.50", "2.00"].map((loss, index) => `{'loss': ${loss}, 'learning_rate': 5e-05, 'epoch': ${((index + 1) / 4).toFixed(2)}}`);
    const first = lines.indexOf("loading green ünïcode 模型");
    expect(lines.slice(first + 1, first + 5)).toEqual(losses);
    expect(lines.join("\n")).not.toContain("━");
    expect(lines.filter((line) => line === "last words")).toHaveLength(1);
    expect(lines.find((line) => line.startsWith("Finished"))).toMatch(/^Finished after \d+ s\.$/u);
    // Colours of the script stay, and end with its line.
    expect(shown.sent).toContain("\u001B[32mgreen\u001B[0m");
    // One write replaces the line: it is never cleared before it is drawn.
    expect(shown.sent).not.toMatch(/\r\u001B\[K\r(?!\n)/u);
  });

  test("made narrower while it runs: one line still, never wider than the terminal", async () => {
    const shown = terminal(new RunsFolder(), training);
    await shown.shows(/━/u);
    shown.shrink();
    const before = shown.sent.length;
    await until("the line in the new width", () => /\r\u001B\[J|\u001B\[\d+A\r\u001B\[J/u.test(shown.sent.slice(before)));
    expect(await shown.ended()).toBe(0);
    const drawn = shown.sent.slice(shown.sent.indexOf("\u001B[J", before) + 3).split(/[\r\n]/u).filter((line) => line.includes(" · ") || line.includes("% "));
    // What is drawn has colours, which take no room.
    for (const line of drawn) expect(line.replace(/\u001B\[[0-9;]*[mKJA]/gu, "").length, line).toBeLessThan(40);
  });

  test("NO_COLOR: not one colour, the script's included; a dumb terminal: no live line at all", async () => {
    const plain = terminal(new RunsFolder(), training, { NO_COLOR: "1" });
    expect(await plain.ended()).toBe(0);
    expect(plain.sent).not.toMatch(/\u001B\[[0-9;]*m/u);
    expect(plain.sent).toContain("loading green");
    const dumb = terminal(new RunsFolder(), training, { TERM: "dumb" });
    expect(await dumb.ended()).toBe(0);
    expect(dumb.sent).not.toMatch(/━|\u001B\[K/u);
  });

  test("Ctrl-C asks the script to stop, and what we say of it stands above the live line", async () => {
    const folder = new RunsFolder();
    const shown = terminal(folder, "import time\ntry:\n    print('ready')\n    time.sleep(600)\nexcept KeyboardInterrupt:\n    print('saving')\n    time.sleep(0.3)\n    print('saved')");
    await shown.shows(/^ready$/u);
    shown.type("\u0003");
    expect(await shown.ended()).toBe(0);
    const { lines } = shown.screen;
    expect(lines).toEqual(expect.arrayContaining(["ready", "saving", "saved"]));
    expect(lines.some((line) => /Asked the script to stop \(SIGINT\), so that it can save\./u.test(line))).toBe(true);
    expect(lines.find((line) => line.startsWith("Stopped"))).toMatch(/^Stopped after \d+ s\.$/u);
  });

  test("GPU memory and use, and what keeps them from being up to date", async () => {
    const folder = new RunsFolder();
    const gpu = new ChangingGpu(folder);
    const shown = terminal(folder, waits, { HF_PREFLIGHT_NVIDIA_SMI: JSON.stringify(gpu.command) });
    await shown.shows(/GPU 0 1000 MiB \/ 24\.0 GiB 90% · GPU 1 300 MiB/u);
    const run = await theRun(folder);
    gpu.use(21_000, run.record.process?.pid ?? 0);
    await shown.shows(/run 19\.5 GiB · GPU 0 20\.5 GiB \/ 24\.0 GiB 90%/u);
    process.kill(run.record.supervisor.pid, "SIGKILL");
    await shown.shows(/^\d+ s · no longer recorded/u);
    shown.type("\u0003");
    expect(await shown.ended()).toBe(1);
    expect(shown.screen.lines.join("\n")).toMatch(/Stopped\. Its supervisor was gone by then, so the exit code isn't known\./u);
  });

  test("the terminal torn away: the run and its samples go on", async () => {
    const folder = new RunsFolder();
    const shown = terminal(folder, waits);
    await shown.shows(/^ready$/u);
    const run = await theRun(folder);
    shown.tearAway();
    await shown.ended();
    const samples = gpuLines(run).length;
    await until("more samples", () => gpuLines(run).length > samples + 1);
    expect(await readRun(run.dir)).toMatchObject({ state: "running", supervised: true, stops: [] });
  });
});
