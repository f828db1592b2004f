/** What `nvidia-smi -L` lists: GPUs and, of divided ones, their MIG devices, which a script is given by UUID. */

export interface ListedDevice {
  readonly uuid: string;
  readonly name: string;
  /** The GPU that a MIG device is a part of; null for a whole GPU. */
  readonly parentUuid: string | null;
}

export function parseDeviceList(text: string): ListedDevice[] {
  const devices: ListedDevice[] = [];
  let parent: ListedDevice | undefined;
  for (const line of text.split(/\r\n|\n/u)) {
    const gpu = /^GPU \d+: (.+) \(UUID: (GPU-\S+)\)\s*$/u.exec(line);
    const mig = /^\s+MIG (.+?)\s+Device\s+\d+: \(UUID: (MIG-\S+)\)\s*$/u.exec(line);
    if (gpu?.[1] !== undefined && gpu[2] !== undefined) {
      parent = { uuid: gpu[2], name: gpu[1], parentUuid: null };
      devices.push(parent);
    } else if (mig?.[1] !== undefined && mig[2] !== undefined && parent) {
      devices.push({ uuid: mig[2], name: `MIG ${mig[1]} of ${parent.name}`, parentUuid: parent.uuid });
    }
  }
  return devices;
}
