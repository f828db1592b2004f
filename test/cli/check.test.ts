/** `hf-preflight check`: options, exit codes, what is checked and what is refused. */
import { spawn } from "node:child_process";
import { chmodSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dist, Folder, type Result } from "./support/cli.js";

const IMPORT = "import transformers\n";

/** `file:row:column code` of the findings, from JSON. */
function found({ stdout }: Result, folder: Folder): string[] {
  const findings = JSON.parse(stdout) as { code: string; filename: string; location: { row: number; column: number } }[];
  return findings.map(({ code, filename, location }) => `${filename.replace(`${folder.path}/`, "")}:${location.row}:${location.column} ${code}`);
}

function json(folder: Folder, ...args: string[]): string[] {
  return found(folder.fake(["check", "--output-format", "json", ...args]), folder);
}

describe("exit codes", () => {
  test.each([
    ["clean", "x = 1\n", [], 0],
    ["an error", "bad\n", [], 1],
    ["a warning", "risky\n", [], 1],
    ["information", "advice\n", [], 0],
    ["a hint", "old\n", [], 0],
    ["an error with --exit-zero", "bad\n", ["--exit-zero"], 0],
    ["all errors fixed", "bad\n", ["--fix"], 0],
    ["an error that only an unsafe fix would cure", "risky\n", ["--fix"], 1],
    ["the same with --unsafe-fixes", "risky\n", ["--fix", "--unsafe-fixes"], 0],
    ["a diff", "bad\n", ["--diff"], 1],
    ["a diff of a hint", "old\n", ["--diff"], 1],
    ["no diff", "x = 1\n", ["--diff"], 0],
    ["a diff with --exit-zero", "bad\n", ["--diff", "--exit-zero"], 0],
    ["a severity raised by configuration", "old\n", ["--config", "raised.toml"], 1],
    ["a severity lowered by configuration", "bad\n", ["--config", "lowered.toml"], 0],
  ])("%s", (_, text, args, code) => {
    const folder = new Folder({ "a.py": IMPORT + text, "raised.toml": 'severity = { "fake/old" = "error" }', "lowered.toml": 'severity = { fake = "hint" }' });
    expect(folder.fake(["check", "a.py", ...args])).toMatchObject({ code, stderr: args.includes("--diff") ? (expect.any(String) as unknown) : "" });
  });
});

describe("mistakes in the call are told on stderr, with exit code 2 and nothing on stdout", () => {
  test.each([
    [["check", "--selct", "trl"], 'Unknown option "--selct" for check. Did you mean "--select"?'],
    [["check", "--output-fromat=json"], 'Unknown option "--output-fromat" for check. Did you mean "--output-format"?'],
    [["check", "-x"], 'Unknown option "-x" for check. See hf-preflight check --help.'],
    [["check", "--fix=yes"], "The option --fix takes no value."],
    [["check", "--select"], "The option --select needs a value: --select RULES."],
    [["check", "--output-format", "jsno"], '"jsno" is no output-format. Did you mean "json"?'],
    [["check", "--select", "fake/bda"], '--select: unknown rule or library "fake/bda". Did you mean "fake/bad"?'],
    [["check", "--ignore", "fkae"], '--ignore: unknown rule or library "fkae". Did you mean "fake"?'],
    [["check", "--versions", "transformer=4"], '--versions: unknown library "transformer". Did you mean "transformers"?'],
    [["check", "--versions", "trl=new"], "--versions: \"new\" is no version or range of trl. Write it like 4.46.3 or '>=4.46,<5'."],
    [["check", "--versions", "trl"], '--versions: "trl" says no version. Write it like trl=4.46.3.'],
    [["check", "--versions", ">=4"], '--versions: ">=4" names no library. Write it like transformers=4.46.3,trl=0.9.'],
    [["check", "--versions", "trl>=2,<1"], '--versions: no version of trl can be ">=2,<1".'],
    [["check", "--config", "none.toml"], "--config: can't read none.toml: no such file or folder."],
    [["check", "--config", "pyproject.toml"], "--config: pyproject.toml has no [tool.hf-preflight]."],
    [["check", "--config", "x.toml", "--isolated"], "--config and --isolated contradict each other."],
    [["check", "--diff", "--output-format", "json"], "--diff prints nothing but the diff: leave out --statistics and --output-format."],
    [["check", "--statistics", "--output-format", "sarif"], "--statistics prints text or json, not sarif."],
    [["check", "-", "a.py"], "Either stdin is checked or paths are, not both."],
    [["check", "--stdin-filename", "a.py", "b.py"], "--stdin-filename goes with stdin: give no paths, or -."],
    [["chekc"], 'Unknown command "chekc". Did you mean "check"?'],
    [["train.py"], 'Unknown command "train.py". Did you mean "hf-preflight check train.py"?'],
    [["--fix"], 'Unknown option "--fix". See "hf-preflight --help".'],
    [["rule"], "Name one rule, or say --all."],
    [["rule", "fake/bda"], 'Unknown rule "fake/bda". Did you mean "fake/bad"?'],
    [["rule", "a", "b"], 'Too many arguments for rule: "b". See hf-preflight rule --help.'],
    [["server", "--stido"], 'Unknown option "--stido" for server. Did you mean "--stdio"?'],
    [["versions", "nowhere"], "nowhere: no such file or folder."],
  ])("%j", (args, message) => {
    const folder = new Folder({ "pyproject.toml": "[project]\n", "a.py": `${IMPORT}bad\n` });
    expect(folder.fake(args)).toEqual({ code: 2, stdout: "", stderr: `${message}\n` });
  });

  test("no command at all prints the help", () => {
    expect(new Folder({}).fake([])).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("Usage: hf-preflight <COMMAND>") as unknown });
  });
});

