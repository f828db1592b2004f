/** What is typed as a command is what runs: words as a POSIX shell splits them, with nothing expanded. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parseCommand, splitWords } from "../../client/src/panel/model/commandLine.js";
import { shellQuote } from "../../runner/src/shellQuote.js";
import { randomFrom } from "../support/random.js";

describe("a command line", () => {
  it.each([
    ["", []],
    ["  a  b\tc\n", ["a", "b", "c"]],
    [`--name "two words" --other 'it is'`, ["--name", "two words", "--other", "it is"]],
    [`a"b"'c'd`, ["abcd"]],
    [`""  ''`, ["", ""]],
    [`"a\\"b\\\\c\\n"`, [`a"b\\c\\n`]],
    [`a\\ b`, ["a b"]],
    ["a \\\n b", ["a", "b"]],
    ["$HOME *.py `x` | ; &", ["$HOME", "*.py", "`x`", "|", ";", "&"]],
  ])("%j is the words %j", (text, words) => {
    expect(splitWords(text)).toEqual({ words });
  });

  it("says what is wrong with one that has no end", () => {
    expect(splitWords(`a "b`)).toEqual({ problem: expect.stringContaining('"') as string });
    expect(splitWords("a \\")).toEqual({ problem: expect.stringContaining("backslash") as string });
  });

  it("reads back what it wrote, and so does a real shell", () => {
    const next = randomFrom("words");
    const letters = `ab '"\\$\`*?;&|<>()[]{}!#~=%é🙂\t`;
    const all = [...letters];
    for (let round = 0; round < 300; round++) {
      const words = Array.from({ length: 1 + Math.floor(next() * 4) }, () => Array.from({ length: Math.floor(next() * 8) }, () => all[Math.floor(next() * all.length)]).join(""));
      expect(splitWords(words.map(shellQuote).join(" "))).toEqual({ words });
      if (round % 10 === 0 && process.platform !== "win32") {
        const shell = spawnSync("/bin/sh", ["-c", `printf '%s\\0' ${words.map(shellQuote).join(" ")}`], { encoding: "utf8" });
        expect(shell.stdout.split("\0").slice(0, -1)).toEqual(words);
      }
    }
  });

  it("may begin with variables", () => {
    expect(parseCommand("CUDA_VISIBLE_DEVICES=0 WANDB_MODE='off line' python a.py --x=1")).toEqual({
      env: { CUDA_VISIBLE_DEVICES: "0", WANDB_MODE: "off line" },
      argv: ["python", "a.py", "--x=1"],
    });
    expect(parseCommand("A=1")).toEqual({ problem: expect.stringContaining("no program") as string });
  });
});
