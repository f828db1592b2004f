/** The configuration file: what it says, what is wrong with it, and where. */
import { describe, expect, test } from "vitest";
import { parseConfigurationFile, type ConfigurationFileKind } from "../../server/src/config/configFile.js";
import type { ConfigurationLayer } from "../../server/src/config/layers.js";

const ruleIds = ["transformers/strategy-mismatch", "trl/decimal-save-steps", "python/late-environment-variable"];

function parse(text: string, kind: ConfigurationFileKind = "hf-preflight.toml"): ReturnType<typeof parseConfigurationFile> {
  return parseConfigurationFile(text, kind, ruleIds);
}

/** Problems as `message @ the text underlined`. */
function problems(text: string, kind?: ConfigurationFileKind): string[] {
  return (parse(text, kind)?.problems ?? []).map(({ message, range }) => `${message} @ ${text.slice(range.start, range.end)}`);
}

describe("what a good file says", () => {
  const table: [toml: string, says: ConfigurationLayer][] = [
    ["", {}],
    ['select = ["trl", "transformers/strategy-mismatch"]', { select: ["trl", "transformers/strategy-mismatch"] }],
    ['ignore = ["ALL"] # all', { ignore: ["ALL"] }],
    ['ignore = ["python"]', { ignore: ["python"] }],
    ['[severity]\ntrl = "hint"\n"trl/decimal-save-steps" = "error"', { severity: { trl: "hint", "trl/decimal-save-steps": "error" } }],
    ['per-file-ignores = { "tests/**" = ["ALL"] }', { perFileIgnores: { "tests/**": ["ALL"] } }],
    ['exclude = ["build"]', { exclude: ["build"] }],
    ['versions.transformers = ">=4.46,<5"\nversions.trl = "0.9"', { versions: { transformers: ">=4.46,<5", trl: "0.9" } }],
    ['sft-decimal-save-steps = "off"', { sftDecimalSaveSteps: "off" }],
    ['\uFEFFignore = ["trl"]\r\n', { ignore: ["trl"] }],
  ];
  test.each(table)("%s", (toml, says) => {
    expect(parse(toml)).toEqual({ configuration: says, problems: [] });
  });

  test("in pyproject.toml only our table counts", () => {
    const text = '[project]\nname = "x"\n\n[tool.hf-preflight]\nignore = ["trl"]\n\n[tool.hf-preflight.severity]\ntrl = "hint"\n\n[tool.ruff]\nselect = ["E"]\n';
    expect(parse(text, "pyproject.toml")).toEqual({ configuration: { ignore: ["trl"], severity: { trl: "hint" } }, problems: [] });
  });

  test.each(["[tool.ruff]\nselect = []", "", 'dependencies = ["hf-preflight"]', "[tool.ruff\n"])("a pyproject.toml without our table doesn't speak of us: %j", (text) => {
    expect(parse(text, "pyproject.toml")).toBeUndefined();
  });
});

