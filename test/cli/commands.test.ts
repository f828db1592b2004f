/** The other commands, and what ships with the real rules. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createProtocolConnection, InitializeRequest, ShutdownRequest, ExitNotification, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { commands } from "../../cli/src/arguments/options.js";
import { parseVersionList } from "../../cli/src/arguments/versionList.js";
import { rules } from "../../server/src/rules/index.js";
import { ruleDocumentation } from "../../server/src/features/ruleDocumentation.js";
import { dist, Folder } from "./support/cli.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

describe("help", () => {
  test.each([["--help"], ["-h"], ["help"]])("%s lists the commands", (word) => {
    const { code, stdout, stderr } = new Folder({}).cli([word]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name, summary } of commands) expect(stdout).toContain(`  ${name.padEnd(10)}${summary.slice(0, 30)}`);
  });

  test.each(commands)("$name --help names every option", ({ name, options, summary }) => {
    const { code, stdout } = new Folder({}).cli([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout.startsWith(`${summary}\n\nUsage: hf-preflight ${name} [OPTIONS]`)).toBe(true);
    for (const option of options) expect(stdout).toContain(`--${option.name}`);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(140);
    expect(new Folder({}).cli(["help", name]).stdout).toBe(stdout);
  });
});

test.each([["version"], ["--version"], ["-V"]])("%s", (word) => {
  expect(new Folder({}).cli([word])).toEqual({ code: 0, stdout: `hf-preflight ${version}\n`, stderr: "" });
});

describe("rule", () => {
  test("one rule is its page", () => {
    const oneOfEach = rules.filter(({ id }, index) => rules.findIndex((other) => other.id.split("/")[0] === id.split("/")[0]) === index);
    for (const rule of oneOfEach) expect(new Folder({}).cli(["rule", rule.id])).toEqual({ code: 0, stdout: ruleDocumentation(rule), stderr: "" });
  });

  test("--all lists them", () => {
    const lines = new Folder({}).cli(["rule", "--all"]).stdout.trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(rules.map(({ id }) => id));
    expect(lines[0]).toMatch(/^transformers\/strategy-mismatch +error +stable +safe +load_best_model_at_end/);
    expect(lines.every((line) => / (safe|unsafe|placeholder|no fix) /.test(line))).toBe(true);
  });

  test("as JSON", () => {
    const all = JSON.parse(new Folder({}).cli(["rule", "--all", "--output-format", "json"]).stdout) as { code: string }[];
    expect(all.map(({ code }) => code)).toEqual(rules.map(({ id }) => id));
    const [rule] = rules;
    expect(JSON.parse(new Folder({}).cli(["rule", rule?.id ?? "", "--output-format", "json"]).stdout)).toEqual(all[0]);
    expect(all[0]).toMatchObject({ fix: "safe", summary: rule?.docs.summary, severity: rule?.severity, url: expect.stringContaining("docs/rules/") as unknown });
  });
});

describe("versions", () => {
  const folder = (): Folder => new Folder({ "pyproject.toml": '[tool.hf-preflight.versions]\ntransformers = ">=4.46,<5"\n', "sub/a.py": "" });

  test("what the configuration says, else unknown", () => {
    const { code, stdout } = folder().cli(["versions", "sub/a.py"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^transformers +>=4\.46,<5 +\(pyproject\.toml\)\n/);
    expect(stdout).toMatch(/^trl +unknown$/m);
    expect(folder().cli(["versions"], { cwd: "sub" }).stdout).toBe(stdout);
  });

  test("--versions replaces it; --isolated knows nothing", () => {
    expect(folder().cli(["versions", "--versions", "trl=0.9"]).stdout).toMatch(/^transformers +unknown\ntrl +0\.9 +\(--versions\)\n/);
    expect(folder().cli(["versions", "--isolated"]).stdout).not.toContain("(");
  });

  test("as JSON", () => {
    const { libraries } = JSON.parse(folder().cli(["versions", "--output-format", "json"]).stdout) as { libraries: unknown[] };
    expect(libraries.slice(0, 2)).toMatchObject([
      { library: "transformers", versions: ">=4.46,<5", source: "pyproject.toml" },
      { library: "trl", versions: null, source: null },
    ]);
  });

  test.each([
    [["transformers=4.46,trl=0.9"], { transformers: "4.46", trl: "0.9" }],
    [["transformers>=4.46,<5,trl~=0.9"], { transformers: ">=4.46,<5", trl: "~=0.9" }],
    [["transformers==4.46", "trl=0.9"], { transformers: "==4.46", trl: "0.9" }],
    [["transformers=>=4.46,<5"], { transformers: ">=4.46,<5" }],
    [["transformers = >=4.46 , !=4.47 ,trl<1"], { transformers: ">=4.46,!=4.47", trl: "<1" }],
    [["Sentence_Transformers=3.0"], { "sentence-transformers": "3.0" }],
    [["torch==2.*"], { torch: "==2.*" }],
    [["torch===2.1"], { torch: "==2.1" }],
    [["peft!=0.10"], { peft: "!=0.10" }],
    [["bitsandbytes=none,transformers=4.57.6"], { bitsandbytes: "none", transformers: "4.57.6" }],
  ])("--versions %j", (texts, expected) => {
    expect(parseVersionList(texts)).toEqual(expected);
  });
});

test.each([[["--stdio"]], [[]]])("server %j is the language server", async (args) => {
  const child = spawn(process.execPath, [join(dist, "cli.js"), "server", ...args], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.listen();
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  expect(capabilities.codeActionProvider).toBeTruthy();
  await connection.sendRequest(ShutdownRequest.type);
  const ended = new Promise((resolve) => child.on("exit", resolve));
  await connection.sendNotification(ExitNotification.type);
  expect(await ended).toBe(0);
});

test.each([["bitsandbytes=none,<5"], ["bitsandbytes=nothing"]])("--versions %s is a mistake", (text) => {
  expect(() => parseVersionList([text])).toThrow(/is no version or range of bitsandbytes/);
});

describe("with the real rules", () => {
  const mismatch = 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out", load_best_model_at_end=True)\n';

  test("a strategy mismatch is an error in JSON", () => {
    const folder = new Folder({ "train.py": mismatch });
    const { code, stdout, stderr } = folder.cli(["check", "train.py", "--output-format", "json"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject([{ code: "transformers/strategy-mismatch", severity: "error", location: { row: 3 } }]);
  });

  test("a clean script is an empty array", () => {
    const folder = new Folder({ "train.py": mismatch.replace("True", "False") });
    expect(folder.cli(["check", "train.py", "--output-format", "json"])).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  });

  test("what is fixed is not found again", () => {
    const folder = new Folder({ "train.py": mismatch.replace('"out"', '"out", eval_strategy="epoch"') });
    const before = folder.cli(["check", "--diff"]).stdout;
    expect(before).toMatch(/^--- train\.py\n\+\+\+ train\.py\n@@/);
    expect(folder.cli(["check", "--fix"]).code).toBe(0);
    expect(folder.cli(["check"])).toEqual({ code: 0, stdout: "No findings in 1 file.\n", stderr: "" });
  });

  test("versions decide", () => {
    const text = `from trl import SFTConfig, SFTTrainer
args = SFTConfig(output_dir="out", save_steps=0.1)
SFTTrainer(model="gpt2", args=args, train_dataset=dataset)
`;
    const folder = new Folder({ "train.py": text });
    const severity = (...args: string[]): unknown => (JSON.parse(folder.cli(["check", "--output-format", "json", ...args]).stdout) as { severity: string }[])[0]?.severity;
    expect(severity()).toBe("warning");
    expect(severity("--versions", "trl=0.12.2,transformers=4.46.3")).toBe("hint");
    expect(severity("--versions", "transformers<4.29")).toBe("error");
    folder.write("hf-preflight.toml", 'sft-decimal-save-steps = "auto"\nversions = { trl = "0.12.2", transformers = "4.46.3" }');
    expect(severity()).toBeUndefined();
    expect(severity("--isolated")).toBe("warning");
  });

  test("--python is accepted", () => {
    expect(new Folder({ "a.py": "" }).cli(["check", "--python", "/usr/bin/python3"]).code).toBe(0);
  });
});
