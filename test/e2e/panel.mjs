// The run panel in the real workbench, by clicking: a run from its start through a reload of the window to its end.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, runMain } from "../../scripts/install.mjs";
import { root } from "../../scripts/paths.mjs";
import { pathToFileURL } from "node:url";
import { openPanelWindow } from "./support/panelWindow.mjs";

const results = join(root, "test-results");

/** Runs the checks in order, each on what the one before it left; resolves to their numbers. */
export async function run() {
  let passed = 0;
  let failed = 0;
  let window;
  const check = async (name, body) => {
    try {
      // A window on a busy machine loses a click now and then: what fails twice is broken.
      try {
        await body();
      } catch (error) {
        console.log(`once more: ${name}: ${error.message.split("\n")[0]}`);
        await body();
      }
      passed += 1;
      console.log(`ok  ${name}`);
    } catch (error) {
      failed += 1;
      mkdirSync(results, { recursive: true });
      await window?.page.screenshot({ path: join(results, `panel-failed-${failed}.png`) }).catch(() => undefined);
      console.log(`FAILED  ${name}\n${error.stack}`);
    }
  };
  try {
    window = await openPanelWindow({ files: { "memory/transformers.py": standIn, "memory/too_large.py": tooLarge, "memory/with_arguments.py": withArguments } });
    await trustedChecks(window, check);
  } finally {
    await window?.close();
  }
  try {
    window = await openPanelWindow({ trusted: false });
    await check("in Restricted Mode the panel says why it does nothing, and there is no Run", async () => {
      const { page } = window;
      await page.locator('.activitybar .action-label[aria-label^="HF Preflight"]').first().click();
      await page.getByText("In Restricted Mode scripts are checked and never run").waitFor();
      assert.equal(await page.locator('.editor-actions [aria-label^="Run Script"]').count(), 0);
      assert.deepEqual(window.records(), []);
    });
  } finally {
    await window?.close();
  }
  return { passed, failed };
}

