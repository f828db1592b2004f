/** What a message says of a script's own code. */
import { describe, expect, it } from "vitest";
import { fillMessage, shownCode } from "../../server/src/analysis/message.js";

describe("code in a message", () => {
  it.each([
    ["stays as it is", "model.to(device)", "model.to(device)"],
    ["is on one line", "model(\n        x,\r\n\ty\n    )", "model( x, y )"],
    ["is no longer than is read", "tokenizer('a text', return_tensors='pt')['input_ids']", "tokenizer('a text', return_tensors='pt'…"],
  ])("%s", (_name, code, shown) => {
    expect(shownCode(code)).toBe(shown);
    expect(shownCode(code).length).toBeLessThanOrEqual(40);
  });
});

describe("a message", () => {
  it("keeps a place that has no datum", () => {
    expect(fillMessage("{a} of {b}", { a: 1 })).toBe("1 of {b}");
  });
});
