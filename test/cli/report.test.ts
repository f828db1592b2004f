/** What the formats look like. */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Ajv, type AnySchemaObject } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { Folder } from "./support/cli.js";

const page = "https://github.com/hf-preflight/hf-preflight/blob/main/docs/rules/fake/";
const IMPORT = "import transformers\n";

function full(text: string, ...args: string[]): string {
  return new Folder({ "a.py": text }).fake(["check", "a.py", ...args]).stdout;
}

describe("full", () => {
  test("header, place, excerpt with its related place, fixes, page, summary", () => {
    expect(full(`${IMPORT}\n\nx = 1\nfor i in bad, risky:\n    pass\n`)).toBe(`error[fake/bad]: bad is not good: 100% of it.
 --> a.py:5:10
  |
1 | import transformers
  | ------ imported here
...
4 | x = 1
5 | for i in bad, risky:
  |          ^^^
6 |     pass
  |
  = help: [*] Write good
  = docs: ${page}bad.md

warning[fake/risky]: risky is not good: 100% of it.
 --> a.py:5:15
  |
4 | x = 1
5 | for i in bad, risky:
  |               ^^^^^
6 |     pass
  |
  = help: Write changed (unsafe)
  = docs: ${page}risky.md

Found 2 findings (1 error, 1 warning).
[*] 1 fixable with --fix (1 more with --fix --unsafe-fixes).
`);
  });

  test("tabs, wide characters and emoji keep the carets below the range", () => {
    expect(full(`${IMPORT}\tx = ["漢字☕e\u0301", advice]\n`, "--quiet")).toContain(`2 |     x = ["漢字☕e\u0301", advice]\n  |${" ".repeat(21)}^^^^^^\n`);
  });

  test("a range over several lines", () => {
    expect(full(`${IMPORT}x = begin_span(\n    1,\n    2,\n) + end_span\ny = 1\n`, "-q")).toContain(`2 | x = begin_span(
  |     ^^^^^^^^^^^
3 |     1,
  |     ^^
4 |     2,
  |     ^^
5 | ) + end_span
  | ^^^^^^^^^^^^
6 | y = 1
`);
  });

  test("of a long range the beginning and the end", () => {
    const text = full(`${IMPORT}x = begin_span(\n${"    1,\n".repeat(50)}) + end_span\n`, "-q");
    expect(text).toContain(" 4 |     1,\n   |     ^^\n...\n51 |     1,\n");
    expect(text.split("\n").length).toBeLessThan(25);
  });

  test("of a long line the part around the range", () => {
    const line = full(`${IMPORT}x = [${"1, ".repeat(500)}bad, ${"2, ".repeat(500)}]\n`, "-q").split("\n");
    const at = line.findIndex((text) => text.includes("^^^"));
    expect(line[at - 1]?.length).toBeLessThan(160);
    expect(line[at - 1]?.slice((line[at] ?? "").indexOf("^"))).toMatch(/^bad, 2, .*…$/);
  });

  test("what would command the terminal is shown, not obeyed", () => {
    const output = full(`${IMPORT}x = "\u001B[31m\u0007\u009B", bad\r\n`, "-q");
    expect(output).toContain(`2 | x = "␛[31m␇\uFFFD", bad\n  |${" ".repeat(16)}^^^\n`);
    expect(output).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
  });

  test("on the first and on the last line, without a line end, after a byte order mark", () => {
    expect(full("\uFEFFbad; import transformers", "-q")).toContain(" --> a.py:1:1\n  |\n1 | bad; import transformers\n  | ^^^\n  |      ------ imported here\n  |\n");
  });

  test("colours are for terminals, unless somebody says otherwise", () => {
    const folder = new Folder({ "a.py": `${IMPORT}bad\n` });
    expect(folder.fake(["check"]).stdout).not.toContain("\u001B");
    expect(folder.fake(["check"], { env: { FORCE_COLOR: "1" } }).stdout).toContain("\u001B[1;31merror\u001B[0m");
    expect(folder.fake(["check", "--no-color"], { env: { FORCE_COLOR: "1" } }).stdout).not.toContain("\u001B");
    expect(folder.fake(["check"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).stdout).not.toContain("\u001B");
    expect(folder.fake(["check", "--output-format", "json"], { env: { FORCE_COLOR: "1" } }).stdout).not.toContain("\u001B");
  });
});

describe("summary", () => {
  test.each([
    ["x = 1\n", "No findings in 1 file.\n"],
    ["advice\nadvice\n", "Found 2 findings (2 information).\n"],
    ["bad\nrisky\nold\nfill_in\n", "Found 4 findings (1 error, 2 warnings, 1 hint).\n[*] 2 fixable with --fix (1 more with --fix --unsafe-fixes).\n"],
    ["risky\n", "Found 1 finding (1 warning).\n1 fixable with --fix --unsafe-fixes.\n"],
    ["fill_in\n", "Found 1 finding (1 warning).\n"],
  ])("%j", (text, summary) => {
    expect(full(IMPORT + text)).toMatch(new RegExp(`${summary.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`));
    expect(full(IMPORT + text, "--quiet")).not.toContain("find");
  });

  test("with --unsafe-fixes both are counted; of several files it says how many", () => {
    const folder = new Folder({ "a.py": `${IMPORT}bad\nrisky\n`, "b.py": "x = 1\n" });
    expect(folder.fake(["check", "--unsafe-fixes"]).stdout).toMatch(/Found 2 findings \(1 error, 1 warning\) in 1 of 2 files\.\n\[\*\] 2 fixable with --fix --unsafe-fixes\.\n$/);
  });
});

test("concise", () => {
  expect(full(`${IMPORT}x = "☕", bad, advice\n`, "--output-format", "concise", "-q")).toBe(
    "a.py:2:10: error[fake/bad] [*] bad is not good: 100% of it.\na.py:2:15: information[fake/advice] advice is not good: 100% of it.\n",
  );
});

describe("json", () => {
  const json = (text: string): unknown[] => JSON.parse(full(text, "--output-format", "json")) as unknown[];

  test("every field; rows and columns in Unicode characters, a byte order mark is none", () => {
    const folder = new Folder({ "a.py": `\uFEFFx = "😀", bad\n${IMPORT}` });
    expect(JSON.parse(folder.fake(["check", "--output-format", "json"]).stdout)).toEqual([
      {
        code: "fake/bad",
        message: "bad is not good: 100% of it.",
        severity: "error",
        filename: `${folder.path}/a.py`,
        location: { row: 1, column: 10 },
        end_location: { row: 1, column: 13 },
        url: `${page}bad.md`,
        fix: {
          applicability: "safe",
          message: "Write good",
          edits: [{ content: "good", location: { row: 1, column: 10 }, end_location: { row: 1, column: 13 } }],
        },
      },
    ]);
  });

  test("the fix is a safe one, an unsafe one, or null", () => {
    expect(json(`${IMPORT}bad\nrisky\nfill_in\nadvice\n`)).toMatchObject([
      { fix: { applicability: "safe" } },
      { fix: { applicability: "unsafe" } },
      { fix: null },
      { fix: null },
    ]);
  });

  test("clean is an empty array", () => {
    expect(full("x = 1\n", "--output-format", "json")).toBe("[]\n");
  });
});

describe("github", () => {
  test("annotations; columns only on one line; what ends a property is escaped", () => {
    const folder = new Folder({ "a,b: 100%.py": `${IMPORT}bad\nadvice\nold\nrisky\nbegin_span(\nend_span)\n` });
    expect(folder.fake(["check", "--output-format", "github"])).toEqual({
      code: 1,
      stderr: "",
      stdout: `::error title=HF Preflight (fake/bad),file=a%2Cb%3A 100%25.py,line=2,endLine=2,col=1,endColumn=4::bad is not good: 100%25 of it.
::notice title=HF Preflight (fake/advice),file=a%2Cb%3A 100%25.py,line=3,endLine=3,col=1,endColumn=7::advice is not good: 100%25 of it.
::notice title=HF Preflight (fake/old),file=a%2Cb%3A 100%25.py,line=4,endLine=4,col=1,endColumn=4::old is not good: 100%25 of it.
::warning title=HF Preflight (fake/risky),file=a%2Cb%3A 100%25.py,line=5,endLine=5,col=1,endColumn=6::risky is not good: 100%25 of it.
::warning title=HF Preflight (fake/span),file=a%2Cb%3A 100%25.py,line=6,endLine=7::This goes over several lines.
`,
    });
  });

  test("clean is nothing", () => {
    expect(full("x = 1\n", "--output-format", "github")).toBe("");
  });
});

describe("sarif", () => {
  const current = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8")) as AnySchemaObject;
  // The schema is draft 4; what it uses of it means the same today, but for these two words.
  delete current["$schema"];
  delete current["id"];
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const isSarif = ajv.compile(current);

  interface Log {
    runs: [{ tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }];
  }

  function sarif(folder: Folder, ...args: string[]): Log {
    const log = JSON.parse(folder.fake(["check", "--output-format", "sarif", ...args]).stdout) as Log;
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    return log;
  }

  test("the schema refuses what is no SARIF", () => {
    expect(isSarif({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  test("a clean log is valid", () => {
    expect(sarif(new Folder({ "a.py": "" })).runs[0].results).toEqual([]);
  });

  test("every kind of finding is valid; columns are UTF-16 units", () => {
    const folder = new Folder({ "sub dir/ä.py": `\uFEFFx = "😀", bad\n${IMPORT}risky\nfill_in\nadvice\nold\nbegin_span(\nend_span)\n` });
    const { tool, results } = sarif(folder).runs[0];
    const ids = tool.driver.rules.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(results.map(({ level }) => level)).toEqual(["error", "warning", "warning", "note", "note", "warning"]);
    const artifactLocation = { uri: "sub%20dir/%C3%A4.py", uriBaseId: "%SRCROOT%" };
    const region = { startLine: 1, startColumn: 11, endLine: 1, endColumn: 14 };
    expect(results[0]).toEqual({
      ruleId: "fake/bad",
      ruleIndex: ids.indexOf("fake/bad"),
      level: "error",
      message: { text: "bad is not good: 100% of it." },
      locations: [{ physicalLocation: { artifactLocation, region } }],
      relatedLocations: [
        { physicalLocation: { artifactLocation, region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 7 } }, message: { text: "imported here" } },
      ],
      fixes: [
        { description: { text: "Write good" }, artifactChanges: [{ artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: "good" } }] }] },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) as unknown },
    });
    expect(results[2]).not.toHaveProperty("fixes");
  });

  test("a fingerprint stays when the line moves, and tells lines that look the same apart", () => {
    const prints = (text: string): unknown[] => sarif(new Folder({ "a.py": text })).runs[0].results.map(({ partialFingerprints }) => partialFingerprints);
    const before = prints(`${IMPORT}bad\nbad\n`);
    expect(new Set(before.map((print) => JSON.stringify(print))).size).toBe(2);
    expect(prints(`${IMPORT}\n\n  bad\nbad\n`)).toEqual(before);
  });

  test("a file outside the working directory has an address of its own", () => {
    const folder = new Folder({ "a.py": `${IMPORT}bad\n`, "sub/b.py": "" });
    const log = JSON.parse(folder.fake(["check", "--output-format", "sarif", "../a.py"], { cwd: "sub" }).stdout) as Log;
    expect(isSarif(log)).toBe(true);
    expect(log.runs[0].results[0]).toMatchObject({ locations: [{ physicalLocation: { artifactLocation: { uri: pathToFileURL(`${folder.path}/a.py`).href } } }] });
  });
});

describe("statistics", () => {
  const text = `${IMPORT}bad\nbad\nrisky\nadvice\n`;

  test("text", () => {
    expect(full(text, "--statistics", "-q")).toBe(`2  fake/bad     [*] The word bad.
1  fake/advice  [ ] The word advice.
1  fake/risky   [ ] The word risky.
`);
  });

  test("json", () => {
    expect(JSON.parse(full(text, "--statistics", "--output-format", "json"))).toEqual([
      { code: "fake/bad", summary: "The word bad.", count: 2, fixable: 2 },
      { code: "fake/advice", summary: "The word advice.", count: 1, fixable: 0 },
      { code: "fake/risky", summary: "The word risky.", count: 1, fixable: 0 },
    ]);
  });
});
