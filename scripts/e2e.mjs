// The tests in the real workbench and the real extension host, through @vscode/test-electron. `npm run e2e [-- SUITE ...]`.
//
// HF_PREFLIGHT_VSCODE says which VS Code: a path of a desktop executable, or `download` (the default on Windows). Otherwise it is
// VS Code's server build in headless Chromium, which needs no display. HF_PREFLIGHT_ONLY=TEXT runs the tests with TEXT in their name.
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { runTests } from "@vscode/test-electron";
import { ensureInstalled, runMain } from "./install.mjs";
import { node24, root } from "./paths.mjs";
import { CommandFailed } from "./process.mjs";
import { vsix } from "./package.mjs";

/** Each is test/e2e/<name>.ts and one window. */
export const suites = ["editor", "restricted", "packaged"];

const results = join(root, "test-results");

/** Runs one suite; resolves to its numbers. Throws when the window ended before the tests did. */
export async function runSuite(name) {
  const scratch = mkdtempSync(join(tmpdir(), "hf-preflight-e2e-"));
  try {
    return await runIn(scratch, name);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runIn(scratch, name) {
  const tests = await bundle(name);
  const workspace = join(scratch, "workspace");
  cpSync(join(root, "examples"), workspace, { recursive: true });
  const profile = { folder: join(scratch, "profile", "server"), extensions: join(scratch, "extensions") };
  const executable = vscodeExecutable();
  if (name === "packaged") await install(profile);
  const report = join(results, `e2e-${name}.jsonl`);
  mkdirSync(results, { recursive: true });
  rmSync(report, { force: true });
  const log = createWriteStream(join(results, `e2e-${name}.log`));
  const path = process.env.PATH;
  let exit = 0;
  try {
    // The launcher is a script that its first line hands to `node`: Node 24.
    process.env.PATH = `${dirname(node24)}${delimiter}${path}`;
    exit = await runTests({
      ...executable,
      extensionDevelopmentPath: name === "packaged" ? emptyExtension(scratch) : root,
      extensionTestsPath: tests,
      extensionTestsEnv: { HF_PREFLIGHT_REPORT: report, HF_PREFLIGHT_VSIX: vsix, HF_PREFLIGHT_EXTENSIONS: profile.extensions },
      launchArgs: [
        workspace,
        `--user-data-dir=${join(scratch, "profile")}`,
        `--extensions-dir=${profile.extensions}`,
        ...(name === "restricted" ? ["--restricted-mode"] : []),
      ],
      stdout: log,
      stderr: log,
    });
  } catch (error) {
    exit = 1;
    log.write(`${error.stack}\n`);
  } finally {
    process.env.PATH = path;
    await new Promise((resolve) => log.end(resolve));
  }
  keepLog(scratch, name);
  return read(report, exit, name);
}

/** The extension's own log outlives the profile that it was written to. */
function keepLog(scratch, name) {
  const found = readdirSync(scratch, { recursive: true }).filter((path) => path.endsWith("HF Preflight.log"));
  const texts = found.map((path) => readFileSync(join(scratch, path), "utf8"));
  writeFileSync(join(results, `e2e-${name}-extension.log`), texts.join("\n"));
}

/** One file that the extension host loads. */
async function bundle(name) {
  const outfile = join(root, ".cache", "e2e", `${name}.js`);
  await build({
    entryPoints: [join(root, "test", "e2e", `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}

function vscodeExecutable() {
  const chosen = process.env.HF_PREFLIGHT_VSCODE ?? (process.platform === "win32" ? "download" : "");
  if (chosen === "download") return {};
  return { vscodeExecutablePath: chosen === "" ? join(root, "scripts", "vscodeInBrowser.mjs") : chosen };
}

/** Puts the VSIX where users have their extensions. */
async function install(profile) {
  if (!existsSync(vsix)) throw new CommandFailed(`${vsix} is not there: npm run package`);
  const { installVsix } = await import("./vscodeServer.mjs");
  await installVsix(vsix, profile);
}

/** VS Code runs tests only with an extension under development; the packaged suite has none. */
function emptyExtension(scratch) {
  const folder = join(scratch, "empty");
  mkdirSync(folder);
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "empty", publisher: "test", version: "0.0.1", engines: { vscode: "^1.91.0" } }),
  );
  return folder;
}

/** Prints the tests' outcomes and counts them. */
function read(report, exit, name) {
  const lines = existsSync(report)
    ? readFileSync(report, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line))
    : [];
  let passed = 0;
  let failed = 0;
  for (const line of lines) {
    if (line.done) continue;
    if (line.error === undefined) passed += 1;
    else failed += 1;
    console.log(`${line.error === undefined ? "ok" : "FAILED"}  ${line.name} (${line.milliseconds} ms)`);
    if (line.error !== undefined) console.log(line.error.replace(/^/gmu, "    "));
  }
  if (!lines.some((line) => line.done) || (exit !== 0 && failed === 0)) {
    console.log(`The window ended with exit code ${exit} before its tests did.`);
    failed += 1;
  }
  if (failed > 0)
    console.log(
      `What the workbench and the extension said: test-results/e2e-${name}.log and test-results/e2e-${name}-extension.log`,
    );
  return { passed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    const chosen = process.argv.slice(2);
    let failures = 0;
    for (const name of chosen.length > 0 ? chosen : suites) {
      console.log(`\n== ${name}`);
      failures += (await runSuite(name)).failed;
    }
    return failures === 0 ? 0 : 1;
  });
}
