// Stands in for nvidia-smi: `node nvidiaSmi.mjs MACHINE [nvidia-smi's arguments]` replays machines/MACHINE.json at the pace of -lms.
// Timestamps are made to be now. The last round is repeated for ever, unless the recording says how it ends.
import { readFileSync } from "node:fs";

const [machine = "", ...args] = process.argv.slice(2);
const recording = JSON.parse(readFileSync(new URL(`machines/${machine}.json`, import.meta.url), "utf8"));
const query = args.map((argument) => /^--query-(gpu|compute-apps)=(.+)$/u.exec(argument)).find((match) => match !== null);
const interval = args.includes("-lms") ? Number(args[args.indexOf("-lms") + 1]) : undefined;
const fields = query?.[2]?.split(",") ?? [];

const unknown = fields.find((field) => recording.unknownFields?.includes(field));
if (process.env.LC_ALL !== "C") end({ text: "the stand-in wants LC_ALL=C", exitCode: 99 });
else if (unknown !== undefined) end({ text: `Field "${unknown}" is not a valid field to query.\n`, exitCode: 2 });
else if (args.includes("-L")) end({ text: recording.list ?? "", exitCode: 0 });
else if (query?.[1] === "gpu") replay(recording.gpu ?? []);
else replay(recording.processes ?? [[]]);

/** Rounds are arrays of lines; `{ "end": text, "exitCode": n }` ends the process, `"hang"` stops its output. */
function replay(rounds) {
  let place = 0;
  const next = () => {
    const round = rounds[Math.min(place, rounds.length - 1)];
    place++;
    if (round === undefined || round === "hang") return setInterval(() => undefined, 60_000);
    if (!Array.isArray(round)) return end({ text: round.end, exitCode: round.exitCode });
    if (round.length > 0) process.stdout.write(round.map((line) => `${stamped(line)}\n`).join(""));
    if (interval === undefined) return undefined;
    return setTimeout(next, interval);
  };
  next();
}

function stamped(line) {
  const now = new Date();
  const pad = (number, length = 2) => String(number).padStart(length, "0");
  const date = `${now.getFullYear()}/${pad(now.getMonth() + 1)}/${pad(now.getDate())}`;
  const time = `${pad(now.getHours())}:${pad(now.getMinutes())}:${pad(now.getSeconds())}.${pad(now.getMilliseconds(), 3)}`;
  return line.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d[.,]\d{3}/u, `${date} ${time}`);
}

function end({ text, exitCode }) {
  process.stdout.write(text, () => process.exit(exitCode));
}

process.stdout.on("error", () => process.exit(0));