async function trustedChecks(window, check) {
  const { page } = window;
  let panel;
  const state = (name) => panel.locator(`.run[data-state="${name}"]`).waitFor();

  await check("the panel knows the script in front, and shows the command that would run", async () => {
    panel = await window.openPanel();
    await panel.locator("h2", { hasText: "demo_training.py" }).waitFor();
    await panel.locator(".launch .command", { hasText: "demo_training.py" }).waitFor();
  });

  await check("Run runs it: progress, GPU memory, loss and output appear", async () => {
    await set(panel, "Arguments", "--steps 4000 --seconds-per-step 0.05");
    await panel.getByRole("button", { name: "Run", exact: true }).click();
    await state("running");
    await panel.locator(".progress .figures", { hasText: "step" }).waitFor();
    await panel.locator('[data-chart="memory"] canvas').waitFor();
    await panel.locator('[data-chart="loss"] canvas').waitFor();
    await panel.locator(".log", { hasText: "'loss'" }).waitFor();
    await panel.locator(".badge", { hasText: "demonstration GPU" }).waitFor();
    const [record] = window.records();
    assert.deepEqual(record.args, ["--steps", "4000", "--seconds-per-step", "0.05"]);
    assert.equal(record.demo, true);
  });

  await check("the status bar has the figure while it runs", async () => {
    await page.locator('.statusbar-item[id*="hfPreflight.run"]', { hasText: "demo_training.py" }).waitFor();
  });

  await check("a reload of the window in the middle of it loses nothing", async () => {
    const before = await stepOf(panel);
    await page.reload();
    panel = await window.frame("launch");
    await state("running");
    await panel.locator('[data-chart="memory"] canvas').waitFor();
    await panel.locator('[data-chart="memory"] summary').click();
    const first = await panel.locator('[data-chart="memory"] tbody th').first().textContent();
    assert.match(first ?? "", /^0:0\d$/u, "the curve begins where the run began");
    await panel.locator('[data-chart="memory"] summary').click();
    await panel.locator(".log", { hasText: "Loading checkpoint shards" }).waitFor();
    assert.ok((await stepOf(panel)) >= before);
    assert.equal(window.records().length, 1, "it is the same run");
  });

  await check("a chart is read with the keyboard", async () => {
    const chart = panel.locator('[data-chart="memory"] .canvas');
    await chart.focus();
    await page.keyboard.press("Home");
    assert.match((await chart.getAttribute("aria-label")) ?? "", /^0:0\d: this run/u);
  });

  await check("the GPUs view names who holds the memory", async () => {
    const header = page.locator('.pane-header[aria-label^="GPUs"]');
    if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
    await page.locator('[role="treeitem"]', { hasText: "GPU 0 · Demonstration GPU" }).waitFor();
    await page.locator('[role="treeitem"]', { hasText: "run of demo_training.py" }).waitFor();
    await page.locator('[role="treeitem"]', { hasText: "Host memory" }).waitFor();
    await header.click();
  });

  await check("Stop stops it, and it may save first", async () => {
    await panel.getByRole("button", { name: "Stop" }).click();
    await state("stopped");
    const [{ exitCode, signal }] = window.records();
    // Python turns the signal into KeyboardInterrupt, and ends by the signal or with 130.
    assert.ok(signal === "SIGINT" || exitCode === 130 || exitCode === 1, `${signal} ${exitCode}`);
  });

  await check("a script that would fail is not run without a word, and can be run anyway", async () => {
    await window.openFile("strategy_mismatch.py");
    await panel.locator("h2", { hasText: "strategy_mismatch.py" }).waitFor();
    await page.locator('.editor-actions [aria-label^="Run Script"]').first().click();
    await panel.locator(".box.error", { hasText: "strategy_mismatch.py would fail" }).waitFor();
    await panel.getByRole("button", { name: "Run Anyway" }).waitFor();
    assert.equal(window.records().length, 1);
    await panel.getByRole("button", { name: /^Line \d+$/u }).first().click();
    await panel.getByRole("button", { name: "Dismiss" }).click();
    await panel.locator(".box.error").waitFor({ state: "detached" });
  });

  await check("a run that fails says why, where, and what to do", async () => {
    await window.openFile("demo_training.py");
    await panel.locator("h2", { hasText: "demo_training.py" }).waitFor();
    await set(panel, "Arguments", "--steps 40 --seconds-per-step 0.05 --fail");
    await panel.getByRole("button", { name: "Run", exact: true }).click();
    await state("failed");
    const box = panel.locator(".run .box.error");
    await box.waitFor();
    assert.match((await box.textContent()) ?? "", /memory/iu);
    await box.getByRole("button", { name: /^Go to demo_training\.py, line \d+$/u }).click();
    await panel.locator(".log .link", { hasText: "demo_training.py" }).first().waitFor();
  });

  await check("Run above the training runs it; out of memory, the panel offers to change the script, and does", async () => {
    await window.openFile("too_large.py");
    await clickUntil(page.locator(".codelens-decoration a", { hasText: "Run" }).first(), panel.locator(".run .name", { hasText: "too_large.py" }));
    await state("failed");
    await panel.getByRole("button", { name: /^Batches of 8 instead of 16/u }).click();
    await page.locator(".view-line", { hasText: "per_device_train_batch_size=8" }).waitFor();
    await page.locator(".view-line", { hasText: "gradient_accumulation_steps=2" }).waitFor();
    await page.keyboard.press("Control+s");
    await window.openFile("demo_training.py");
    await panel.locator("h2", { hasText: "demo_training.py" }).waitFor();
  });

  await check("arguments that would fail are found before they run, too", async () => {
    await window.openFile("with_arguments.py");
    await panel.locator("h2", { hasText: "with_arguments.py" }).waitFor();
    await set(panel, "Arguments", "--output_dir out --load_best_model_at_end --eval_strategy steps --save_strategy epoch");
    const before = window.records().length;
    await panel.getByRole("button", { name: "Run", exact: true }).click();
    await panel.locator(".box.error li", { hasText: "In the arguments: load_best_model_at_end" }).waitFor();
    assert.equal(window.records().length, before);
    await window.openFile("demo_training.py");
    await panel.locator("h2", { hasText: "demo_training.py" }).waitFor();
  });

  await check("the command can be edited by hand, and is exactly what runs", async () => {
    const command = panel.getByLabel("Command, exactly as it runs");
    const shown = await command.inputValue();
    assert.ok(shown.includes("--fail"), shown);
    await set(panel, "Command, exactly as it runs", shown.replace(/--steps 40 .*$/su, "--steps 8 --seconds-per-step 0.01 --seed '4 2'").replace("'4 2'", "7"));
    await panel.getByRole("button", { name: "From the fields again" }).waitFor();
    await panel.getByRole("button", { name: "Run", exact: true }).click();
    await state("finished");
    assert.deepEqual(window.records()[0].argv.slice(-6), ["--steps", "8", "--seconds-per-step", "0.01", "--seed", "7"]);
    await panel.getByRole("button", { name: "From the fields again" }).click();
    await panel.getByRole("button", { name: "From the fields again" }).waitFor({ state: "hidden" });
  });

  await check("the history has all of them, and two can be compared", async () => {
    const rows = page.locator('.pane-body [role="treeitem"][aria-label^="demo_training.py"]');
    await rows.nth(2).waitFor();
    await rows.nth(0).click();
    await rows.nth(1).click({ modifiers: ["Control"] });
    await rows.nth(1).click({ button: "right" });
    await clickUntil(page.locator('.monaco-menu [aria-label="Compare Runs"], .context-view [aria-label="Compare Runs"]').first(), page.locator('.tab[aria-label^="Compare Runs"]'));
    const comparison = await window.frame("comparison");
    await comparison.locator("th", { hasText: "--steps" }).first().waitFor();
    await comparison.locator(".card canvas").first().waitFor();
  });

  await check("when nobody looks and nothing runs, nobody asks the GPU", async () => {
    await page.keyboard.press("Control+Shift+e");
    const asking = () => execFileSync("ps", ["-ww", "-eo", "args="], { encoding: "utf8" }).split("\n").filter((line) => line.includes(join(window.examples, "demonstration")));
    const until = Date.now() + 20_000;
    while (asking().length > 0 && Date.now() < until) await page.waitForEvent("console", { timeout: 500 }).catch(() => undefined);
    assert.deepEqual(asking(), []);
  });

  await check("the page breaks none of its own rules", () => {
    assert.deepEqual(window.violations, []);
  });
}

