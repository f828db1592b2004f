/** The live line: what it says in how much room, and how it is drawn. */
import { describe, expect, test } from "vitest";
import type { GpuLine, MetricLine } from "../../runner/src/record.js";
import { RunStatus } from "../../cli/src/run/statusLine.js";
import { ScriptLines } from "../../cli/src/run/scriptLines.js";
import { LiveLine } from "../../cli/src/terminal/liveLine.js";
import { displayWidth } from "../../cli/src/terminal/display.js";
import { plain } from "../../cli/src/terminal/style.js";
import { screenAfter } from "./support/screen.js";

const t = "2026-11-23T20:00:00.000Z";
const training: MetricLine = { t, kind: "progress", bar: "training", step: 450, total: 1000, rate: 2.5, remainingSeconds: 220 };
const gpu = (index: number, memoryUsedMib: number | null): Extract<GpuLine, { gpus: unknown }>["gpus"][number] => ({
  uuid: `GPU-${index}`,
  index,
  name: "x",
  memoryUsedMib,
  memoryTotalMib: 81_920,
  utilisation: 97,
  temperature: 60,
  power: 300,
  powerLimit: 700,
  problem: null,
});

function line(columns: number, { metrics = [training] as MetricLine[], gpus = [] as GpuLine[], unfinished = "", note = undefined as string | undefined, isUnicode = true } = {}): string {
  const status = new RunStatus();
  status.addMetrics(metrics, 0);
  status.addGpu(gpus);
  const { text, width } = status.line({ elapsed: 754, unfinished, now: 100, ...(note !== undefined && { note }) }, { columns, paint: plain, isUnicode });
  expect(width).toBe(displayWidth(text));
  expect(width).toBeLessThan(columns);
  return text;
}

describe("what it says", () => {
  const metrics: MetricLine[] = [training, { t, kind: "metrics", values: { loss: 1.23456, learning_rate: 5e-5 } }, { t, kind: "metrics", values: { eval_loss: 0.00012345 } }];
  const gpus: GpuLine[] = [{ t, gpus: [gpu(0, 20_480), gpu(1, null)], run: { memoryMib: 19_456, how: "processes" }, host: null }];

  test.each([
    [200, "12:34 ·  45% ━━━━━━━───────── 450/1000 · 3:40 left · 2.5 it/s · loss 1.235 · eval_loss 1.23e-4 · run 19.0 GiB · GPU 0 20.0 GiB / 80.0 GiB 97%"],
    [80, "12:34 ·  45% ━━━━━━━───────── 450/1000 · 3:40 left · 2.5 it/s · loss 1.235"],
    [40, "12:34 ·  45% ━━━━━━━───────── 450/1000"],
    [20, "12:34 · 3:40 left"],
    [3, ""],
  ])("in %d columns", (columns, text) => {
    expect(line(columns, { metrics, gpus })).toBe(text);
  });

  test("in ASCII", () => {
    expect(line(70, { isUnicode: false })).toBe("12:34 |  45% #######--------- 450/1000 | 3:40 left | 2.5 it/s");
  });

  test("another bar while it moves, the script's own last words where there is none, what is wrong first", () => {
    const loading: MetricLine = { t, kind: "progress", bar: "other", label: "Loading checkpoint shards", step: 1, total: 4 };
    expect(line(90, { metrics: [training, loading] })).toContain("Loading checkpoint shards  25%");
    expect(line(90, { metrics: [training, { ...loading, step: 4 }] })).toContain("450/1000");
    expect(line(90, { metrics: [], unfinished: "Password for \u001B[1mme\u001B[0m: " })).toBe("12:34 · Password for me: ");
    expect(line(90, { note: "recording paused: the disk is full" })).toMatch(/^12:34 · recording paused: the disk is full · /u);
    expect(line(90, { metrics: [], gpus: [{ t, gpus: [], run: { memoryMib: null, how: "baseline" }, host: { usedMib: 2048, totalMib: 8192 } }] })).toBe("12:34 · memory 2.0 GiB / 8.0 GiB");
    expect(line(90, { metrics: [{ ...training, total: undefined, remainingSeconds: undefined, rate: 0.25 }] })).toBe("12:34 · 450 · 4 s/it");
  });
});

