/** Rules that speak wherever a word stands, one for each thing that the terminal has to show or do. */
import type { Fix, FixSafety, Severity } from "../../../server/src/analysis/finding.js";
import { defineRule, type Rule } from "../../../server/src/analysis/rule.js";

interface Word {
  readonly word: string;
  readonly severity: Severity;
  readonly fix?: { readonly safety: FixSafety; readonly newText: string };
  readonly related?: boolean;
}

function wordRule({ word, severity, fix, related }: Word): Rule {
  return defineRule({
    id: `fake/${word.replace(/_/g, "-")}`,
    severity,
    status: "stable",
    since: "0.1.0",
    libraries: ["transformers"],
    messages: { found: `${word} is not good: 100% of it.` },
    docs: { summary: `The word ${word}.`, why: "It is **wrong**.", examples: [], references: [] },
    check({ script, report }) {
      for (const { index } of script.text.matchAll(new RegExp(`\\b${word}\\b`, "g"))) {
        const at = { start: index, end: index + word.length };
        const fixes: Fix[] = fix ? [{ title: `Write ${fix.newText}`, safety: fix.safety, edits: [{ ...at, newText: fix.newText }] }] : [];
        const first = script.text.indexOf("import");
        report({ message: "found", at, fixes, ...(related && { related: [{ message: "imported here", range: { start: first, end: first + 6 } }] }) });
      }
    },
  });
}

/** Several lines, from `begin_span` to `end_span`. */
const span = defineRule({
  id: "fake/span",
  severity: "warning",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers"],
  messages: { found: "This goes over several lines." },
  docs: { summary: "A long thing.", why: "Why not.", examples: [], references: [] },
  check({ script, report }) {
    const start = script.text.indexOf("begin_span");
    const end = script.text.indexOf("end_span");
    if (start >= 0) report({ message: "found", at: { start, end: end + "end_span".length } });
  },
});

const throws = defineRule({
  id: "fake/throws",
  severity: "error",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers"],
  messages: {},
  docs: { summary: "Goes off.", why: "It throws.", examples: [], references: [] },
  check({ script }) {
    if (script.text.includes("boom")) throw new Error("the rule went off");
  },
});

/** What the machine has, as far as it is known. */
const gpus = defineRule({
  id: "fake/gpus",
  severity: "information",
  status: "stable",
  since: "0.1.0",
  libraries: ["transformers"],
  messages: { found: "This machine has {gpus}." },
  docs: { summary: "What there is.", why: "It is there.", examples: [], references: [] },
  check({ script, hardware, report }) {
    const start = script.text.indexOf("gpus_here");
    if (start >= 0 && hardware.gpus.length > 0) report({ message: "found", data: { gpus: hardware.gpus.join(", ") }, at: { start, end: start + "gpus_here".length } });
  },
});

export const fakeRules: readonly Rule[] = [
  wordRule({ word: "bad", severity: "error", fix: { safety: "safe", newText: "good" }, related: true }),
  wordRule({ word: "step_1", severity: "warning", fix: { safety: "safe", newText: "step_2" } }),
  wordRule({ word: "step_2", severity: "warning", fix: { safety: "safe", newText: "step_3" } }),
  wordRule({ word: "risky", severity: "warning", fix: { safety: "unsafe", newText: "changed" } }),
  wordRule({ word: "fill_in", severity: "warning", fix: { safety: "placeholder", newText: "${1:word}" } }),
  wordRule({ word: "advice", severity: "information" }),
  wordRule({ word: "old", severity: "hint", fix: { safety: "safe", newText: "new" } }),
  wordRule({ word: "unclosed", severity: "error", fix: { safety: "safe", newText: "f((" } }),
  span,
  gpus,
  throws,
];