/** Enough of the library for a script that runs out of memory. */
const standIn = `class TrainingArguments:
    def __init__(self, output_dir, **arguments):
        pass


class Trainer:
    def __init__(self, **arguments):
        pass

    def train(self):
        raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.64 GiB of which 1.21 GiB is free.")
`;

const tooLarge = `import sys

from transformers import Trainer, TrainingArguments

args = TrainingArguments("out", per_device_train_batch_size=16)
Trainer(model=sys.modules, args=args, train_dataset=sys.path).train()
`;

const withArguments = `from transformers import HfArgumentParser, TrainingArguments

(args,) = HfArgumentParser(TrainingArguments).parse_args_into_dataclasses()
`;

/** A lens that is drawn anew under the pointer, or a menu that is still opening, takes no click; then it is clicked again. */
async function clickUntil(target, done) {
  for (let tries = 0; tries < 5; tries++) {
    // Gone: the click before it was taken.
    await target.click({ timeout: 5_000 }).catch(() => undefined);
    if (await done.waitFor({ timeout: 8_000 }).then(() => true, () => false)) return;
  }
  await done.waitFor();
}

/** Types into a field of the options, as a person would: unfolds them first. */
async function set(panel, label, value) {
  const toggle = panel.getByRole("button", { name: "Launch options" });
  if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
  const field = panel.getByLabel(label);
  await field.fill(value);
  await field.blur();
  await panel.locator(".launch .command", { hasText: value.split(" ").slice(-1)[0] ?? "" }).waitFor({ state: "attached" });
}

async function stepOf(panel) {
  const text = (await panel.locator(".progress .figures", { hasText: "step" }).textContent()) ?? "";
  return Number(/step (\d+)/u.exec(text)?.[1]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    const { failed } = await run();
    return failed === 0 ? 0 : 1;
  });
}
