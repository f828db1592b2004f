/** How each script was launched last: kept in the workspace's own state, not in the project. */
import type * as vscode from "vscode";
import * as z from "zod";
import type { LaunchChange } from "../panel/messages.js";

const schema = z.object({
  launcher: z.enum(["python", "torchrun", "accelerate", "deepspeed", "uv"]).catch("python"),
  args: z.string().catch(""),
  /** Empty: the workspace folder. */
  cwd: z.string().catch(""),
  env: z.string().catch(""),
  gpus: z.union([z.enum(["all", "none", "auto"]), z.array(z.string())]).catch("all"),
  /** The command as edited by hand; null: made from the fields above. */
  command: z.string().nullable().catch(null),
});

export type LaunchConfiguration = Readonly<z.infer<typeof schema>>;

export class LaunchConfigurations {
  constructor(private readonly state: vscode.Memento) {}

  /** What was kept for a script; anything that can't be read counts as not said. */
  of(script: vscode.Uri): LaunchConfiguration {
    const kept = this.state.get<unknown>(keyOf(script));
    return schema.parse(typeof kept === "object" && kept !== null ? kept : {});
  }

  async change(script: vscode.Uri, change: LaunchChange): Promise<void> {
    await this.state.update(keyOf(script), schema.parse({ ...this.of(script), ...change }));
  }
}

function keyOf(script: vscode.Uri): string {
  return `launch:${script.toString()}`;
}
