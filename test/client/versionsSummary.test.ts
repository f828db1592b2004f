/** What the status entry says of the versions that were detected. */
import { expect, it } from "vitest";
import { versionsSummary } from "../../client/src/versions/summary.js";
import type { DetectedVersions } from "../../server/src/lsp/protocol/detectedVersions.js";

function detected(libraries: readonly [library: string, version: string, source: string, isUsed: boolean][], ...problems: string[]): DetectedVersions {
  return {
    interpreter: null,
    libraries: libraries.map(([library, version, source, isUsed]) => ({ library, version, source, isUsed })),
    problems: problems.map((message) => ({ message })),
  };
}

it.each<[string, DetectedVersions, string, string]>([
  ["the libraries that the script names", detected([["transformers", "4.57.6", ".venv", true], ["trl", "0.25.1", ".venv", true], ["torch", "2.9.0", ".venv", false]]), "transformers 4.57.6, trl 0.25.1", ".venv"],
  ["else what is known", detected([["torch", "2.9.0", ".venv", false]]), "torch 2.9.0", ".venv"],
  ["each source once", detected([["transformers", ">=4.46,<5", "requirements.txt line 3", true], ["trl", "0.25.1", "requirements.txt line 7", true], ["peft", "0.18.0", ".venv", true]]), "transformers >=4.46,<5, trl 0.25.1, peft 0.18.0", "requirements.txt, .venv"],
  ["as many as there is room for", detected(["a", "b", "c", "d", "e"].map((name) => [name, "1", "uv.lock", true])), "a 1, b 1, c 1, ...", "uv.lock"],
  ["nothing", detected([]), "Library versions unknown", ""],
])("%s", (_, versions, text, detail) => {
  expect(versionsSummary(versions)).toEqual({ text, detail, problems: 0 });
});

it("how much is wrong", () => {
  expect(versionsSummary(detected([], "a", "b")).problems).toBe(2);
});
