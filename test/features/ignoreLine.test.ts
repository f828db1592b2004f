import { describe, expect, it } from "vitest";
import { applyEdits } from "../../server/src/analysis/applyEdits.js";
import { suppressionsOf } from "../../server/src/analysis/suppression.js";
import { ignoreLine } from "../../server/src/features/ignoreLine.js";
import { parser } from "../support/parser.js";

const comment = "# hf-preflight: ignore[a/b]";

/** The text with the rule ignored where `here` stands; undefined when it can't be. */
function ignored(text: string): string | undefined {
  const edit = ignoreLine(parser.parse(text), text.indexOf("here"), "a/b");
  if (!edit) return undefined;
  const after = applyEdits(text, [edit]);
  const place = after.indexOf("here");
  const covering = suppressionsOf(parser.parse(after)).flatMap(({ suppressions }) => suppressions);
  expect(covering.some(({ selector, covers }) => selector === "a/b" && covers.start <= place && place <= covers.end), after).toBe(true);
  return after;
}

describe("ignoring a line", () => {
  it.each([
    ["behind the line", "here\n", `here  ${comment}\n`],
    ["at the end of the text", "here", `here  ${comment}`],
    ["in place of blanks", "here  \t\r\nx\r\n", `here  ${comment}\r\nx\r\n`],
    ["behind another comment", "here  # noqa: E501\n", `here  # noqa: E501  ${comment}\n`],
    ["in the middle of a call", "f(\n    here,\n    1,\n)\n", `f(\n    here,  ${comment}\n    1,\n)\n`],
    ["after a string that is closed", "f(here, '''a''')\n", `f(here, '''a''')  ${comment}\n`],
    ["joining a list", "here  # hf-preflight: ignore[c/d]\n", "here  # hf-preflight: ignore[c/d, a/b]\n"],
    ["in place of a directive without rules", "here  # hf-preflight: ignore\n", `here  ${comment}\n`],
    ["not joining ignore-file", "here  # hf-preflight: ignore-file[c/d]\n", `here  # hf-preflight: ignore-file[c/d]  ${comment}\n`],
    ["above, where the line ends in a string", 'x = f(here, """\n""")\n', `${comment}\nx = f(here, """\n""")\n`],
    ["above, where the line is joined to the next", "if x:\n\ty = here + \\\n\t\t1\n", `if x:\n\t${comment}\n\ty = here + \\\n\t\t1\n`],
    ["above, below a byte order mark", "\uFEFFhere + \\\r\n1\r\n", `\uFEFF${comment}\r\nhere + \\\r\n1\r\n`],
    ["above a compound statement", 'while here("""\n"""):\n    pass\n', `${comment}\nwhile here("""\n"""):\n    pass\n`],
    ["above, where a string in a string ends later", 'x = f"""{here}\n"""\n', `${comment}\nx = f"""{here}\n"""\n`],
  ])("%s", (_, text, expected) => {
    expect(ignored(text)).toBe(expected);
  });

  it.each([
    ["the second statement of a line", 'x = 1; y = f(here, """\n""")\n'],
    ["a clause that is not the statement's first", 'if x:\n    pass\nelif here("""\n"""):\n    pass\n'],
    ["a body on the line of its header", 'if x: f(here, """\n""")\n'],
  ])("is not offered for %s, when the line ends in a string", (_, text) => {
    expect(ignored(text)).toBeUndefined();
  });
});
