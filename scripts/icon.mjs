// Renders media/icon.svg to media/icon.png, which the marketplaces show. Run by hand after a change of the drawing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumSwitches, ensureChromium } from "./chromium.mjs";
import { root } from "./paths.mjs";

const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumSwitches });
const page = await browser.newPage({ viewport: { width: 192, height: 192 } });
await page.setContent(
  `<style>svg { width: 192px; height: 192px }</style><body style="margin:0;background:transparent">${readFileSync(join(root, "media", "icon.svg"), "utf8")}</body>`,
);
await page.screenshot({ path: join(root, "media", "icon.png"), omitBackground: true });
await browser.close();
