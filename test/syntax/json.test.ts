/** JSON as Python reads it: what `json.load` takes and refuses, with the place. */
import { describe, expect, test } from "vitest";
import { parseJson, type JsonNode } from "../../server/src/syntax/json.js";

function plain(node: JsonNode): unknown {
  if (node.kind === "scalar") return node.value;
  return node.kind === "array" ? node.items.map(plain) : Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

describe("what Python takes", () => {
  test.each([
    "{}",
    "[]",
    " \r\n\t[1, -2.5e3, 0, true, false, null]\n",
    '{"a": {"b": [{"c": "d"}]}, "e": "\\u00e9\\n\\"🤗"}',
    '"text"',
    "1",
    '{"a": 1, "a": 2}',
  ])("%s", (text) => {
    const parsed = parseJson(text);
    expect("root" in parsed && plain(parsed.root)).toEqual(JSON.parse(text));
  });

  test("numbers that JSON doesn't have", () => {
    const parsed = parseJson("[NaN, Infinity, -Infinity]");
    expect("root" in parsed && plain(parsed.root)).toEqual([NaN, Infinity, -Infinity]);
  });

  test("places", () => {
    const text = '{\n  "a": {"b": 12}\n}';
    const parsed = parseJson(text);
    if (!("root" in parsed) || parsed.root.kind !== "object") throw new Error("no object");
    const entry = parsed.root.entries.get("a");
    const inner = entry?.value.kind === "object" ? entry.value.entries.get("b") : undefined;
    const written = (span: { start: number; end: number } | undefined): string => text.slice(span?.start, span?.end);
    expect([written(entry?.key), written(entry?.value.span), written(inner?.key), written(inner?.value.span)]).toEqual(['"a"', '{"b": 12}', '"b"', "12"]);
  });
});

describe("what Python refuses", () => {
  test.each([
    ["", "it is empty", ""],
    ["  \n", "it is empty", "  \n"],
    ['{"a": 1, // one\n}', "a comment", "//"],
    ['# one\n{}', "a comment", "#"],
    ['{"a": 1,\n}', "a comma before }", ","],
    ["[1, 2,]", "a comma before ]", ","],
    ["{'a': 1}", "a single quote", "'"],
    ["{a: 1}", "a key without double quotes", "a"],
    ['{"a": True}', "Python's True", "True"],
    ['{"a": yes}', "the bare word yes", "yes"],
    ['{"a" 1}', "a missing colon", "1"],
    ['{"a": 1 "b": 2}', "a missing comma", '"'],
    ['{"a": 1', "it ends too early", "1"],
    ['{"a": }', "a missing value", "}"],
    ['{"a": 01}', "a malformed number", "0"],
    ['{"a": .5}', "a missing value", "."],
    ['{"a": "b\nc"}', "a string that doesn't end on its line, or a wrong escape in it", '"b'],
    ['{"a": "\\x"}', "a string that doesn't end on its line, or a wrong escape in it", '"\\x"}'],
    ["{} {}", "text behind the end", "{"],
    ["\uFEFF{}", "a byte order mark", "\uFEFF"],
  ])("%j", (text, what, at) => {
    const parsed = parseJson(text);
    if (!("problem" in parsed)) throw new Error("it was taken");
    expect([parsed.problem.what, text.slice(parsed.problem.span.start, parsed.problem.span.end)]).toEqual([what, at]);
  });

  test("more brackets than Python's own reader can take", () => {
    expect(parseJson(`${"[".repeat(600)}${"]".repeat(600)}`)).toMatchObject({ problem: { what: "too many brackets inside each other" } });
  });

  test("no prefix of a file hangs or throws", () => {
    const text = '{"zero_optimization": {"stage": 3, "offload": {"device": "cpu"}}, "betas": [0.9, 0.999], "fp16": {"enabled": "auto"}}';
    for (let length = 0; length < text.length; length++) expect("problem" in parseJson(text.slice(0, length))).toBe(true);
  });
});
