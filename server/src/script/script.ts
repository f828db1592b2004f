/** The Script model: what a script says, independent of versions. Rules ask it and never walk syntax themselves. */
import type { FlatTree } from "../syntax/flatTree.js";
import { Flow } from "./flow.js";
import { Imports } from "./imports.js";

export class Script {
  readonly imports: Imports;
  readonly flow: Flow;

  constructor(readonly tree: FlatTree) {
    this.imports = new Imports(tree);
    this.flow = new Flow(tree);
  }

  get text(): string {
    return this.tree.text;
  }
}
