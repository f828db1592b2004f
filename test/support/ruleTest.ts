/**
 * The rule tester: a table of valid and invalid scripts, and for each case everything that must hold of any finding and any fix.
 *
 * Marks `⟦...⟧` in an invalid script are the expected ranges, in order. For every case it also checks: CRLF, a byte order mark and an
 * emoji line above change nothing but offsets; random edits that end in the same text give the same findings; no prefix throws; a fix
 * gives the expected text, parses, removes the finding and is idempotent.
 */
import { describe, expect, it } from "vitest";
import { analyze } from "../../server/src/analysis/analyze.js";
import type { Finding, Fix, Severity } from "../../server/src/analysis/finding.js";
import { applyEdits } from "../../server/src/analysis/applyEdits.js";
import type { Rule } from "../../server/src/analysis/rule.js";
import { inventedFiles } from "../../server/src/analysis/scriptFile.js";
import { defaultConfiguration, type Configuration } from "../../server/src/config/configuration.js";
import { Versions } from "../../server/src/environment/versions.js";
import { rules } from "../../server/src/rules/index.js";
import { Script } from "../../server/src/script/script.js";
import { parseJson } from "../../server/src/syntax/json.js";
import { SyntaxTree } from "../../server/src/syntax/parser.js";
import { shippedKnowledge } from "./knowledge.js";
import { filledFaults } from "./messageStyle.js";
import { parser } from "./parser.js";
import { randomFrom } from "./random.js";

export interface Situation {
  /** Library -> version, as `--versions` takes them. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly config?: Partial<Configuration>;
  /** Texts of the files that the script names; null for one that isn't there. What isn't listed has not been looked for. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Whether the files were looked for in the one folder where the script will run, as before a run. */
  readonly runsThere?: boolean;
  /** The models of the machine's GPUs, as the NVIDIA driver names them. */
  readonly gpus?: readonly string[];
}

export interface ValidCase extends Situation {
  readonly name: string;
  readonly code: string;
}

export interface ExpectedFinding {
  /** A part of the message. */
  readonly message: string;
  readonly severity: Severity;
  /** What the finding underlines in files that the script names, as written there. */
  readonly inFiles?: readonly string[];
}

export interface InvalidCase extends ValidCase {
  /** One per mark, in order. */
  readonly findings: readonly ExpectedFinding[];
  /** What the first finding's first safe fix makes of the script; absent: there must be no safe fix. */
  readonly fixed?: string;
  /** The same for its first unsafe fix; absent: not looked at. */
  readonly unsafe?: string;
  /** The same for its first fix with a place to fill in, with the words that stand there. */
  readonly placeholder?: string;
  /** Whether the safe fix needs to be applied more than once, or leaves a finding of another kind. */
  readonly leaves?: "findings";
}

const MARKS = /[⟦⟧]/g;

export function check(code: string, situation: Situation = {}, only: readonly Rule[] = rules): Finding[] {
  return checkTree(new Script(parser.parse(code)), situation, only);
}

/** The findings of all rules in a script that is at hand. */
export function checkScript(script: Script, situation: Situation = {}): Finding[] {
  return checkTree(script, situation, rules);
}

function checkTree(script: Script, { versions = {}, config = {}, files = {}, runsThere = false, gpus = [] }: Situation, only: readonly Rule[]): Finding[] {
  return analyze({
    script,
    rules: only,
    versions: Versions.from(versions, "--versions"),
    knowledge: shippedKnowledge,
    files: inventedFiles(files, runsThere),
    hardware: { gpus },
    config: { ...defaultConfiguration, ...config },
    onRuleFailure: (rule, error) => {
      throw new Error(`${rule} threw on:\n${script.text}`, { cause: error });
    },
  });
}

/** The rule's own findings, which is what a table is about; other rules may have more to say of the same script. */
function own(rule: Rule, code: string, situation: Situation): Finding[] {
  return check(code, situation).filter((finding) => finding.rule === rule.id);
}