describe("what is wrong, and where", () => {
  const table: [toml: string, ...problems: string[]][] = [
    ['selct = ["trl"]', 'Unknown setting "selct". Did you mean "select"? @ selct'],
    ["perFileIgnores = {}", 'Unknown setting "perFileIgnores". Did you mean "per-file-ignores"? @ perFileIgnores'],
    ["[per_file_ignores]", 'Unknown setting "per_file_ignores". Did you mean "per-file-ignores"? @ per_file_ignores'],
    [
      "frobnicate = 1",
      'Unknown setting "frobnicate". The settings are select, ignore, severity, per-file-ignores, exclude, versions, sft-decimal-save-steps. @ frobnicate',
    ],
    [
      '[tool.hf-preflight]\nignore = ["trl"]',
      'Unknown setting "tool". In hf-preflight.toml the settings stand at the top, without [tool.hf-preflight]. @ tool',
    ],
    ['select = ["trl/decimal-save-stesp"]', 'Unknown rule "trl/decimal-save-stesp". Did you mean "trl/decimal-save-steps"? @ "trl/decimal-save-stesp"'],
    ['ignore = [\n  "trl", # fine\n  "strategy-mismatch",\n]', 'Unknown rule or library "strategy-mismatch". Did you mean "transformers/strategy-mismatch"? @ "strategy-mismatch"'],
    ['ignore = ["transfromers"]', 'Unknown rule or library "transfromers". Did you mean "transformers"? @ "transfromers"'],
    ['ignore = ["zzzzzz"]', 'Unknown rule or library "zzzzzz". @ "zzzzzz"'],
    ['ignore = "trl"', '`ignore` must be a list of rule ids, libraries or "ALL", such as ["trl"]. @ "trl"'],
    ["select = [1, 2]", '`select` must hold rule ids, libraries or "ALL", each in quotes. @ 1', '`select` must hold rule ids, libraries or "ALL", each in quotes. @ 2'],
    ['severity = { trl = "fatal" }', '`severity.trl` must be "error", "warning", "information" or "hint". @ "fatal"'],
    ['severity."trl/decimal" = "hint"', 'Unknown rule "trl/decimal". @ "trl/decimal"'],
    ['severity = "hint"', '`severity` must be a table from rules to severities, such as { "trl" = "warning" }. @ "hint"'],
    ['[per-file-ignores]\n"a.py" = ["tlr"]', 'Unknown rule or library "tlr". Did you mean "trl"? @ "tlr"'],
    ["exclude = true", '`exclude` must be a list of file patterns, such as ["build"]. @ true'],
    ["versions = { transformers = 4.46 }", '`versions.transformers` must be a version or a range in quotes, such as "4.46.3" or ">=4.46,<5". @ 4.46'],
    ['versions = { transformer = "4.46" }', 'Unknown library "transformer". Did you mean "transformers"? @ transformer'],
    ['versions = { trl = ">=new" }', '">=new" is no version or range of trl; write it like "4.46.3" or ">=4.46,<5". @ ">=new"'],
    ['versions = { trl = ">=2,<1" }', 'No version of trl can be ">=2,<1". @ ">=2,<1"'],
    ['sft-decimal-save-steps = "never"', '`sft-decimal-save-steps` must be "always", "auto" or "off". @ "never"'],
    ['a = """x = "1"\\""""\'\nignroe = []', expect.stringMatching(/^Not valid TOML: /) as unknown as string],
    ['doc = \'\'\'[x]\n"\'\'\'\nignroe = []', expect.stringMatching(/^Unknown setting "doc"/) as unknown as string, 'Unknown setting "ignroe". Did you mean "ignore"? @ ignroe'],
    ['ignore = ["trl"\nselect = []', expect.stringMatching(/^Not valid TOML: /) as unknown as string],
    ["ignore = [] ]\r\nselect = []", expect.stringMatching(/^Not valid TOML: .* @ \]$/) as unknown as string],
    ["\uFEFFselct = []", 'Unknown setting "selct". Did you mean "select"? @ selct'],
  ];
  test.each(table)("%j", (toml, ...expected) => {
    expect(problems(toml)).toEqual(expected);
  });

  test("a broken pyproject.toml that holds our table", () => {
    expect(problems("[tool.hf-preflight]\nignore = [", "pyproject.toml")).toEqual([expect.stringMatching(/^Not valid TOML: /)]);
    expect(problems("[tool]\nhf-preflight = 3", "pyproject.toml")).toEqual(["`tool.hf-preflight` must be a table. @ 3"]);
  });

  test("what is right beside it still counts", () => {
    const text = 'ignore = ["trl", "tlr"]\nselect = 3\n[versions]\ntrl = "0.9"\ntorch = "x"\n';
    expect(parse(text)?.configuration).toEqual({ ignore: ["trl"], versions: { trl: "0.9" } });
  });

  test("every prefix of a file is answered, with ranges inside it", () => {
    const text = '# ☕ x\n[severity]\n"trl" = "hint"\n\n[per-file-ignores]\n"tests/**" = ["ALL", \'trl\']\n[versions]\ntransformers = """>=4"""\n';
    for (let end = 0; end <= text.length; end++) {
      for (const { range } of parse(text.slice(0, end))?.problems ?? []) {
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThanOrEqual(end);
      }
    }
  });
});
