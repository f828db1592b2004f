// Stands in for nvidia-smi on a machine without one, so that the run panel has something to show in these examples: one GPU whose
// memory follows the scripts of this folder that run. The figures are made up.
import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const examples = dirname(dirname(fileURLToPath(import.meta.url)));
const uuid = "GPU-de300000-0000-4000-8000-000000000000";
const name = "Demonstration GPU 24GB";
const totalMib = 24_564;
const idleMib = 412;

const [query] = process.argv.filter((argument) => argument.startsWith("--query-"));
const interval = process.argv.indexOf("-lms");

/** The scripts of this folder that run now, with their age in seconds. */
async function scripts() {
  if (process.platform === "win32") return [];
  const { stdout } = await promisify(execFile)("ps", ["-ww", "-eo", "pid=,etimes=,args="], { maxBuffer: 2 ** 24 });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, age, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    const isScript = /^\S*python\S*\s/.test(command) && command.includes(`${examples}/`) && command.includes(".py");
    return isScript ? [{ pid: Number(pid), age: Number(age), command }] : [];
  });
}

/** As a training does it: the weights, the first steps with the optimizer's states, then a saw of activations, and more during an evaluation. */
function memoryOf({ age, command }) {
  const weights = 6_100 * Math.min(1, age / 2);
  const states = age > 2 ? 7_400 * (1 - Math.exp(-(age - 2) / 2)) : 0;
  const activations = age > 3 ? 900 + 500 * Math.sin(age * 0.6) : 0;
  const evaluation = age > 8 && age % 9 < 3 ? 2_600 : 0;
  const leak = command.includes("--fail") ? age * 450 : 0;
  return Math.round(Math.min(totalMib - idleMib - 300, weights + states + activations + evaluation + leak));
}

function timestamp() {
  const now = new Date();
  const pad = (value, length = 2) => String(value).padStart(length, "0");
  const day = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("/");
  return `${day} ${pad(now.getHours())}:${pad(now.getMinutes())}:${pad(now.getSeconds())}.${pad(now.getMilliseconds(), 3)}`;
}

const values = (fields, known) => fields.map((field) => known[field] ?? "[N/A]").join(", ");

async function round() {
  const fields = query.slice(query.indexOf("=") + 1).split(",");
  const running = await scripts();
  const used = running.map(memoryOf);
  if (query.startsWith("--query-compute-apps")) {
    for (const [index, { pid, command }] of running.entries()) {
      const known = { timestamp: timestamp(), gpu_uuid: uuid, pid, used_memory: used[index], process_name: command.split(" ")[0] };
      console.log(values(fields, known));
    }
    return;
  }
  const busy = used.length > 0;
  const known = {
    timestamp: timestamp(),
    index: 0,
    uuid,
    name,
    "memory.used": idleMib + used.reduce((sum, each) => sum + each, 0),
    "memory.total": totalMib,
    "utilization.gpu": busy ? 88 + (Math.round(Date.now() / 1000) % 9) : 0,
    "temperature.gpu": busy ? 66 : 41,
    "power.draw": busy ? "287.40" : "24.10",
    "power.limit": "350.00",
  };
  console.log(values(fields, known));
}

if (query === undefined) {
  console.error("This stand-in answers --query-gpu and --query-compute-apps only.");
  process.exit(2);
}
await round();
if (interval >= 0) setInterval(round, Number(process.argv[interval + 1]));
// Whoever asked is gone.
process.stdout.on("error", () => process.exit(0));
