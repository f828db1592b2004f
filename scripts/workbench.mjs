// A headless Chromium that shows the workbench of VS Code's server build.
import { chromium } from "playwright-core";
import { chromiumSwitches, ensureChromium } from "./chromium.mjs";
import { workbenchAddress } from "./vscodeServer.mjs";

/**
 * Opens the workbench. `result` resolves to the exit code of the tests (extension host) when `tests` is given; it rejects when the
 * page is gone before.
 */
export async function openWorkbench({
  server,
  folder,
  token,
  extensions = [],
  tests,
  open = [],
  viewport = { width: 1280, height: 800 },
  onLog = printLog,
}) {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumSwitches, headless: true });
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const result = new Promise((resolve, reject) => {
    page.on("crash", () => reject(new Error("The browser's page crashed.")));
    browser.on("disconnected", () => reject(new Error("The browser ended before the tests.")));
    void page.exposeFunction("codeAutomationExit", (code) => resolve(code));
  });
  // Nobody may be waiting for it: a picture is taken without tests.
  result.catch(() => undefined);
  await page.exposeFunction("codeAutomationLog", (type, args) => onLog(type, args));
  await page.goto(workbenchAddress({ port: server.port, folder, token, extensions, tests, open }));
  return { page, result, close: () => browser.close() };
}

function printLog(type, args) {
  const text = args.map((argument) => (typeof argument === "string" ? argument : JSON.stringify(argument))).join(" ");
  (type === "error" ? process.stderr : process.stdout).write(`${text}\n`);
}
