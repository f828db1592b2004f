// Finds an installed Chromium or Chrome for the workbench; installs Debian's when it may. Runs on a bare Node 20.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandFailed, findProgram, runCaptured } from "./process.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
];

/** Places that are not on the path. */
const places = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [process.env.ProgramFiles, process.env["ProgramFiles(x86)"], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]),
};

/** Switches under which it starts in a container, stays silent on the network and needs no GPU. */
export const chromiumSwitches = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** The path of an installed browser; `CHROME_PATH` decides when it is set. */
export function findChromium() {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (!existsSync(chosen)) throw new CommandFailed(`CHROME_PATH names ${chosen}, which is not there.`);
    return chosen;
  }
  for (const name of names) {
    const path = findProgram(name);
    if (path !== undefined) return path;
  }
  return (places[process.platform] ?? []).find((path) => existsSync(path));
}

/** Finds a browser, or installs Debian's chromium where this user may; else says what is missing. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  const mayInstall = process.platform === "linux" && process.getuid?.() === 0 && findProgram("apt-get") !== undefined;
  if (mayInstall) {
    console.log("Installing Chromium (apt-get install chromium) ...");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runCaptured("apt-get", ["update"], { env });
    const { output } = await runCaptured("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"], { env });
    const installed = findChromium();
    if (installed !== undefined) return installed;
    throw new CommandFailed("Chromium could not be installed with apt-get.", output);
  }
  throw new CommandFailed(
    "Chromium or Chrome is needed for the tests in the workbench. Install one (Debian: apt-get install chromium), or set CHROME_PATH.",
  );
}
