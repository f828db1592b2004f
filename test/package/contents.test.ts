/** The file list of the VSIX before it is packed; test/e2e/packaged.ts looks at what is in the packed and installed one. */
import { fileURLToPath } from "node:url";
import { PackageManager, listFiles } from "@vscode/vsce";
import { expect, it } from "vitest";
import { expectedFiles } from "./contents.js";

it("packs exactly the files that are meant to ship", async () => {
  const files = await listFiles({ cwd: fileURLToPath(new URL("../..", import.meta.url)), packageManager: PackageManager.None });
  const expected = expectedFiles().map((file) => file.replace("LICENSE.txt", "LICENSE"));
  // The bundles are there after a build only; nothing else of dist/ ever is.
  const built = (file: string): boolean => file.startsWith("dist/");
  expect(files.filter((file) => !built(file)).sort()).toEqual(expected.filter((file) => !built(file)));
  expect(expected).toEqual(expect.arrayContaining(files.filter(built)));
});
