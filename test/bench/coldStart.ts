/** The terminal check of one file from nothing, against a Node that does nothing, and against its peers. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure, NotMeasured } from "./figure.js";
import type { Command } from "./peers.js";
import { interleave, ratios, spreadOf, timed, type Variant } from "./rounds.js";
import type { BenchScript } from "./scripts.js";

export interface ColdPeers {
  readonly pyright: Command | string;
  readonly ruff: Command | string;
}

/** Checks one file, then a folder of them, each time in a new process. */
export async function measureColdStart(
  root: string,
  scripts: readonly BenchScript[],
  peers: ColdPeers,
  rounds: number,
): Promise<(Figure | NotMeasured)[]> {
  const [first] = scripts;
  const cli = join(root, "dist", "cli.js");
  if (!first || !existsSync(cli)) return [{ name: "cold check of one file / node -e 0", reason: "dist/cli.js is not built" }];
  const folder = mkdtempSync(join(tmpdir(), "hf-preflight-bench-"));
  try {
    for (const { name, text } of scripts) writeFileSync(join(folder, name), text);
    const file = join(folder, first.name);
    const check = (path: string): readonly string[] => [cli, "check", "--isolated", "--exit-zero", path];
    const failure = failureOf(check(file));
    if (failure !== undefined) return [{ name: "cold check of one file / node -e 0", reason: failure }];
    const one: Variant[] = [
      { name: "node", run: () => timed(() => void spawnSync(process.execPath, ["-e", "0"])) },
      { name: "check", run: () => timed(() => void spawnSync(process.execPath, check(file))) },
    ];
    for (const [name, peer] of Object.entries(peers)) if (typeof peer !== "string") one.push({ name, run: () => timed(() => peer.run(file)) });
    const times = await interleave(one, rounds, 1);
    const figures: (Figure | NotMeasured)[] = [
      { name: "cold check of one file / node -e 0", unit: "x", ...spreadOf(ratios(times, "check", "node")), budget: 1.75 },
      { name: "cold check of one file", unit: "ms", ...spreadOf(times["check"] ?? []) },
    ];
    for (const [name, peer] of Object.entries(peers)) {
      const figure = `${name} / cold check of one file`;
      if (typeof peer === "string") figures.push({ name: figure, reason: peer });
      else figures.push({ name: figure, unit: "x", ...spreadOf(ratios(times, name, "check")) });
    }
    const { pyright } = peers;
    const whole = `pyright / cold check of ${scripts.length} files`;
    if (typeof pyright === "string") return [...figures, { name: whole, reason: pyright }];
    const checked = pyright.filesChecked(folder);
    if (checked !== scripts.length) return [...figures, { name: whole, reason: `pyright checked ${checked} files` }];
    const folders = await interleave(
      [
        { name: "check", run: () => timed(() => void spawnSync(process.execPath, check(folder))) },
        { name: "pyright", run: () => timed(() => pyright.run(folder)) },
      ],
      Math.min(rounds, 5),
      0,
    );
    return [...figures, { name: whole, unit: "x", ...spreadOf(ratios(folders, "pyright", "check")) }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why a check can't be measured: it has to end well, or the time says nothing. */
function failureOf(args: readonly string[]): string | undefined {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return status === 0 ? undefined : `the check ended with exit code ${status}: ${stderr.trim().split("\n")[0] ?? ""}`;
}
