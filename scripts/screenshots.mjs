// `npm run screenshots [-- EXAMPLE ...]`: pictures of the editor on the examples, in three themes, in test-results/screenshots/. For looking at.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ensureInstalled, runMain } from "./install.mjs";
import { root } from "./paths.mjs";

const themes = { dark: "Default Dark Modern", light: "Default Light Modern", "high-contrast": "Default High Contrast" };
const usual = ["strategy_mismatch.py", "decimal_save_steps.py", "force_words.py", "steps_divided_by_n_gpu.py"];
const pictures = join(root, "test-results", "screenshots");

await runMain(async () => {
  await ensureInstalled();
  const { build } = await import("./build.mjs");
  await build();
  const files = process.argv.length > 2 ? process.argv.slice(2).map((path) => basename(path)) : usual;
  mkdirSync(pictures, { recursive: true });
  for (const [name, theme] of Object.entries(themes)) {
    // One example in each theme is enough to judge the theme.
    for (const file of name === "dark" ? files : files.slice(0, 1)) await take(file, name, theme);
  }
  console.log(pictures);
});

async function take(file, themeName, theme) {
  const { openWorkbench } = await import("./workbench.mjs");
  const { startVscodeServer } = await import("./vscodeServer.mjs");
  const scratch = mkdtempSync(join(tmpdir(), "hf-preflight-pictures-"));
  const workspace = join(scratch, "examples");
  cpSync(join(root, "examples"), workspace, { recursive: true });
  const settings = { "workbench.colorTheme": theme, "window.autoDetectColorScheme": false };
  const server = await startVscodeServer({ folder: join(scratch, "server"), settings, token: "picture" });
  const workbench = await openWorkbench({
    server,
    token: "picture",
    folder: workspace,
    extensions: [root],
    open: [join(workspace, file)],
    viewport: { width: 1440, height: 900 },
    onLog: () => {},
  });
  const shot = (what) =>
    workbench.page.screenshot({ path: join(pictures, `${file.replace(/\.py$/u, "")}-${themeName}-${what}.png`) });
  try {
    const { page } = workbench;
    await page.locator(".monaco-editor .view-lines").first().waitFor();
    await page
      .locator(".monaco-editor .view-lines")
      .first()
      .click({ position: { x: 5, y: 5 } });
    // The number of problems in the status bar.
    await page
      .locator(
        '#status\\.problems[aria-label*="rrors: 1"], #status\\.problems[aria-label*="arnings: 1"], .squiggly-error, .squiggly-warning',
      )
      .first()
      .waitFor({ state: "attached", timeout: 60_000 });
    await shot("editor");
    await page.keyboard.press("F8");
    await page.locator(".peekview-widget, .zone-widget.marker-widget, .marker-widget").first().waitFor();
    await shot("problem");
    await page.keyboard.press("Escape");
    // A key that is pressed while the editor takes the keyboard back is lost; then it is pressed again.
    const menu = page.locator(".action-widget").first();
    const appears = () => menu.waitFor({ timeout: 5_000 }).then(() => true, () => false);
    for (let tries = 0; tries < 5; tries++) {
      await page.keyboard.press("Control+.");
      if (await appears()) break;
    }
    await menu.waitFor();
    await shot("fixes");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();
    await shot("hover");
    await page.keyboard.press("Control+Shift+m");
    await page.locator(".markers-panel").first().waitFor();
    await shot("problems");
  } catch (error) {
    await shot("failed");
    throw error;
  } finally {
    await workbench.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}
