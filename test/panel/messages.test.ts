/** The page and the extension understand each other, and nothing else. */
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../client/src/panel/contentSecurityPolicy.js";
import { fromPanelSchema, toPanelSchema } from "../../client/src/panel/messages.js";
import { RunCurves } from "../../client/src/panel/model/runCurves.js";
import { parseOwners } from "../../client/src/panel/processOwners.js";
import { parseEnvironment } from "../../client/src/run/environmentText.js";
import { gpuLine, start } from "./support/lines.js";

describe("what the page may say", () => {
  it.each([
    { type: "ready" },
    { type: "launch", how: "run", anyway: false },
    { type: "change", script: "/a.py", change: { args: "--x", gpus: ["GPU-1"], command: null } },
    { type: "stop", run: "one" },
    { type: "openPlace", path: "/a.py", line: 3 },
  ])("%j is understood", (message) => {
    expect(fromPanelSchema.safeParse(message).success).toBe(true);
  });

  it.each([undefined, null, "ready", { type: "eval", code: "1" }, { type: "launch", how: "rm -rf", anyway: true }, { type: "change", script: "/a.py", change: { launcher: "bash" } }, { type: "openPlace", path: "/a.py", line: "3" }])("%j is not", (message) => {
    expect(fromPanelSchema.safeParse(message).success).toBe(false);
  });
});

it("charts survive the way to the page, gaps included", () => {
  const curves = new RunCurves(new Date(start), []);
  for (let second = 0; second < 20; second++) curves.addGpu(gpuLine(second, { used: second === 5 ? null : second, run: second }));
  const message = { type: "charts", run: "one", charts: curves.charts() };
  expect(toPanelSchema.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

it("the page's policy allows one script and the extension's own styles", () => {
  const policy = contentSecurityPolicy("https://extension.source", "bm9uY2U=");
  expect(policy).toBe("default-src 'none'; style-src https://extension.source; script-src 'nonce-bm9uY2U='");
  expect(policy).not.toMatch(/unsafe|\*|data:/u);
});

it("who holds the memory is read from ps", () => {
  const owners = parseOwners("  123 me       /usr/bin/python3 train.py --x 1\n 45678 other    ollama serve\nnot a line\n", "me");
  expect([...owners]).toEqual([
    [123, { user: "me", command: "/usr/bin/python3 train.py --x 1", own: true }],
    [45_678, { user: "other", command: "ollama serve", own: false }],
  ]);
});

it("an environment is one NAME=value per line", () => {
  expect(parseEnvironment("A=1\n\n# B=2\n C=x=y \n")).toEqual({ env: { A: "1", C: "x=y" } });
  expect(parseEnvironment("A=1\nnonsense")).toMatchObject({ problem: expect.stringContaining("nonsense") as string });
});
