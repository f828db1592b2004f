/** A DeepSpeed configuration that a script names, in the terminal: where it is looked for, and how its place is reported. */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type AnySchemaObject } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { Folder } from "./support/cli.js";

const rule = "accelerate/missing-deepspeed-config";
const script = 'from transformers import TrainingArguments\nargs = TrainingArguments("out", deepspeed="ds.json")\n';
const good = '{\n  "zero_optimization": { "stage": 2 }\n}\n';
const broken = '{\n  "zero_optimization": { "stage": 2 },\n}\n';
const message = "ds.json is no JSON (a comma before }): raises JSONDecodeError when TrainingArguments is built. Correct the file.";

function codes(folder: Folder, args: readonly string[], cwd = "."): string[] {
  const { stdout, stderr } = folder.cli(["check", "--isolated", "--output-format", "json", ...args], { cwd });
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as { code: string; severity: string }[]).map(({ code, severity }) => `${severity} ${code}`);
}

describe("where it is looked for", () => {
  test.each([
    ["beside the script", { "scripts/train.py": script, "scripts/ds.json": good }, []],
    ["in the working directory", { "scripts/train.py": script, "ds.json": good }, []],
    ["between the two", { "a/b/train.py": script, "a/ds.json": good }, []],
    ["nowhere", { "scripts/train.py": script, "other/ds.json": good }, [`warning ${rule}`]],
    ["the working directory's counts before the script's", { "scripts/train.py": script, "ds.json": broken, "scripts/ds.json": good }, [`error ${rule}`]],
    ["a folder of that name is no file, and nothing is said of it", { "train.py": script, "ds.json/x": "" }, []],
    ["a file that is no text", { "train.py": script, "ds.json": "\0\0" }, []],
  ])("%s", (_, files, expected) => {
    expect(codes(new Folder(files), ["."])).toEqual(expected);
  });

  test("an absolute path", () => {
    const folder = new Folder({ "elsewhere/ds.json": broken });
    folder.write("train.py", script.replace("ds.json", join(folder.path, "elsewhere/ds.json")));
    expect(codes(folder, ["train.py"])).toEqual([`error ${rule}`]);
  });

  test("for a script from stdin, by the name that it is given", () => {
    const folder = new Folder({ "scripts/ds.json": broken });
    expect(folder.cli(["check", "--isolated", "--stdin-filename", "scripts/train.py", "-"], { input: script }).code).toBe(1);
  });

  test("before a run only where it runs: it is an error then", () => {
    const folder = new Folder({ "scripts/train.py": script, "scripts/ds.json": good });
    const run = (...args: string[]): string => folder.cli(["run", "--gpu", "none", "--runs-dir", "runs", "--python", process.execPath, ...args, "scripts/train.py"]).stderr;
    expect(run()).toContain(`scripts/train.py:2:33: error[${rule}] There is no ds.json where the script runs: raises ValueError when TrainingArguments is built. Correct the path.`);
    expect(run("--cwd", "scripts")).not.toContain(rule);
  });
});

describe("how its place is reported", () => {
  const folder = (): Folder => new Folder({ "train.py": script, "configs/x": "", "ds.json": broken });

  test("full: the line of the file below the script's", () => {
    expect(folder().cli(["check", "--isolated", "train.py"]).stdout).toBe(`error[${rule}]: ${message}
 --> train.py:2:33
  |
1 | from transformers import TrainingArguments
2 | args = TrainingArguments("out", deepspeed="ds.json")
  |                                 ^^^^^^^^^^^^^^^^^^^
  |
 ::: ds.json:2:38
  |
2 |   "zero_optimization": { "stage": 2 },
  |                                      - a comma before }
  |
  = docs: https://github.com/hf-preflight/hf-preflight/blob/main/docs/rules/${rule}.md

Found 1 finding (1 error).
`);
  });

  test("concise: one line for one finding", () => {
    expect(folder().cli(["check", "--isolated", "--output-format", "concise", "-q"]).stdout).toBe(`train.py:2:33: error[${rule}] ${message}\n`);
  });

  test("json: a list of places elsewhere, and no such key where there are none", () => {
    const project = folder();
    const [finding] = JSON.parse(project.cli(["check", "--isolated", "--output-format", "json"]).stdout) as Record<string, unknown>[];
    expect(finding).toMatchObject({
      code: rule,
      filename: join(project.path, "train.py"),
      location: { row: 2, column: 33 },
      elsewhere: [{ message: "a comma before }", filename: join(project.path, "ds.json"), location: { row: 2, column: 38 }, end_location: { row: 2, column: 39 } }],
    });
    const [missing] = JSON.parse(new Folder({ "train.py": script }).cli(["check", "--isolated", "--output-format", "json"]).stdout) as Record<string, unknown>[];
    expect(missing).not.toHaveProperty("elsewhere");
  });

  test("github: one annotation, at the script, that names the place", () => {
    expect(folder().cli(["check", "--isolated", "--output-format", "github"]).stdout).toBe(
      `::error title=HF Preflight (${rule}),file=train.py,line=2,endLine=2,col=33,endColumn=52::${message}%0Ads.json:2:38: a comma before }\n`,
    );
  });

  test("sarif: a related location in the file, by the schema", () => {
    const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8")) as AnySchemaObject;
    delete schema["$schema"];
    delete schema["id"];
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const log = JSON.parse(folder().cli(["check", "--isolated", "--output-format", "sarif"]).stdout) as { runs: [{ results: Record<string, unknown>[] }] };
    expect(ajv.validate(schema, log), JSON.stringify(ajv.errors)).toBe(true);
    expect(log.runs[0].results).toMatchObject([
      {
        ruleId: rule,
        locations: [{ physicalLocation: { artifactLocation: { uri: "train.py" } } }],
        relatedLocations: [
          {
            message: { text: "a comma before }" },
            physicalLocation: { artifactLocation: { uri: "ds.json", uriBaseId: "%SRCROOT%" }, region: { startLine: 2, startColumn: 38, endLine: 2, endColumn: 39 } },
          },
        ],
      },
    ]);
  });
});
