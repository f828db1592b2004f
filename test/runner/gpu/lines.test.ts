/** nvidia-smi's lines, of many machines. */
import { describe, expect, it } from "vitest";
import { parseDeviceList } from "../../../runner/src/gpu/deviceList.js";
import { parseGpuLine } from "../../../runner/src/gpu/gpuLine.js";
import { LineSplitter } from "../../../runner/src/gpu/lineSplitter.js";
import type { GpuReading } from "../../../runner/src/gpu/model.js";
import { parseProcessLine } from "../../../runner/src/gpu/processLine.js";
import { GPU_FIELDS, gpuQuery, processQuery } from "../../../runner/src/gpu/query.js";
import { recording } from "../../support/nvidiaSmi/standIn.js";

function readings(machine: string, round = 0): GpuReading[] {
  return (recording(machine).gpu[round] ?? []).flatMap((line) => {
    const parsed = parseGpuLine(line, GPU_FIELDS);
    return parsed?.kind === "reading" ? [parsed.reading] : [];
  });
}

describe("a GPU's line", () => {
  it("is read whole", () => {
    expect(readings("one-gpu", 1)).toEqual([
      {
        uuid: "GPU-a1b2c300-1f2e-4a3b-9c8d-0123456789ab",
        index: 0,
        name: "NVIDIA GeForce RTX 3090",
        memoryUsedMib: 11842,
        memoryTotalMib: 24576,
        utilisation: 97,
        temperature: 71,
        power: 341.87,
        powerLimit: 350,
        migMode: null,
        problem: null,
      },
    ]);
    expect(readings("eight").map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("has null for what the driver doesn't give, and is no problem", () => {
    expect(readings("mig")[0]).toMatchObject({ utilisation: null, migMode: "Enabled", memoryUsedMib: 9903, problem: null });
    expect(readings("unified")[0]).toMatchObject({ memoryUsedMib: null, memoryTotalMib: null, powerLimit: null, utilisation: 64, problem: null });
  });

  it("says what the driver calls an error", () => {
    const [gpu] = readings("err");
    expect(gpu).toMatchObject({ temperature: null, power: null, memoryUsedMib: 2210 });
    expect(gpu?.problem).toBe("nvidia-smi reports an error (ERR!) for GPU 0: temperature, power draw.");
  });

  it("may have decimal commas", () => {
    expect(readings("decimal-comma")[0]).toMatchObject({ power: 24.1, powerLimit: 350 });
  });

  it("of a lost GPU is its number and what happened", () => {
    const lost = (recording("lost").gpu[2] ?? []).map((line) => parseGpuLine(line, GPU_FIELDS)).find((line) => line?.kind === "lost");
    expect(lost).toMatchObject({ index: 2, problem: expect.stringContaining("GPU 2 no longer answers (GPU is lost)") });
  });

  it.each(["", "timestamp, index, uuid", "No devices were found", "2026/03/14 09:26:53.001, x, GPU-1, 1, 2, 3, 4, 5, 6, 7, name", "a, b, c, d, e, f, g, h, i, j, k", "\u0000\u0001"])("is not %j", (line) => {
    expect(parseGpuLine(line, GPU_FIELDS)).toBeUndefined();
  });
});

describe("a process's line", () => {
  const processes = (machine: string) => (recording(machine).processes[0] ?? []).flatMap((line) => parseProcessLine(line)?.process ?? []);

  it("keeps the commas of a path", () => {
    expect(processes("eight")[3]).toEqual({ gpuUuid: "GPU-a1b2c303-1f2e-4a3b-9c8d-0123456789ab", pid: 90103, memoryMib: 70529, name: "/opt/conda/envs/train, 2024/bin/python3.11" });
  });

  it("has null for a memory or a name that isn't given", () => {
    expect(processes("wddm").map(({ memoryMib }) => memoryMib)).toEqual([null, null]);
    expect(processes("container")).toMatchObject([{ name: null, memoryMib: 29764 }]);
  });

  it("is not what garbage says", () => {
    expect(processes("garbage")).toHaveLength(1);
    for (const line of ["", "pid, name", "2026/03/14 09:26:53.001, GPU-1, -, [N/A], python"]) expect(parseProcessLine(line)).toBeUndefined();
  });
});

describe("the pieces in which output arrives", () => {
  it.each([1, 2, 3, 7, 100])("of %d bytes make the same lines", (size) => {
    const bytes = Buffer.from("one\r\ntwö\n\nthree\rfour");
    const splitter = new LineSplitter();
    const lines: string[] = [];
    for (let start = 0; start < bytes.length; start += size) lines.push(...splitter.push(bytes.subarray(start, start + size)));
    lines.push(...splitter.end());
    expect(lines.filter((line) => line !== "")).toEqual(["one", "twö", "three", "four"]);
  });

  it("may be garbage without an end, which costs no memory and no line after it", () => {
    const splitter = new LineSplitter();
    const lines = Array.from({ length: 100 }, () => splitter.push(Buffer.alloc(100_000, "x"))).flat();
    lines.push(...splitter.push(Buffer.from("x\nnext\n")));
    expect(lines).toEqual(["next"]);
  });
});

it("what is listed with -L has the parts of a divided GPU below it", () => {
  expect(parseDeviceList(recording("mig").list)).toEqual([
    { uuid: "GPU-a1b2c300-1f2e-4a3b-9c8d-0123456789ab", name: "NVIDIA A100-SXM4-40GB", parentUuid: null },
    { uuid: "MIG-5c6dd4d5-4c9f-5f0b-8a0b-6a0e1e2f3a4b", name: "MIG 3g.20gb of NVIDIA A100-SXM4-40GB", parentUuid: "GPU-a1b2c300-1f2e-4a3b-9c8d-0123456789ab" },
    { uuid: "MIG-91e3a1f7-3ad8-5b52-b7f5-0a5d4f3e2d1c", name: "MIG 3g.20gb of NVIDIA A100-SXM4-40GB", parentUuid: "GPU-a1b2c300-1f2e-4a3b-9c8d-0123456789ab" },
    { uuid: "GPU-a1b2c301-1f2e-4a3b-9c8d-0123456789ab", name: "NVIDIA A100-SXM4-40GB", parentUuid: null },
  ]);
});

describe("the command", () => {
  it("asks for one line per GPU and round, and repeats itself when told", () => {
    expect(gpuQuery(["timestamp", "name"], 500)).toEqual(["--query-gpu=timestamp,name", "--format=csv,noheader,nounits", "-lms", "500"]);
    expect(processQuery()).toEqual(["--query-compute-apps=timestamp,gpu_uuid,pid,used_memory,process_name", "--format=csv,noheader,nounits"]);
  });
});
