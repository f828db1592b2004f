// `npm start` as a person meets it: the address opens the editor with the extension in it, and Ctrl-C leaves nothing behind.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumSwitches, ensureChromium } from "../../scripts/chromium.mjs";
import { root } from "../../scripts/paths.mjs";

/** Runs the checks in order, each on what the one before it left; resolves to their numbers. */
export async function run() {
  const port = await freePort();
  const editor = start(["--port", String(port)]);
  let passed = 0;
  let failed = 0;
  const check = async (name, body) => {
    try {
      await body();
      passed += 1;
      console.log(`ok  ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${error.stack}`);
    }
  };
  try {
    let address = "";
    await check("prints an address", async () => {
      const output = await editor.printed("Ctrl-C stops it.");
      address = /http:\/\/127\.0\.0\.1:\S+/u.exec(output)?.[0] ?? "";
      assert.ok(address.startsWith(`http://127.0.0.1:${port}/`), output);
    });
    await check("the address opens the example, and its mistake is underlined", () => opens(address));
    await check("nobody gets in without the token", async () => {
      const { status } = await fetch(`http://127.0.0.1:${port}/`);
      assert.equal(status, 403);
    });
    await check("says so when the port is taken", async () => {
      const second = start(["--port", String(port)]);
      assert.equal(await second.exit, 1);
      assert.match(second.output(), new RegExp(`Port ${port} is taken`, "u"));
    });
    await check("Ctrl-C stops it and frees the port", async () => {
      editor.process.kill("SIGINT");
      assert.equal(await editor.exit, 0);
      assert.equal(await isFree(port), true);
    });
  } finally {
    editor.process.kill("SIGTERM");
    await editor.exit;
  }
  return { passed, failed };
}

function start(args) {
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs"), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
      for (const listener of listeners) listener();
    });
  }
  const exit = new Promise((resolve) => child.on("close", resolve));
  const printed = (text) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve(output);
      };
      listeners.add(look);
      void exit.then((code) => reject(new Error(`ended with ${code} before it printed ${JSON.stringify(text)}:\n${output}`)));
      look();
    });
  return { process: child, exit, printed, output: () => output };
}

/** As in anybody's browser: nothing of the tests is exposed to the page. */
async function opens(address) {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumSwitches });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(address);
    await page.locator(".squiggly-error, .squiggly-warning").first().waitFor({ state: "attached", timeout: 60_000 });
    assert.ok(!page.url().includes("tkn="), "the token is taken out of the address");
  } finally {
    await browser.close();
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
