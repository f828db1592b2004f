/** What a machine's GPUs are, by the files of its driver and by their names. */
import { describe, expect, it, test } from "vitest";
import { capabilitiesNamed, capabilityOf } from "../../server/src/environment/gpus/computeCapability.js";
import { hardwareIn } from "../../server/src/environment/gpus/driverFolder.js";
import { modelsBelow, nothingKnown } from "../../server/src/environment/gpus/hardware.js";
import { Tree } from "./support/tree.js";

describe("compute capabilities", () => {
  const known: readonly (readonly [capability: number, ...models: string[]])[] = [
    [3.5, "Tesla K40m", "Tesla K20Xm", "GeForce GTX TITAN Black"],
    [3.7, "Tesla K80"],
    [5.0, "Tesla M10", "NVIDIA GeForce GTX 750 Ti"],
    [5.2, "Tesla M60", "Tesla M40 24GB", "GeForce GTX 980 Ti", "NVIDIA GeForce GTX 970", "GeForce GTX TITAN X", "Quadro M6000 24GB"],
    [6.0, "Tesla P100-PCIE-16GB", "Tesla P100-SXM2-16GB", "Quadro GP100"],
    [6.1, "Tesla P40", "Tesla P4", "GRID P40-24Q", "NVIDIA GeForce GTX 1080 Ti", "GeForce GTX 1060 6GB", "NVIDIA GeForce GTX 1070 with Max-Q Design", "NVIDIA GeForce GT 1030", "NVIDIA TITAN X (Pascal)", "NVIDIA TITAN Xp", "Quadro P5000", "NVIDIA GeForce MX150"],
    [7.0, "Tesla V100-SXM2-16GB", "Tesla V100S-PCIE-32GB", "GRID V100D-8Q", "NVIDIA TITAN V", "Quadro GV100"],
    [7.5, "Tesla T4", "NVIDIA T4", "NVIDIA T4G", "GRID T4-8Q", "NVIDIA GeForce GTX 1650", "GeForce GTX 1660 SUPER", "NVIDIA GeForce RTX 2080 Ti", "GeForce RTX 2060 with Max-Q Design", "NVIDIA TITAN RTX", "Quadro RTX 6000", "NVIDIA Quadro RTX 8000", "NVIDIA T400 4GB", "Quadro T1000", "NVIDIA T1200 Laptop GPU", "Quadro T2000 with Max-Q Design", "NVIDIA GeForce MX450"],
    [8.0, "NVIDIA A100-SXM4-80GB", "NVIDIA A100 80GB PCIe", "A100-SXM4-40GB", "NVIDIA A100X", "NVIDIA A30", "NVIDIA A800-SXM4-80GB", "NVIDIA A800 40GB Active"],
    [8.6, "NVIDIA A10", "NVIDIA A10G", "NVIDIA A10-4Q", "NVIDIA A16", "NVIDIA A2", "NVIDIA A40", "NVIDIA GeForce RTX 3090", "NVIDIA GeForce RTX 3060 Laptop GPU", "NVIDIA GeForce RTX 2050", "NVIDIA RTX A6000", "NVIDIA RTX A2000 12GB", "NVIDIA RTX A500 Laptop GPU"],
    [8.9, "NVIDIA L4", "NVIDIA L40", "NVIDIA L40S", "NVIDIA L20", "NVIDIA GeForce RTX 4090", "NVIDIA GeForce RTX 4060 Ti", "NVIDIA RTX 6000 Ada Generation", "NVIDIA RTX 4000 SFF Ada Generation", "NVIDIA RTX 500 Ada Generation Laptop GPU"],
    [9.0, "NVIDIA H100 80GB HBM3", "NVIDIA H100 PCIe", "NVIDIA H100 NVL", "NVIDIA H200", "NVIDIA H20", "NVIDIA H800", "NVIDIA GH200 480GB"],
    [10.0, "NVIDIA B200", "NVIDIA GB200"],
    [10.3, "NVIDIA B300 SXM6 AC", "NVIDIA GB300"],
    [12.0, "NVIDIA GeForce RTX 5090", "NVIDIA GeForce RTX 5070 Ti", "NVIDIA RTX PRO 6000 Blackwell Server Edition", "NVIDIA RTX PRO 500 Blackwell Generation Laptop GPU"],
    [12.1, "NVIDIA GB10"],
  ];

  it.each(known.map(([capability, ...models]) => ({ capability, models })))("$capability", ({ capability, models }) => {
    expect(models.map((model) => [model, ...capabilitiesNamed(model)])).toEqual(models.map((model) => [model, capability]));
    expect(models.map(capabilityOf)).toEqual(models.map(() => capability));
  });

  it.each(["", "Tesla", "NVIDIA T40", "NVIDIA A1000000", "NVIDIA GeForce RTX 6090", "NVIDIA Graphics Device", "NVIDIA RTX 6000", "NVIDIA R100", "GeForce GTX 960M", "Orin (nvgpu)", "AMD Instinct MI300X"])("nothing of %j", (model) => {
    expect(capabilityOf(model)).toBe(undefined);
  });
});

describe("all GPUs below a capability", () => {
  test.each<[string, readonly string[], readonly string[] | undefined]>([
    ["one", ["Tesla T4"], ["Tesla T4"]],
    ["several, each named once", ["Tesla T4", "Tesla T4", "Tesla V100-SXM2-16GB"], ["Tesla T4", "Tesla V100-SXM2-16GB"]],
    ["one that isn't", ["Tesla T4", "NVIDIA A10"], undefined],
    ["exactly there", ["NVIDIA A100-SXM4-40GB"], undefined],
    ["one that nobody knows", ["Tesla T4", "NVIDIA Graphics Device"], undefined],
    ["nothing known", [], undefined],
  ])("%s", (_, gpus, models) => {
    expect(modelsBelow({ gpus }, 8)).toEqual(models);
  });
});

describe("the driver's folder", () => {
  const information = (model: string): string =>
    `Model: \t\t ${model}\nIRQ:   \t\t 70\nGPU UUID: \t GPU-9a1f0a6e-0000-0000-0000-000000000000\nVideo BIOS: \t 90.04.96.00.9f\nBus Type: \t PCIe\nDMA Size: \t 47 bits\nDMA Mask: \t 0x7fffffffffff\nBus Location: \t 0000:00:1e.0\nDevice Minor: \t 0\nGPU Excluded:\t No\n`;

  it("has a folder per GPU", async () => {
    const tree = new Tree({ "gpus/0000:00:1e.0/information": information("Tesla T4"), "gpus/0000:00:1e.0/registry": "Binary: \"\"\n", "gpus/0000:00:1f.0/information": information("NVIDIA GeForce RTX 3090") });
    expect(await hardwareIn(tree.at("gpus"))).toEqual({ gpus: ["Tesla T4", "NVIDIA GeForce RTX 3090"] });
  });

  it.each<[string, Record<string, string>]>([
    ["there is none", {}],
    ["it is empty of GPUs", { "gpus/readme/x": "" }],
    ["a GPU says nothing", { "gpus/a/information": information("Tesla T4"), "gpus/b/information": "IRQ: 70\n" }],
    ["a GPU doesn't know itself", { "gpus/a/information": information("Unknown") }],
    ["a GPU's file is missing", { "gpus/a/information": information("Tesla T4"), "gpus/b/registry": "" }],
    ["a file is no text", { "gpus/a/information": "Model:\0\n" }],
    ["it is a file", { gpus: "" }],
  ])("nothing is known where %s", async (_, files) => {
    expect(await hardwareIn(new Tree(files).at("gpus"))).toEqual(nothingKnown);
  });
});
