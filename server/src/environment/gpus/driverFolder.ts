/** Reads which GPUs a machine has from what its NVIDIA driver lays out as files: nothing is started for it. */
import { join } from "node:path";
import { Disk, Unreadable } from "../disk.js";
import { nothingKnown, type Hardware } from "./hardware.js";

/** Larger than any of the files, which have a dozen lines. */
const MOST_BYTES = 100_000;

/** The GPUs that a folder tells of. Nothing is known without the folder, and nothing either where one of them doesn't say what it is. */
export async function hardwareIn(folder: string): Promise<Hardware> {
  const disk = new Disk();
  const entries = await disk.entries(folder);
  const models = await Promise.all(entries.map((entry) => modelIn(disk, join(folder, entry, "information"))));
  const gpus = models.flatMap((model) => model ?? []);
  return gpus.length === models.length ? { gpus } : nothingKnown;
}

async function modelIn(disk: Disk, path: string): Promise<string | undefined> {
  try {
    return await disk.parsed(path, MOST_BYTES, modelOf);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return undefined;
  }
}

/** The line `Model: 		 Tesla T4`; a driver that isn't up yet writes "Unknown". */
function modelOf(text: string): string | undefined {
  const model = /^Model:[ \t]*(\S.*?)[ \t]*$/m.exec(text)?.[1];
  return model === "Unknown" ? undefined : model;
}
