/** Which configuration file holds for a script. */
import { describe, expect, test } from "vitest";
import { findConfiguration, type ConfigurationCache, type FoundConfiguration } from "../../server/src/config/findConfiguration.js";

function find(files: Record<string, string>, script: string): Promise<FoundConfiguration | undefined> {
  return findConfiguration(script, (path) => files[path], ["trl/decimal-save-steps"]);
}

const ours = 'ignore = ["trl"]';
const pyproject = `[tool.hf-preflight]\n${ours}`;

describe("the nearest file wins", () => {
  const table: [what: string, files: Record<string, string>, found: string | undefined][] = [
    ["none", {}, undefined],
    ["beside the script", { "/w/a/hf-preflight.toml": ours, "/w/hf-preflight.toml": ours }, "/w/a/hf-preflight.toml"],
    ["further up", { "/hf-preflight.toml": ours }, "/hf-preflight.toml"],
    ["its own file before pyproject.toml", { "/w/hf-preflight.toml": ours, "/w/pyproject.toml": pyproject }, "/w/hf-preflight.toml"],
    ["a nearer pyproject.toml before a farther own file", { "/w/a/pyproject.toml": pyproject, "/w/hf-preflight.toml": ours }, "/w/a/pyproject.toml"],
    ["a pyproject.toml without our table doesn't stop the search", { "/w/a/pyproject.toml": "[tool.ruff]", "/w/hf-preflight.toml": ours }, "/w/hf-preflight.toml"],
    ["nor does a mention", { "/w/a/pyproject.toml": 'x = ["hf-preflight"]', "/w/hf-preflight.toml": ours }, "/w/hf-preflight.toml"],
    ["an empty own file does", { "/w/a/hf-preflight.toml": "", "/w/hf-preflight.toml": ours }, "/w/a/hf-preflight.toml"],
    ["a broken one too", { "/w/a/hf-preflight.toml": "=", "/w/hf-preflight.toml": ours }, "/w/a/hf-preflight.toml"],
  ];
  test.each(table)("%s", async (_, files, found) => {
    expect((await find(files, "/w/a/train.py"))?.path).toBe(found);
  });
});

test("a broken file has problems and no configuration", async () => {
  const found = await find({ "/w/hf-preflight.toml": "ignore = [" }, "/w/a.py");
  expect(found?.configuration).toBeUndefined();
  expect(found?.problems).toHaveLength(1);
});

test("patterns become absolute, relative to the file's folder", async () => {
  const found = await find({ "/w/[x]/hf-preflight.toml": 'exclude = ["build", "a/*.py", "./b.py", "/abs"]\nper-file-ignores = { "t" = ["trl"] }' }, "/w/[x]/a.py");
  expect(found?.configuration).toEqual({
    exclude: ["/w/\\[x\\]/**/build", "/w/\\[x\\]/a/*.py", "/w/\\[x\\]/b.py", "/abs"],
    perFileIgnores: { "/w/\\[x\\]/**/t": ["trl"] },
  });
});

test("with a cache each folder is read once", async () => {
  const asked: string[] = [];
  const cache: ConfigurationCache = new Map();
  const read = (path: string): undefined => void asked.push(path);
  await Promise.all(["/w/a/1.py", "/w/a/2.py", "/w/b/3.py"].map((path) => findConfiguration(path, read, [], cache)));
  expect(asked.filter((path) => path.startsWith("/w/hf"))).toHaveLength(1);
  expect(new Set(asked).size).toBe(asked.length);
});