describe("what is checked", () => {
  const tree = {
    "a.py": `${IMPORT}bad\n`,
    "deep/er/b.py": `${IMPORT}bad\n`,
    "notes.txt": `${IMPORT}bad\n`,
    "stub.pyi": `${IMPORT}bad\n`,
    ".git/c.py": `${IMPORT}bad\n`,
    ".hidden/c.py": `${IMPORT}bad\n`,
    "node_modules/c.py": `${IMPORT}bad\n`,
    "__pycache__/c.py": `${IMPORT}bad\n`,
    "lib/site-packages/c.py": `${IMPORT}bad\n`,
    "env/pyvenv.cfg": "",
    "env/lib/c.py": `${IMPORT}bad\n`,
  };

  test("a folder is walked, without what is nobody's own script", () => {
    const folder = new Folder(tree);
    expect(json(folder)).toEqual(["a.py:2:1 fake/bad", "deep/er/b.py:2:1 fake/bad"]);
    expect(json(folder, "deep")).toEqual(["deep/er/b.py:2:1 fake/bad"]);
  });

  test("what is named is checked, once", () => {
    const folder = new Folder(tree);
    expect(json(folder, "notes.txt", "env/lib/c.py", "./env/lib/c.py", "env/lib")).toEqual(["env/lib/c.py:2:1 fake/bad", "notes.txt:2:1 fake/bad"]);
  });

  test("exclude is for what was found, not for what was named", () => {
    const folder = new Folder({ ...tree, "hf-preflight.toml": 'exclude = ["deep"]' });
    expect(json(folder)).toEqual(["a.py:2:1 fake/bad"]);
    expect(json(folder, "deep/er/b.py")).toEqual(["deep/er/b.py:2:1 fake/bad"]);
  });

  test("links to files count, links to folders and to nothing don't", () => {
    const folder = new Folder({ "real/a.py": `${IMPORT}bad\n` });
    symlinkSync(join(folder.path, "real/a.py"), join(folder.path, "link.py"));
    symlinkSync(join(folder.path, "real"), join(folder.path, "round"));
    symlinkSync(folder.path, join(folder.path, "real/up"));
    symlinkSync(join(folder.path, "nothing.py"), join(folder.path, "broken.py"));
    expect(json(folder)).toEqual(["link.py:2:1 fake/bad", "real/a.py:2:1 fake/bad"]);
  });

  test("nothing to check is said, and is clean", () => {
    expect(new Folder({}).fake(["check"])).toEqual({ code: 0, stdout: "", stderr: "No Python files found.\n" });
    expect(new Folder({}).fake(["check", "--output-format", "json"])).toEqual({ code: 0, stdout: "[]\n", stderr: "No Python files found.\n" });
  });

  test("after -- everything is a path", () => {
    const folder = new Folder({ "--fix": `${IMPORT}bad\n` });
    expect(json(folder, "--", "--fix")).toEqual(["--fix:2:1 fake/bad"]);
  });

  test("findings come by file, row, column, rule", () => {
    const folder = new Folder({ "b.py": `${IMPORT}x = [old, bad]\nbad\n`, "a/z.py": `${IMPORT}risky\n`, "a.py": `${IMPORT}bad\n` });
    expect(json(folder)).toEqual(["a.py:2:1 fake/bad", "a/z.py:2:1 fake/risky", "b.py:2:6 fake/old", "b.py:2:11 fake/bad", "b.py:3:1 fake/bad"]);
  });
});

