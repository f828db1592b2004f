/** The expander that the snippet test rests on. */
import { describe, expect, it } from "vitest";
import { expandSnippet, parseSnippet, snippetVariants } from "../support/snippetGrammar.js";

describe("the snippet expander", () => {
  it.each([
    ["plain text", "a = {1: 2}", "a = {1: 2}"],
    ["a placeholder", "x = ${1:10}", "x = 10"],
    ["a tab stop", "x = ${1}$0", "x = ", "mirrors nothing"],
    ["the end", "x$0", "x"],
    ["a mirror, before and after", "$1 ${1:a} ${1} $1", "a a a a"],
    ["a choice takes the first", "${1|steps,epoch|} $1", "steps steps"],
    ["a placeholder in a placeholder", "${1:a ${2:b}} $2", "a b b"],
    ["escapes in text", "\\$ \\} \\\\", "$ } \\"],
    ["escapes in a placeholder", "${1:{\\}\\$}", "{}$"],
    ["escapes in a choice", "${1|a\\,b,c\\|d\\\\|}", "a,b"],
    ["a dollar in Python's braces", 'f"{x:.2f} ${1:y}"', 'f"{x:.2f} y"'],
  ])("%s", (_, body, expanded, refused?: string) => {
    if (refused) expect(() => parseSnippet(body)).toThrow(refused);
    else expect(expandSnippet(parseSnippet(body))).toBe(expanded);
  });

  it.each([
    ["a lone dollar", "cost: $"],
    ["a variable", "$TM_FILENAME"],
    ["a transformation", "${1/a/b/}"],
    ["a lone backslash", "print('\\n')"],
    ["an open placeholder", "${1:a"],
    ["an open choice", "${1|a,b"],
    ["a choice of one", "${1|a|}"],
    ["an empty option", "${1|a,|}"],
    ["the same option twice", "${1|a,a|}"],
    ["a number defined twice", "${1:a}${1:b}"],
    ["a missing number", "${1:a}${3:b}"],
    ["two ends", "$0 $0"],
  ])("refuses %s", (_, body) => {
    expect(() => parseSnippet(body)).toThrow();
  });

  it("gives every option its turn", () => {
    const variants = snippetVariants(parseSnippet("${1|a,b,c|}-${2|x,y|}"));
    expect(variants.map((variant) => variant.text)).toEqual(["a-x", "b-x", "c-x", "a-y"]);
  });
});
