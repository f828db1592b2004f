// A window on a copy of the examples, used as a person would: by clicking and typing. The GPU is the examples' demonstration.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openWorkbench } from "../../../scripts/workbench.mjs";
import { root } from "../../../scripts/paths.mjs";
import { startVscodeServer } from "../../../scripts/vscodeServer.mjs";

/** Long enough for a cold start on a busy machine. */
const patience = 60_000;

export async function openPanelWindow({ trusted = true, settings = {}, viewport = { width: 1440, height: 1000 }, open = "demo_training.py", files = {} } = {}) {
  const scratch = mkdtempSync(join(tmpdir(), "hf-preflight-panel-"));
  const examples = join(scratch, "examples");
  const runs = join(scratch, "runs");
  cpSync(join(root, "examples"), examples, { recursive: true });
  // Before the window opens: what it lists later comes from what it has seen first.
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(examples, path)), { recursive: true });
    writeFileSync(join(examples, path), text);
  }
  const server = await startVscodeServer({
    folder: join(scratch, "server"),
    trustWorkspaces: trusted,
    // Whether this machine has a GPU or not, these tests see none.
    settings: { "hfPreflight.gpu.nvidiaSmiPath": join(scratch, "none", "nvidia-smi"), "window.dialogStyle": "custom", ...settings },
    environment: { ...process.env, HF_PREFLIGHT_RUNS: runs, HF_PREFLIGHT_NVIDIA_SMI: "" },
  });
  const workbench = await openWorkbench({ server, folder: examples, extensions: [root], open: [join(examples, open)], viewport, onLog: () => {} });
  const { page } = workbench;
  page.setDefaultTimeout(patience);
  const violations = [];
  page.on("console", (message) => {
    if (/Content Security Policy/iu.test(message.text()) && /panel\.(?:js|css)|hf-preflight/iu.test(message.text() + message.location().url)) violations.push(message.text());
  });
  await page.locator(".monaco-editor .view-lines").first().waitFor();

  return {
    page,
    examples,
    violations,
    /** Brings the container to the front; resolves to the page of the view “Run”. */
    async openPanel() {
      await page.locator('.activitybar .action-label[aria-label^="HF Preflight"]').first().click();
      return frameOf(page, "launch");
    },
    frame: (kind) => frameOf(page, kind),
    /** What the runs' folders say, the newest first. */
    records() {
      if (!existsSync(runs)) return [];
      const paths = readdirSync(runs).map((name) => join(runs, name, "run.json"));
      return paths
        .filter((path) => existsSync(path))
        .map((path) => JSON.parse(readFileSync(path, "utf8")))
        .sort((a, b) => b.started.localeCompare(a.started));
    },
    async openFile(name) {
      await page.keyboard.press("Control+p");
      await page.locator(".quick-input-widget input").first().fill(name);
      await page.locator(`.quick-input-list [aria-label^="${name}"]`).first().click();
      await page.locator(`.tab.active[aria-label^="${name}"], .tab.active[data-resource-name="${name}"]`).first().waitFor();
    },
    async command(title) {
      await page.keyboard.press("F1");
      await page.locator(".quick-input-widget input").first().fill(`>${title}`);
      await page.locator(`.quick-input-list [aria-label*="${title}"]`).first().click();
    },
    async close() {
      await workbench.close();
      await server.stop();
      for (const { process: script } of this.records()) if (script) endGroup(script.pid);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The inner frame of one of our pages: VS Code wraps each into two. */
async function frameOf(page, kind) {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    for (const frame of page.frames()) {
      const found = await frame.evaluate(() => globalThis.document.body?.dataset.page).catch(() => undefined);
      if (found === kind) return frame;
    }
    // Frames come and go with events; one that came in between is found by the next look.
    await page.waitForEvent("framenavigated", { timeout: 500 }).catch(() => undefined);
  }
  throw new Error(`No page of the kind ${kind} has appeared.`);
}

/** A run outlives its window, as it should; a test's must not outlive the test. */
function endGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