describe("what can't be read is a line on stderr and exit code 2, and the others are still checked", () => {
  test.each([
    ["missing.py", undefined, "no such file or folder"],
    ["latin.py", Buffer.from("# caf\xe9\nimport transformers\nbad\n", "latin1"), "it is not UTF-8"],
    ["binary.py", Buffer.from("import transformers\0bad\n"), "it is binary: it holds a NUL byte"],
    ["utf16.py", Buffer.from("\uFEFFimport transformers\n", "utf16le"), "it is UTF-16; save it as UTF-8"],
    ["large.py", Buffer.alloc(10_000_001, 32), "it is larger than 10 MB"],
    ["book.ipynb", "{}", "notebooks are not checked yet"],
  ])("%s", (name, content, reason) => {
    const folder = new Folder({ "good.py": `${IMPORT}bad\n`, ...(content !== undefined && { [name]: content }) });
    const result = folder.fake(["check", "--output-format", "json", name, "good.py"]);
    expect(found(result, folder)).toEqual(["good.py:2:1 fake/bad"]);
    expect(result).toMatchObject({ code: 2, stderr: `${name}: not checked: ${reason}\n` });
    expect(folder.fake(["check", "--exit-zero", name]).code).toBe(2);
  });

  // Root may read everything, so there is nothing to be refused.
  test.skipIf(process.getuid?.() === 0)("without permission", () => {
    const folder = new Folder({ "secret.py": "", "shut/a.py": "" });
    chmodSync(join(folder.path, "secret.py"), 0);
    chmodSync(join(folder.path, "shut"), 0);
    const result = folder.fake(["check"]);
    chmodSync(join(folder.path, "shut"), 0o700);
    expect(result).toMatchObject({ code: 2, stderr: "shut: not checked: permission denied\nsecret.py: not checked: permission denied\n" });
  });

  test("a rule that throws is told once, and the others run", () => {
    const folder = new Folder({ "a.py": `${IMPORT}bad\nboom\n`, "b.py": `${IMPORT}boom\n` });
    const result = folder.fake(["check", "--output-format", "json"]);
    expect(found(result, folder)).toEqual(["a.py:2:1 fake/bad"]);
    expect(result.code).toBe(2);
    expect(result.stderr.match(/The rule fake\/throws failed and was left out: Error: the rule went off/g)).toHaveLength(1);
  });

  test("an empty file, one of blank lines, one with a byte order mark, one half typed", () => {
    const folder = new Folder({ "a.py": "", "b.py": "\r\n\r\n", "c.py": `\uFEFF${IMPORT}bad\n`, "d.py": `${IMPORT}bad\nx = foo(\n  "abc\n` });
    expect(json(folder)).toEqual(["c.py:2:1 fake/bad", "d.py:2:1 fake/bad"]);
  });
});

describe("select and ignore", () => {
  const text = `${IMPORT}bad\nold\n`;
  test.each([
    [["--select", "fake/old"], ["fake/old"]],
    [["--select", "fake/old,fake/bad"], ["fake/bad", "fake/old"]],
    [["--select", "fake/old", "--select=fake/bad"], ["fake/bad", "fake/old"]],
    [["--select", "ALL", "--ignore", "fake/old"], ["fake/bad"]],
    [["--ignore", "fake"], []],
    [["--ignore", "ALL"], []],
    [["--select", "fake/old", "--ignore", "fake"], ["fake/old"]],
  ])("%j", (args, codes) => {
    const folder = new Folder({ "a.py": text });
    expect(json(folder, ...args).map((line) => line.split(" ")[1])).toEqual(codes);
  });

  test("the command line counts before the configuration", () => {
    const folder = new Folder({ "a.py": text, "hf-preflight.toml": 'select = ["fake/old"]\nignore = ["fake/bad"]' });
    expect(json(folder)).toEqual(["a.py:3:1 fake/old"]);
    expect(json(folder, "--select", "fake/bad")).toEqual(["a.py:2:1 fake/bad"]);
    expect(json(folder, "--ignore", "fake")).toEqual([]);
    expect(json(folder, "--isolated")).toEqual(["a.py:2:1 fake/bad", "a.py:3:1 fake/old"]);
  });
});

