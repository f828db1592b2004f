/** Several sources become one configuration; patterns decide about files. */
import { describe, expect, test } from "vitest";
import { isEnabled } from "../../server/src/analysis/enabledRules.js";
import { defaultConfiguration } from "../../server/src/config/configuration.js";
import { parseEditorSettings } from "../../server/src/config/editorSettings.js";
import { anchoredPattern, configurationForFile, isExcluded } from "../../server/src/config/globs.js";
import { mergeByPreference, mergeLayers } from "../../server/src/config/layers.js";

describe("merging", () => {
  test("nothing said is the default", () => {
    expect(mergeLayers()).toEqual(defaultConfiguration);
    expect(mergeLayers(undefined, {})).toEqual(defaultConfiguration);
  });

  const editor = { ignore: ["trl"], versions: { trl: "1" } } as const;
  const file = { ignore: ["peft"], select: ["ALL"], versions: { trl: "2", torch: "3" } } as const;

  test.each([
    ["editorFirst", { select: ["ALL"], ignore: ["trl"], versions: { trl: "1", torch: "3" } }],
    ["filesystemFirst", { select: ["ALL"], ignore: ["peft"], versions: { trl: "2", torch: "3" } }],
    ["editorOnly", { ignore: ["trl"], versions: { trl: "1" } }],
  ] as const)("%s", (preference, expected) => {
    expect(mergeByPreference(editor, file, preference)).toEqual({ ...defaultConfiguration, ...expected });
  });
});

describe("editor settings", () => {
  test("nothing sent, or nonsense, is the defaults", () => {
    const shown = { hover: true, completion: true, codeLens: true, inlayHints: new Set(["batchSize", "ratios", "evaluations"]) };
    const defaults = { enable: true, run: "onType", trace: "off", configurationPreference: "editorFirst", ...shown, interpreter: "", configuration: {} };
    for (const sent of [undefined, null, {}, 3, "x", []]) expect(parseEditorSettings(sent)).toEqual({ settings: defaults, problems: [] });
  });

  test("defaults sent by the editor say nothing", () => {
    const sent = { select: null, ignore: [], severity: {}, perFileIgnores: {}, exclude: [], versions: {}, sftDecimalSaveSteps: "always", trace: { server: "off" } };
    expect(parseEditorSettings(sent).settings.configuration).toEqual({});
  });

  test("each setting is read", () => {
    const sent = { enable: false, run: "onSave", hover: { arguments: false }, inlayHints: { ratios: false }, trace: { server: "verbose" }, configurationPreference: "editorOnly", select: ["ALL"], ignore: ["trl"], versions: { trl: "1" } };
    expect(parseEditorSettings(sent)).toEqual({
      settings: {
        enable: false,
        run: "onSave",
        trace: "verbose",
        configurationPreference: "editorOnly",
        hover: false,
        completion: true,
        codeLens: true,
        inlayHints: new Set(["batchSize", "evaluations"]),
        interpreter: "",
        configuration: { select: ["ALL"], ignore: ["trl"], versions: { trl: "1" } },
      },
      problems: [],
    });
    expect(parseEditorSettings({ "trace.server": "messages" }).settings.trace).toBe("messages");
  });

  test("a bad one costs only itself and is told", () => {
    const { settings, problems } = parseEditorSettings({ run: "sometimes", ignore: "trl", exclude: ["x"] });
    expect(settings.run).toBe("onType");
    expect(settings.configuration).toEqual({ exclude: ["x"] });
    expect(problems).toEqual([
      'The setting hfPreflight.run must be "onType" or "onSave". Its default is used.',
      'The setting hfPreflight.ignore must be a list of rule ids, libraries or "ALL", such as ["trl"]. Its default is used.',
    ]);
  });
});

describe("file patterns", () => {
  test.each([
    ["build", "/w/build/a.py", true],
    ["build", "/w/x/build/y/a.py", true],
    ["build", "/w/builder/a.py", false],
    ["build", "/elsewhere/build/a.py", false],
    ["build/", "/w/build/a.py", true],
    ["*.py", "/w/x/a.py", true],
    ["x/*.py", "/w/x/a.py", true],
    ["x/*.py", "/w/x/y/a.py", false],
    ["x/**", "/w/x/y/a.py", true],
    ["./x", "/w/x/a.py", true],
    ["./x", "/w/y/x/a.py", false],
    ["{a,b}.py", "/w/b.py", true],
    [".hidden", "/w/.hidden/a.py", true],
    ["/abs/x.py", "/abs/x.py", true],
  ])("%s on %s: %s", (pattern, path, excluded) => {
    expect(isExcluded(path, { exclude: [anchoredPattern(pattern, "/w")] })).toBe(excluded);
  });

  test("a root with pattern characters in its name is taken literally", () => {
    expect(isExcluded("/w (1)/[x]/a.py", { exclude: [anchoredPattern("*.py", "/w (1)/[x]")] })).toBe(true);
    expect(isExcluded("C:\\w\\a.py", { exclude: [anchoredPattern("a.py", "C:\\w")] })).toBe(true);
  });

  const rule = { id: "trl/decimal-save-steps", status: "stable" } as const;
  test.each([
    [undefined, ["ALL"], false],
    [undefined, ["trl"], false],
    [undefined, ["peft"], true],
    [["trl/decimal-save-steps"], ["trl"], false],
    [["trl"], ["trl/decimal-save-steps"], false],
    [["ALL"], ["trl"], false],
    [["ALL"], ["peft"], true],
  ])("selected %j, ignored in the file %j: on is %s", (select, ignored, enabled) => {
    const config = { ...defaultConfiguration, perFileIgnores: { "/w/**": ignored }, ...(select && { select }) };
    expect(isEnabled(rule, configurationForFile("/w/a.py", config))).toBe(enabled);
    expect(isEnabled(rule, configurationForFile("/v/a.py", config))).toBe(true);
  });
});