interface Marked {
  readonly code: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

function readMarks(marked: string): Marked {
  const ranges: { start: number; end: number }[] = [];
  let code = "";
  let start = 0;
  for (const unit of marked) {
    if (unit === "⟦") start = code.length;
    else if (unit === "⟧") ranges.push({ start, end: code.length });
    else code += unit;
  }
  return { code, ranges };
}

export function ruleTest(rule: Rule, table: { readonly valid: readonly ValidCase[]; readonly invalid: readonly InvalidCase[] }): void {
  const all = [...table.valid, ...table.invalid];
  it("has no case twice", () => {
    const keys = all.map((each) => JSON.stringify([each.code.replace(MARKS, ""), each.versions, each.config, each.files, each.runsThere, each.gpus]));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(table.valid.length, "valid cases outnumber invalid ones").toBeGreaterThanOrEqual(table.invalid.length);
  });

  it("shows every message of the rule", () => {
    const shown = table.invalid.flatMap((each) => own(rule, each.code.replace(MARKS, ""), each).map(({ message }) => message));
    // What several rules say is shown by one of them.
    const isShared = (text: string): boolean => rules.some((other) => other !== rule && Object.values(other.messages).includes(text));
    const missing = Object.entries(rule.messages).filter(([, text]) => !isShared(text) && !shown.some((message) => isFilledIn(text, message)));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  describe(`${rule.id}: valid`, () => {
    it.each(table.valid)("$name", (each) => {
      expect(own(rule, each.code, each)).toEqual([]);
      expectSteady(rule, each.code, each);
    });
  });

  describe(`${rule.id}: invalid`, () => {
    it.each(table.invalid)("$name", (each) => {
      const { code, ranges } = readMarks(each.code);
      const findings = own(rule, code, each);
      expect(findings.map((finding) => code.slice(finding.range.start, finding.range.end))).toEqual(ranges.map((range) => code.slice(range.start, range.end)));
      expect(findings.map((finding) => finding.range)).toEqual(ranges);
      expect(findings.map((finding) => finding.severity)).toEqual(each.findings.map((expected) => expected.severity));
      findings.forEach((finding, index) => {
        expect(finding.message).toContain(each.findings[index]?.message);
        const inFiles = finding.related.flatMap(({ file, range }) => (file ? [file.text.slice(range.start, range.end)] : []));
        expect(inFiles, "what is underlined in other files").toEqual(each.findings[index]?.inFiles ?? []);
        expectReadable(finding);
      });
      expectFixes(rule, code, each, findings);
      expectSteady(rule, code, each);
    });
  });
}

/** Whether a message is a template with its placeholders filled in. */
function isFilledIn(template: string, message: string): boolean {
  const pattern = template.split(/\{\w+\}/).map((text) => text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")).join(".*");
  return new RegExp(`^${pattern}$`, "s").test(message);
}

function expectReadable({ message }: Finding): void {
  expect(filledFaults(message), message).toEqual([]);
}

function expectFixes(rule: Rule, code: string, each: InvalidCase, findings: readonly Finding[]): void {
  const [first] = findings;
  const safe = first?.fixes.find((fix) => fix.safety === "safe");
  expect(safe ? applyEdits(code, safe.edits) : undefined, "the safe fix").toBe(each.fixed);
  const unsafe = first?.fixes.find((fix) => fix.safety === "unsafe" && !fix.file);
  if (each.unsafe !== undefined) expect(unsafe && applyEdits(code, unsafe.edits), "the unsafe fix").toBe(each.unsafe);
  const placeholder = first?.fixes.find((fix) => fix.safety === "placeholder");
  if (each.placeholder !== undefined) expect(placeholder && filledIn(code, placeholder), "the fix with a placeholder").toBe(each.placeholder);
  for (const fix of findings.flatMap((finding) => finding.fixes)) {
    if (fix.file) {
      expect(fix.safety, "a fix of another file").toBe("unsafe");
      expect("root" in parseJson(applyEdits(fix.file.text, fix.edits)), `${fix.title} breaks the file`).toBe(true);
      continue;
    }
    const text = filledIn(code, fix);
    expect(text, `${fix.title} changes nothing`).not.toBe(code);
    const wasBroken = parser.parse(code).hasError(0);
    expect(parser.parse(text).hasError(0), `${fix.title} breaks the script:\n${text}`).toBe(wasBroken);
  }
  if (safe && each.fixed !== undefined && each.leaves === undefined) {
    const left = own(rule, each.fixed, each);
    expect(left.length, "the fix removes its finding").toBe(findings.length - 1);
  }
}

/** What a fix makes of a script, with a placeholder's own words in its place. */
function filledIn(code: string, fix: Fix): string {
  return applyEdits(code, fix.edits.map((edit) => ({ ...edit, newText: edit.newText.replace(/\$\{\d+:([^}]*)\}/g, "$1") })));
}

/** The same findings whatever the line endings, whatever stands above, and however the text came about. No prefix throws. */
function expectSteady(rule: Rule, code: string, situation: Situation): void {
  const shape = (findings: readonly Finding[]): unknown => findings.map((finding) => [finding.rule, finding.severity, finding.message]);
  const expected = shape(own(rule, code, situation));
  for (const [what, variant] of [
    ["CRLF", code.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${code}`],
    ["an emoji above", `# 🤗 \u00e9\n${code}`],
  ] as const) {
    expect(shape(own(rule, variant, situation)), what).toEqual(expected);
  }
  expectIncremental(code, situation, expected, rule);
  const step = Math.max(1, Math.floor(code.length / 40));
  for (let length = 0; length < code.length; length += step) check(code.slice(0, length), situation);
}

function expectIncremental(code: string, situation: Situation, expected: unknown, rule: Rule): void {
  const random = randomFrom(code);
  const tree = new SyntaxTree(parser, code);
  for (let round = 0; round < 6; round++) {
    // Type something somewhere, look, and take it out again.
    const at = Math.floor(random() * (tree.text.length + 1));
    const typed = ["x", "(", '"""', "\n", "é😀", "    "][Math.floor(random() * 6)] ?? "x";
    const before = tree.text;
    tree.edit(before.slice(0, at) + typed + before.slice(at), { start: at, oldEnd: at, newEnd: at + typed.length });
    checkTree(new Script(tree.flat), situation, rules);
    tree.edit(before, { start: at, oldEnd: at + typed.length, newEnd: at });
  }
  const findings = checkTree(new Script(tree.flat), situation, rules).filter((finding) => finding.rule === rule.id);
  tree.dispose();
  expect(findings.map((finding) => [finding.rule, finding.severity, finding.message]), "after typing and undoing").toEqual(expected);
}
