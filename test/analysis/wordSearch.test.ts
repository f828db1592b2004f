/** The search behind the gates, held against looking for each word on its own. */
import { describe, expect, it } from "vitest";
import { WordSearch } from "../../server/src/analysis/wordSearch.js";
import { randomFrom } from "../support/random.js";

const found = (words: readonly string[], text: string): string[] => {
  const flags = new WordSearch(words).search(text);
  return words.filter((_, index) => flags[index] === 1);
};

describe("searching for many words at once", () => {
  it.each([
    ["nothing", ["train", "fit"], "", []],
    ["one", ["train", "fit"], "model.fit(x)", ["fit"]],
    ["a part of a longer one", ["train", "trainer", "in"], "my_trainer", ["train", "trainer", "in"]],
    ["an end of another word that goes on", ["save_steps", "steps_per"], "save_steps_per_epoch", ["save_steps", "steps_per"]],
    ["words longer than the text", ["gradient_accumulation_steps"], "steps", []],
    ["with signs", ["n_gpu", "_tokens", "\"step\""], "len(d) // n_gpu, \"step\"", ["n_gpu", "\"step\""]],
  ])("%s", (_, words, text, expected) => expect(found(words, text)).toEqual(expected));

  it("says of every text what one search per word says, wherever in it they stand", () => {
    const random = randomFrom("words");
    const pick = (letters: string, length: number): string => Array.from({ length }, () => letters.charAt(Math.floor(random() * letters.length))).join("");
    for (let round = 0; round < 2_000; round++) {
      const words = [...new Set(Array.from({ length: 8 }, () => pick("abc", 1 + Math.floor(random() * 5))))];
      const text = pick("abc. ", Math.floor(random() * 40));
      expect([words, text, found(words, text)]).toEqual([words, text, words.filter((word) => text.includes(word))]);
    }
  });

  it("finds what stands among letters beyond ASCII", () => expect(found(["padding"], "# größe 🙂 padding=True")).toEqual(["padding"]));

  it("refuses a word that it couldn't find", () => expect(() => new WordSearch(["größe"])).toThrow(/ASCII only/));
});
