/** How nvidia-smi is called here. */
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import { NVIDIA_SMI_VARIABLE, nvidiaSmiCommand } from "../../../runner/src/nvidiaSmiCommand.js";
import { section } from "../settings.js";

export interface NvidiaSmi {
  readonly command: readonly string[];
  /** A stand-in whose figures are made up: in the examples only, and labelled wherever they are shown. */
  readonly demo: boolean;
}

/** The environment's `HF_PREFLIGHT_NVIDIA_SMI` counts first, then the setting; the demonstration only where there is no nvidia-smi at all. */
export function nvidiaSmi(): NvidiaSmi {
  if (process.env[NVIDIA_SMI_VARIABLE]) return { command: nvidiaSmiCommand(process.env), demo: false };
  const configuration = vscode.workspace.getConfiguration(section);
  const path = configuration.get<unknown>("gpu.nvidiaSmiPath");
  const program = typeof path === "string" && path.trim() !== "" ? path.trim() : "nvidia-smi";
  const standIn = configuration.get<unknown>("gpu.demonstration");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (typeof standIn === "string" && standIn !== "" && folder !== undefined && !isInstalled(program)) {
    const script = isAbsolute(standIn) ? standIn : join(folder, standIn);
    return { command: node(script), demo: true };
  }
  return { command: [program], demo: false };
}

/** A script under this process's own Node, which inside the editor needs to be told that it is one. */
function node(script: string): string[] {
  return process.platform === "win32" ? ["node", script] : ["/usr/bin/env", "ELECTRON_RUN_AS_NODE=1", process.execPath, script];
}

function isInstalled(program: string): boolean {
  const names = process.platform === "win32" ? [program, `${program}.exe`] : [program];
  const places = isAbsolute(program) ? [program] : (process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      // Not there: the next place.
      return false;
    }
  });
}
