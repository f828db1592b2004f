/** The committed binaries are those of the pinned packages, and they fit together. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Language, LANGUAGE_VERSION, MIN_COMPATIBLE_VERSION, Parser } from "web-tree-sitter";
import * as z from "zod";

const root = new URL("../../", import.meta.url);
const bytes = (path: string): Buffer => readFileSync(new URL(path, root));
const sha256 = (data: Buffer): string => createHash("sha256").update(data).digest("hex");
const json = (path: string): unknown => JSON.parse(bytes(path).toString("utf8"));

/** The rows of PROVENANCE.md: file, package, version, path in the package, licence, hash. */
const rows = bytes("grammars/PROVENANCE.md")
  .toString("utf8")
  .split("\n")
  .filter((line) => /^\| \S+\.wasm /u.test(line))
  .map((line) => {
    const [file = "", name = "", version = "", path = "", licence = "", hash = ""] = line.split("|").slice(1, -1).map((cell) => cell.trim());
    return { file, name, version, path, licence, hash };
  });

describe("grammars/", () => {
  it("holds what PROVENANCE.md lists, and nothing else", () => {
    expect(rows.map((row) => row.file).sort()).toEqual(["tree-sitter-python.wasm", "web-tree-sitter.wasm"]);
    expect(readdirSync(new URL("grammars/", root)).sort()).toEqual(["PROVENANCE.md", ...rows.map((row) => row.file)].sort());
  });

  const pins = z.object({ devDependencies: z.record(z.string(), z.string()) }).parse(json("package.json")).devDependencies;

  it.each(rows)("$file is the file of $name $version", ({ file, name, version, path, licence, hash }) => {
    expect(sha256(bytes(`grammars/${file}`))).toBe(hash);
    expect(sha256(bytes(`node_modules/${name}/${path}`))).toBe(hash);
    expect(pins[name]).toBe(version);
    expect(json(`node_modules/${name}/package.json`)).toMatchObject({ version, license: licence });
  });

  it("has a grammar whose ABI the runtime reads", async () => {
    await Parser.init();
    const { abiVersion } = await Language.load(bytes("grammars/tree-sitter-python.wasm"));
    expect(abiVersion).toBeGreaterThanOrEqual(MIN_COMPATIBLE_VERSION);
    expect(abiVersion).toBeLessThanOrEqual(LANGUAGE_VERSION);
  });

  it("has a scanner that never asks for the column", () => {
    // `SyntaxTree.edit` gives tree-sitter byte offsets and leaves rows and columns at zero. Parsing again then depends on those only in
    // a node that was lexed with `get_column`.
    const scanner = new URL("node_modules/tree-sitter-python/src/scanner.c", root);
    expect(existsSync(scanner)).toBe(true);
    expect(readFileSync(scanner, "utf8")).not.toContain("get_column");
  });
});
