/** An nvidia-smi of two GPUs whose memory a test sets while it runs. Answers whatever fields it is asked for. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunsFolder } from "./runs.js";

const program = `
const fs = require("node:fs");
const folder = process.argv[2];
fs.writeFileSync(folder + "/asked", "");
const query = process.argv.find((word) => word.startsWith("--query-"));
const fields = query.slice(query.indexOf("=") + 1).split(",");
const every = process.argv.indexOf("-lms");
const read = (name) => fs.existsSync(folder + "/" + name) ? fs.readFileSync(folder + "/" + name, "utf8").trim() : "";
const gpu = (index, used) => ({ timestamp: "2026/03/14 09:26:53.000", index, uuid: "GPU-0000000" + index, name: "Test GPU", gpu_uuid: "GPU-0000000" + index,
  "memory.used": used, "memory.total": 24576, "utilization.gpu": 90, "temperature.gpu": 60, "power.draw": "300.00", "power.limit": "350.00",
  "enforced.power.limit": "350.00", "power.draw.instant": "300.00", "mig.mode.current": "[N/A]" });
const hides = read("hides") !== "";
const write = () => {
  if (read("dead") !== "") process.exit(9);
  const used = Number(read("used") || 1000);
  const rows = query.startsWith("--query-gpu")
    ? [gpu(0, used), gpu(1, 300)]
    : used > 1000 && read("pid") !== "" ? [{ ...gpu(0), pid: read("pid"), used_memory: hides ? "[N/A]" : used - 1000, used_gpu_memory: hides ? "[N/A]" : used - 1000, process_name: "python", name: "python" }] : [];
  for (const row of rows) console.log(fields.map((field) => row[field] ?? "[N/A]").join(", "));
};
write();
if (every > 0) setInterval(write, Number(process.argv[every + 1]));
`;

export class ChangingGpu {
  readonly command: readonly string[];

  constructor(private readonly folder: RunsFolder) {
    this.command = [process.execPath, folder.write("nvidia-smi.cjs", program), folder.path];
  }

  /** MiB on GPU 0; 1000 of them are there before anybody comes. */
  use(memoryMib: number, pid: number): void {
    this.folder.write("pid", String(pid));
    this.folder.write("used", String(memoryMib));
  }

  /** From the next start on it doesn't say how much each process holds, as under Windows and in many containers. */
  hideProcesses(): void {
    this.folder.write("hides", "yes");
  }

  /** It ends with an error from now on. */
  die(): void {
    this.folder.write("dead", "yes");
  }

  get wasAsked(): boolean {
    return existsSync(join(this.folder.path, "asked"));
  }
}