describe("configuration files", () => {
  test("the nearest one of each file", () => {
    const folder = new Folder({
      "pyproject.toml": '[tool.hf-preflight]\nignore = ["fake/bad"]',
      "a.py": `${IMPORT}bad\nold\n`,
      "sub/hf-preflight.toml": 'ignore = ["fake/old"]',
      "sub/a.py": `${IMPORT}bad\nold\n`,
    });
    expect(json(folder)).toEqual(["a.py:3:1 fake/old", "sub/a.py:2:1 fake/bad"]);
  });

  test("per-file-ignores", () => {
    const folder = new Folder({ "hf-preflight.toml": 'per-file-ignores = { "tests" = ["ALL"] }', "a.py": `${IMPORT}bad\n`, "tests/a.py": `${IMPORT}bad\n` });
    expect(json(folder)).toEqual(["a.py:2:1 fake/bad"]);
  });

  test("--config is used for all files, its patterns from the working directory", () => {
    const folder = new Folder({ "conf/x.toml": 'exclude = ["b.py"]', "hf-preflight.toml": 'ignore = ["ALL"]', "a.py": `${IMPORT}bad\n`, "b.py": `${IMPORT}bad\n` });
    expect(json(folder, "--config", "conf/x.toml")).toEqual(["a.py:2:1 fake/bad"]);
  });

  test("mistakes are told with their places, and nothing is checked by half of a configuration", () => {
    const folder = new Folder({ "hf-preflight.toml": 'selct = []\nignore = ["fake/bda"]\n', "a.py": `${IMPORT}bad\n` });
    expect(folder.fake(["check", "a.py"])).toEqual({
      code: 2,
      stdout: "",
      stderr: 'hf-preflight.toml:1:1: Unknown setting "selct". Did you mean "select"?\nhf-preflight.toml:2:11: Unknown rule "fake/bda". Did you mean "fake/bad"?\n',
    });
    expect(folder.fake(["check", "a.py", "--isolated"]).code).toBe(1);
  });

  test("TOML that is none", () => {
    const folder = new Folder({ "hf-preflight.toml": "ignore = [", "a.py": "" });
    expect(folder.fake(["check"])).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^hf-preflight\.toml:1:\d+: Not valid TOML: /) as unknown });
  });
});

describe("--fix", () => {
  test("applies safe fixes to a fixed point, keeps line ends and the byte order mark, and reports what remains", () => {
    const folder = new Folder({ "a.py": `\uFEFF${IMPORT}bad\r\nstep_1 ☕ old\r\nrisky\r\n` });
    const { code, stdout } = folder.fake(["check", "--fix", "--output-format", "concise"]);
    expect(folder.read("a.py")).toBe(`\uFEFF${IMPORT}good\r\nstep_3 ☕ new\r\nrisky\r\n`);
    expect(code).toBe(1);
    expect(stdout).toBe(
      "a.py:4:1: warning[fake/risky] risky is not good: 100% of it.\nFixed 4 findings in 1 file.\nFound 1 finding (1 warning).\n1 fixable with --fix --unsafe-fixes.\n",
    );
  });

  test("unsafe fixes only when asked, placeholders never", () => {
    const folder = new Folder({ "a.py": `${IMPORT}risky\nfill_in\n` });
    folder.fake(["check", "--fix", "--unsafe-fixes"]);
    expect(folder.read("a.py")).toBe(`${IMPORT}changed\nfill_in\n`);
  });

  test("without --fix nothing is written", () => {
    const folder = new Folder({ "a.py": `${IMPORT}bad\n` });
    const before = statSync(join(folder.path, "a.py")).mtimeMs;
    folder.fake(["check", "--unsafe-fixes"]);
    folder.fake(["check", "--diff"]);
    expect(statSync(join(folder.path, "a.py")).mtimeMs).toBe(before);
    expect(folder.read("a.py")).toBe(`${IMPORT}bad\n`);
  });

  test("a link stays a link, the mode stays, and nothing is left beside the file", () => {
    const folder = new Folder({ "real/a.py": `${IMPORT}bad\n` });
    chmodSync(join(folder.path, "real/a.py"), 0o751);
    symlinkSync("real/a.py", join(folder.path, "link.py"));
    expect(folder.fake(["check", "--fix", "link.py"]).code).toBe(0);
    expect(folder.read("real/a.py")).toBe(`${IMPORT}good\n`);
    expect(statSync(join(folder.path, "real/a.py")).mode & 0o777).toBe(0o751);
    expect(json(folder)).toEqual([]);
  });

  test("a fix that would break the syntax is not written", () => {
    const folder = new Folder({ "a.py": `${IMPORT}unclosed\n` });
    const { code, stderr } = folder.fake(["check", "--fix"]);
    expect(folder.read("a.py")).toBe(`${IMPORT}unclosed\n`);
    expect(code).toBe(2);
    expect(stderr).toContain("a fix would have broken its syntax");
  });
});

