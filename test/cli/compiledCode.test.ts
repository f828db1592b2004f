/** What V8 compiled is kept for the next check, and nothing depends on it. */
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dist, Folder, type Result } from "./support/cli.js";

const wrong = `from transformers import TrainingArguments

args = TrainingArguments("out", fp16=True, bf16=True)
`;

/** A project with a cache folder of its own. */
function project(): { readonly check: (env?: Readonly<Record<string, string>>) => Result; readonly folder: Folder; readonly kept: () => string[]; readonly cache: string } {
  const folder = new Folder({ "train.py": wrong });
  const cache = join(folder.path, "cache");
  const code = join(cache, "hf-preflight", "code");
  return {
    folder,
    cache,
    check: (env = {}) => folder.cli(["check", "--isolated", "train.py", "--output-format", "concise"], { env: { XDG_CACHE_HOME: cache, ...env } }),
    kept: () => {
      try {
        return readdirSync(code).map((name) => join(code, name));
      } catch {
        return [];
      }
    },
  };
}

function expectRight({ code, stdout, stderr }: Result): void {
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout).toContain("train.py:3:44: error[transformers/fp16-and-bf16]");
}

describe("compiled code", () => {
  it("is kept by the first check and taken by the next", () => {
    const { check, kept } = project();
    expectRight(check());
    const [path, ...others] = kept();
    expect(others).toEqual([]);
    const before = statSync(path ?? "");
    expect(before.size).toBeGreaterThan(100_000);
    expectRight(check());
    expect([kept(), statSync(path ?? "").mtimeMs]).toEqual([[path], before.mtimeMs]);
  });

  it("isn't kept by a command that checks nothing, nor where the person wants none", () => {
    const { check, folder, cache, kept } = project();
    expect(folder.cli(["--help"], { env: { XDG_CACHE_HOME: cache } }).code).toBe(0);
    expectRight(check({ NODE_DISABLE_COMPILE_CACHE: "1" }));
    expect(kept()).toEqual([]);
  });

  it("is made again where it is broken", () => {
    const { check, kept } = project();
    expectRight(check());
    const [path = ""] = kept();
    writeFileSync(path, "not what V8 wrote");
    expectRight(check());
    expect(readFileSync(path).length).toBeGreaterThan(100_000);
  });

  it("is another one for another build, and no more than four are kept", () => {
    const { check, kept } = project();
    const programs = join(dist, "programs.js");
    const builds: number[] = [];
    for (let build = 1; build <= 6; build++) {
      utimesSync(programs, build, build);
      expectRight(check());
      builds.push(kept().length);
    }
    expect(builds).toEqual([1, 2, 3, 4, 4, 4]);
    expect(kept().some((path) => path.endsWith("-6000.bin"))).toBe(true);
  });

  it("is done without where nothing can be written", () => {
    const { check, folder, kept } = project();
    folder.write("cache", "a file in the folder's place");
    expectRight(check());
    expectRight(check());
    expect(kept()).toEqual([]);
  });
});
