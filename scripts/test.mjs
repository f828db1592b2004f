// `npm test`: everything, on a clean clone. The last line is the sum of all suites.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { bin, node24, root, withNode24 } from "./paths.mjs";
import { CommandFailed, cleanEnvironment, runVisibly } from "./process.mjs";

const results = join(root, "test-results");
const total = { passed: 0, failed: 0 };

/** Runs one suite. Whatever it throws is one failure, and the next suite runs all the same. */
async function suite(name, run) {
  console.log(`\n== ${name}`);
  try {
    const { passed, failed } = await run();
    total.passed += passed;
    total.failed += failed;
    console.log(`-- ${name}: ${passed} passed, ${failed} failed`);
  } catch (error) {
    total.failed += 1;
    if (error instanceof CommandFailed) console.error(`${error.output}\n${error.message}`.trim());
    else console.error(error);
    console.log(`-- ${name}: did not finish`);
  }
}

/** A tool whose exit code is its verdict. */
const step = (name, program, args) =>
  suite(name, async () => {
    const code = await runVisibly(program, args, { cwd: root, env: withNode24(cleanEnvironment()) });
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  });

async function vitest() {
  const report = join(results, "vitest.json");
  rmSync(report, { force: true });
  const args = [join(bin, "vitest"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runVisibly(node24, args, { cwd: root, env: withNode24(cleanEnvironment()) });
  if (!existsSync(report)) throw new CommandFailed(`vitest ended with exit code ${code} and left no report.`);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  // A file that cannot even be loaded has no failed test in it.
  const broken = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = numFailedTests + broken;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function main() {
  mkdirSync(results, { recursive: true });
  try {
    await ensureInstalled();
  } catch (error) {
    total.failed += 1;
    console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}`.trim() : error);
    return;
  }
  await step("lint", node24, [join(bin, "eslint"), "."]);
  await step("types", node24, [join(bin, "tsc"), "-p", "."]);
  await step("types of the panel's page", node24, [join(bin, "tsc"), "-p", join("client", "src", "panel", "web")]);
  // The bundles that ship are the ones that are tested from here on.
  const { packageVsix } = await import("./package.mjs");
  await suite("package", async () => {
    await packageVsix();
    return { passed: 1, failed: 0 };
  });
  await suite("vitest", vitest);
  const { suites, runSuite } = await import("./e2e.mjs");
  for (const name of suites) await suite(`workbench: ${name}`, () => runSuite(name));
  if (process.platform !== "win32") await suite("workbench: panel", async () => (await import("../test/e2e/panel.mjs")).run());
  if (process.platform !== "win32") await suite("npm start", async () => (await import("../test/e2e/start.mjs")).run());
}

await main();
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
