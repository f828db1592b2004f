/** Rules that no library asks for: they say something wherever a word stands, so that the protocol can be tested by itself. */
import type { Fix } from "../../../server/src/analysis/finding.js";
import { defineRule, type Rule } from "../../../server/src/analysis/rule.js";
import type { Span } from "../../../server/src/syntax/text.js";

const common = { status: "stable", since: "0.1.0", libraries: ["transformers"] } as const;
const docs = { summary: "A word that is no good.", why: "It is **wrong** after `hours`.", examples: [], references: [] };

function placesOf(text: string, word: string): Span[] {
  return [...text.matchAll(new RegExp(`\\b${word}\\b`, "g"))].map(({ index }) => ({ start: index, end: index + word.length }));
}

function replacement(at: Span, safety: Fix["safety"], newText: string): Fix {
  return { title: `Write ${newText} (${safety})`, safety, edits: [{ ...at, newText }] };
}

const badWord = defineRule({
  ...common,
  id: "fake/bad-word",
  severity: "error",
  messages: { found: "bad_word is not good." },
  docs,
  check(context) {
    for (const at of placesOf(context.script.text, "bad_word")) {
      context.report({
        message: "found",
        at,
        tags: ["deprecated"],
        related: [{ message: "the text begins here", range: { start: 0, end: 4 } }],
        fixes: [replacement(at, "placeholder", "${1:word}"), replacement(at, "unsafe", "other_word"), replacement(at, "safe", "good_word")],
      });
    }
  },
});

/** Its fix leads to the next: `step_1` to `step_2` to `step_3`, which is fine. */
const step = defineRule({
  ...common,
  id: "fake/step",
  severity: "warning",
  messages: { found: "There is a step after this." },
  docs,
  check(context) {
    for (const number of [1, 2]) {
      for (const at of placesOf(context.script.text, `step_${number}`)) {
        context.report({ message: "found", at, fixes: [replacement(at, "safe", `step_${number + 1}`)] });
      }
    }
  },
});

const throws = defineRule({
  ...common,
  id: "fake/throws",
  severity: "error",
  messages: {},
  docs,
  check(context) {
    if (context.script.text.includes("boom")) throw new Error("the rule went off");
  },
});

const gpus = defineRule({
  ...common,
  id: "fake/gpus",
  severity: "information",
  messages: { found: "This machine has {gpus}." },
  docs,
  check({ script, hardware, report }) {
    for (const at of placesOf(script.text, "gpus_here")) if (hardware.gpus.length > 0) report({ message: "found", data: { gpus: hardware.gpus.join(", ") }, at });
  },
});

export const fakeRules: readonly Rule[] = [throws, badWord, step, gpus];