describe("how it is drawn", () => {
  function drawn(draw: (live: LiveLine, resize: (columns: number) => void) => void): string {
    let sent = "";
    let columns = 100;
    draw(new LiveLine({ write: (text) => (sent += text), columns: () => columns }), (to) => (columns = to));
    return sent;
  }

  test("one write for a change, none for none", () => {
    expect(drawn((live) => (live.show("one", 3), live.show("one", 3), live.show("2", 1)))).toBe("\rone\u001B[K\r2\u001B[K");
  });

  test("lines go above it", () => {
    const sent = drawn((live) => (live.show("status", 6), live.print("a\nb\n"), live.show("next", 4), live.print("c\n"), live.clear()));
    // A terminal's driver makes a carriage return of each line's end as well.
    const arrived = sent.replace(/\n/gu, "\r\n");
    expect(screenAfter(arrived, 100).lines.filter((text) => text !== "")).toEqual(["a", "b", "c"]);
    expect(screenAfter(arrived.slice(0, -4), 100).lines).toEqual(["a", "b", "c", "next"]);
  });

  test("made narrower, all rows that it takes now are cleared", () => {
    expect(drawn((live, resize) => (live.show("x".repeat(90), 90), resize(40), live.resized(), live.show("y", 1)))).toBe(`\r${"x".repeat(90)}\u001B[K\u001B[2A\r\u001B[J\ry\u001B[K`);
    expect(drawn((live, resize) => (live.show("x", 1), resize(40), live.resized()))).toBe("\rx\u001B[K\r\u001B[J");
    expect(drawn((live) => live.resized())).toBe("");
  });
});

describe("a script's lines", () => {
  function lines(pieces: readonly (string | Buffer)[], isColoured = true): string {
    const all = new ScriptLines(isColoured);
    return pieces.map((piece) => all.push(Buffer.from(piece as string))).join("") + all.end();
  }

  test.each<[string, (string | Buffer)[], string]>([
    ["whole lines, and a last one without an end", ["a\nb", "c\nd"], "a\nbc\nd\n"],
    ["a bar's last state only", ["\r 1%\r 2%", "\r100%\nnext\n"], "100%\nnext\n"],
    ["a bar that is wiped before a line", ["\r 1%", "\r      \rline\n"], "line\n"],
    ["Windows' line ends", ["a\r\nb\r\n"], "a\nb\n"],
    ["a character cut in two", [Buffer.from("ü").subarray(0, 1), Buffer.from("ü").subarray(1), "\n"], "ü\n"],
    ["what is no UTF-8", [Buffer.from([0x61, 0xff, 0x0a])], "a\uFFFD\n"],
    ["colours, closed at the line's end", ["\u001B[31mred\n"], "\u001B[31mred\u001B[0m\n"],
    ["nothing that moves the cursor or rings the bell", ["\u001B[2J\u001B[A\u001B]0;title\u0007a\u0007b\u0008\n"], "a\u2407b\u2408\n"],
    ["an empty line", ["a\n\nb\n"], "a\n\nb\n"],
  ])("%s", (_, pieces, text) => {
    expect(lines(pieces)).toBe(text);
  });

  test("without colours", () => {
    expect(lines(["\u001B[31mred\u001B[0m\n"], false)).toBe("red\n");
  });

  test("a line without an end is bounded", () => {
    const all = new ScriptLines(true);
    for (let count = 0; count < 100; count++) all.push(Buffer.from("x".repeat(1000)));
    expect(all.unfinished.length).toBeLessThan(20_000);
  });
});