describe("--diff", () => {
  test("prints a unified diff and nothing else on stdout", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `x${index} = ${index}`);
    lines[5] = "bad";
    lines[8] = "old = bad";
    lines[25] = "step_1";
    const folder = new Folder({ "a.py": `${IMPORT}${lines.join("\n")}`, "b.py": `${IMPORT}bad\n` });
    const { stdout, stderr } = folder.fake(["check", "--diff"]);
    expect(stdout).toBe(`--- a.py
+++ a.py
@@ -4,10 +4,10 @@
 x2 = 2
 x3 = 3
 x4 = 4
-bad
+good
 x6 = 6
 x7 = 7
-old = bad
+new = good
 x9 = 9
 x10 = 10
 x11 = 11
@@ -24,7 +24,7 @@
 x22 = 22
 x23 = 23
 x24 = 24
-step_1
+step_3
 x26 = 26
 x27 = 27
 x28 = 28
--- b.py
+++ b.py
@@ -1,2 +1,2 @@
 import transformers
-bad
+good
`);
    expect(stderr).toBe("Would fix 6 findings in 2 files.\n");
  });

  test("is what --fix does, as patch understands it", () => {
    const text = `${IMPORT}bad\r\n\r\nrisky(bad)\r\n\tstep_1`;
    const folder = new Folder({ "a.py": text, "b.py": text });
    folder.write("the.diff", folder.fake(["check", "--diff", "--unsafe-fixes", "a.py"]).stdout);
    expect(folder.read("the.diff")).toContain("\\ No newline at end of file");
    folder.fake(["check", "--fix", "--unsafe-fixes", "b.py"]);
    expect(folder.read("b.py")).toBe(`${IMPORT}good\r\n\r\nchanged(good)\r\n\tstep_3`);
    expect(folder.fake(["check", "--diff", "b.py"])).toEqual({ code: 0, stdout: "", stderr: "No fixes to apply.\n" });
  });
});

describe("stdin", () => {
  const input = `${IMPORT}bad\n`;

  test.each([[["-"]], [["--stdin-filename", "x.py"]], [["--stdin-filename", "x.py", "-"]]])("%j", (args) => {
    const folder = new Folder({});
    const result = folder.fake(["check", "--output-format", "json", ...args], { input });
    expect(found(result, folder)).toEqual([`${args.includes("x.py") ? "x.py" : "-"}:2:1 fake/bad`]);
    expect(result.code).toBe(1);
  });

  test("the file's name decides about its configuration", () => {
    const folder = new Folder({ "sub/hf-preflight.toml": 'ignore = ["ALL"]' });
    expect(folder.fake(["check", "--stdin-filename", "sub/x.py"], { input }).code).toBe(0);
    expect(folder.fake(["check", "--stdin-filename", "x.py"], { input }).code).toBe(1);
  });

  test("with --fix the fixed text is the result, and the report goes to stderr", () => {
    const folder = new Folder({});
    const result = folder.fake(["check", "--fix", "--output-format", "concise", "-"], { input: `${IMPORT}bad\nrisky\n` });
    expect(result.stdout).toBe(`${IMPORT}good\nrisky\n`);
    expect(result.stderr).toContain("-:3:1: warning[fake/risky]");
    expect(folder.fake(["check", "--fix", "-"], { input: "x = 1\n" }).stdout).toBe("x = 1\n");
  });

  test("with --diff it is a diff", () => {
    expect(new Folder({}).fake(["check", "--diff", "--stdin-filename", "x.py"], { input }).stdout).toContain("-bad\n+good\n");
  });

  test("that isn't UTF-8", () => {
    expect(new Folder({}).fake(["check", "-"], { input: Buffer.from([0xe9, 10]) })).toEqual({ code: 2, stdout: "", stderr: "-: not checked: it is not UTF-8\n" });
  });
});

test("a reader that has gone away is no failure", async () => {
  const folder = new Folder({ "a.py": `${IMPORT}${"bad\n".repeat(3000)}` });
  const child = spawn(process.execPath, [join(dist, "fake.js"), "check", "a.py"], { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
