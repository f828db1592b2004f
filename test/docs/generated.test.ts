/** The generated pages, tables and settings are those that the rules and the schema make. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { contributedConfiguration } from "../../scripts/docs/contributedSettings.js";
import { generatedFiles, obsoletePages } from "../../scripts/docs/generated.js";
import { defaultConfiguration, type Configuration } from "../../server/src/config/configuration.js";
import { parseConfigurationFile } from "../../server/src/config/configFile.js";
import { parseEditorSettings } from "../../server/src/config/editorSettings.js";
import { fileSettings, settingMeta, settingsSchema } from "../../server/src/config/settings.js";
import { rules } from "../../server/src/rules/index.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

function read(path: string): string | undefined {
  return statSync(root + path, { throwIfNoEntry: false }) ? readFileSync(root + path, "utf8") : undefined;
}

const generated = generatedFiles(rules, read);

test.each([...generated])("%s is up to date", (path, text) => {
  expect(read(path) === text, `${path} is out of date. Repair with: npm run docs`).toBe(true);
});

test("no page is left of a rule that is gone", () => {
  const pages = readdirSync(`${root}docs/rules`, { recursive: true, encoding: "utf8" }).map((path) => relative(root, `${root}docs/rules/${path}`).split(sep).join("/"));
  expect(obsoletePages(generated, pages), "Repair with: npm run docs").toEqual([]);
});

test("no rules at all make an empty list", () => {
  const files = generatedFiles([], (path) => (path === "README.md" ? "a\n<!-- rules:begin -->\nold\n<!-- rules:end -->\nb\n" : undefined));
  expect([...files.keys()]).toEqual(["docs/rules/README.md", "docs/settings.md", "docs/messages.md", "README.md"]);
  expect(files.get("README.md")).toBe("a\n<!-- rules:begin -->\n\n<!-- rules:end -->\nb\n");
});

test("a README without the marks stays as it is", () => {
  expect(generatedFiles([], (path) => (path === "README.md" ? "# x\n" : undefined)).get("README.md")).toBe("# x\n");
});

describe("the contributed settings", () => {
  const { properties } = contributedConfiguration();

  test("have the names that package.json promises, each with type, default, scope and description", () => {
    expect(Object.keys(properties)).toEqual([
      "hfPreflight.enable",
      "hfPreflight.run",
      "hfPreflight.select",
      "hfPreflight.ignore",
      "hfPreflight.severity",
      "hfPreflight.perFileIgnores",
      "hfPreflight.exclude",
      "hfPreflight.versions",
      "hfPreflight.sftDecimalSaveSteps",
      "hfPreflight.configurationPreference",
      "hfPreflight.hover.arguments",
      "hfPreflight.completion.arguments",
      "hfPreflight.inlayHints.batchSize",
      "hfPreflight.inlayHints.ratios",
      "hfPreflight.inlayHints.evaluations",
      "hfPreflight.codeLens",
      "hfPreflight.gpu.statusBar",
      "hfPreflight.gpu.nvidiaSmiPath",
      "hfPreflight.gpu.demonstration",
      "hfPreflight.interpreter",
      "hfPreflight.trace.server",
    ]);
    for (const [name, { type, default: fallback, scope, markdownDescription, enum: values, markdownEnumDescriptions }] of Object.entries(properties)) {
      expect(type, name).toBeDefined();
      expect(fallback, name).not.toBeUndefined();
      expect(["resource", "window", "machine-overridable"]).toContain(scope);
      expect(markdownDescription.length, name).toBeGreaterThan(10);
      expect((markdownEnumDescriptions as string[] | undefined)?.length, name).toBe((values as string[] | undefined)?.length);
    }
  });

  test("have defaults that say nothing, and make the default configuration", () => {
    const sent = Object.fromEntries(Object.entries(properties).map(([name, { default: fallback }]) => [name.slice("hfPreflight.".length), fallback]));
    expect(parseEditorSettings(sent)).toEqual({ settings: parseEditorSettings({}).settings, problems: [] });
    expect(parseEditorSettings(sent).settings.configuration).toEqual({});
    const defaults: Record<string, unknown> = Object.fromEntries(fileSettings.map((name) => [name, settingsSchema.shape[name].parse(undefined)]));
    expect({ ...defaults, select: undefined }).toEqual({ ...defaultConfiguration, select: undefined } satisfies { [Key in keyof Configuration]: unknown });
  });

  test.each(fileSettings)("the example of %s is a good configuration file", (name) => {
    expect(parseConfigurationFile(settingMeta(name).example ?? "", "hf-preflight.toml", rules.map(({ id }) => id))).toEqual({
      configuration: { [name]: expect.anything() as unknown },
      problems: [],
    });
  });
});
