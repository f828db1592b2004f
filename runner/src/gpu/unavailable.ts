/** What nvidia-smi's words mean when it gives no readings, as a sentence with something to do. */
import type { GpuUnavailableReason } from "./model.js";

export interface Unavailable {
  readonly reason: GpuUnavailableReason;
  readonly message: string;
}

export const noBinary = (command: string): Unavailable => ({
  reason: "no binary",
  message: `${command} was not found, so there is no GPU to show. With an NVIDIA GPU in this machine, install its driver; scripts still run.`,
});

export const silence = (seconds: number): Unavailable => ({
  reason: "timeout",
  message: `nvidia-smi has said nothing for ${Math.round(seconds)} s. The driver may be hanging; the script is not touched by this.`,
});

const KNOWN: readonly { readonly words: RegExp; readonly reason: GpuUnavailableReason; readonly message: string }[] = [
  {
    words: /driver\/library version mismatch/iu,
    reason: "driver",
    message: "The NVIDIA driver was updated while it was loaded (driver/library version mismatch). Reboot, or unload and load its kernel modules.",
  },
  {
    words: /couldn't communicate with the nvidia driver/iu,
    reason: "driver",
    message: "nvidia-smi can't reach the NVIDIA driver. Make sure that it is installed for the running kernel and loaded (`lsmod | grep nvidia`); a reboot often helps.",
  },
  {
    words: /gpu access blocked by the operating system/iu,
    reason: "driver",
    message: "The system blocks access to the GPU. Under WSL, update WSL and the Windows driver, then `wsl --shutdown`.",
  },
  {
    words: /failed to initialize nvml: unknown error/iu,
    reason: "driver",
    message: "The driver refuses this container (Failed to initialize NVML: Unknown Error): it has lost its GPU devices. Restart the container.",
  },
  {
    words: /failed to initialize nvml: insufficient permissions/iu,
    reason: "driver",
    message: "No permission to read the GPU devices. Add your user to the group that owns /dev/nvidia*.",
  },
  { words: /failed to initialize nvml/iu, reason: "driver", message: "The NVIDIA driver's library could not be started. A reboot or a new installation of the driver usually helps." },
  { words: /no devices (were )?found/iu, reason: "no GPU", message: "The NVIDIA driver runs and finds no GPU." },
  {
    words: /unable to determine the device handle|gpu is lost/iu,
    reason: "failed",
    message: "A GPU has fallen off the bus: nvidia-smi can't reach it any more. It usually takes a reboot to bring it back.",
  },
];

/** From what nvidia-smi said before it ended, and its exit code. */
export function unavailableFrom(said: string, exitCode: number | null): Unavailable {
  const words = said.trim().replace(/\s+/gu, " ").slice(0, 300);
  const known = KNOWN.find((entry) => entry.words.test(words));
  if (known) return { reason: known.reason, message: known.message };
  const end = exitCode === null ? "was ended by a signal" : `ended with exit code ${exitCode}`;
  return { reason: "failed", message: words === "" ? `nvidia-smi ${end} and said nothing.` : `nvidia-smi ${end}: ${words}` };
}

/** The field that an older nvidia-smi doesn't know, where it says so. */
export function unknownFieldIn(said: string): string | undefined {
  return /field "([\w.]+)" is not a valid field to query/iu.exec(said)?.[1];
}
