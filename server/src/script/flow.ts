import type { Versions } from "../environment/versions.js";
import type { FlatTree } from "../syntax/flatTree.js";

export class Flow {
  constructor(readonly tree: FlatTree) {}

  runs(_offset: number): boolean {
    return true;
  }

  isCaught(_offset: number, _exception: string): boolean {
    return false;
  }

  versionsAt(_offset: number, versions: Versions): Versions {
    return versions;
  }
}
