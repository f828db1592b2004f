/** The machine that the server runs on. Looked at once and beside the checking: a driver that takes its time keeps nobody from typing. */
import { hardwareIn } from "../environment/gpus/driverFolder.js";
import { nothingKnown, type Hardware } from "../environment/gpus/hardware.js";

export class Machine {
  /** By what is known now. */
  hardware: Hardware = nothingKnown;

  /** @param gpus the folder in which the NVIDIA driver tells of the GPUs. */
  constructor(private readonly gpus: string) {}

  /** @returns whether anything is known now. */
  async read(): Promise<boolean> {
    this.hardware = await hardwareIn(this.gpus);
    return this.hardware.gpus.length > 0;
  }
}
