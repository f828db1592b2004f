/** Which GPUs the machine has reaches the rules in the terminal too. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { Folder } from "./support/cli.js";

const files = { "train.py": "import transformers\ngpus_here\n", "gpus/0000.00.1e.0/information": "Model: \t\t Tesla T4\nIRQ:   \t\t 70\n" };

function messages(folder: Folder, gpus: string, args: readonly string[] = []): string[] {
  const { stdout } = folder.fake(["check", "--output-format", "json", ...args, "train.py"], { env: { TEST_GPUS: join(folder.path, gpus) } });
  return (JSON.parse(stdout) as { message: string }[]).map(({ message }) => message);
}

test("by the driver's files", () => {
  expect(messages(new Folder(files), "gpus")).toEqual(["This machine has Tesla T4."]);
});

test("with the versions told", () => {
  expect(messages(new Folder(files), "gpus", ["--versions", "transformers=4.46"])).toEqual(["This machine has Tesla T4."]);
});

test("not where there are none", () => {
  expect(messages(new Folder(files), "nowhere")).toEqual([]);
});

test("not where nothing is to be found out", () => {
  expect(messages(new Folder(files), "gpus", ["--isolated"])).toEqual([]);
});
