/** The typed arrays that flattening writes into. */
import { FlatTree } from "./flatTree.js";

/** Grows with the largest file seen and is reused; each FlatTree gets a copy cut to size. */
class Columns {
  capacity = 1 << 14;
  kinds = new Uint8Array(this.capacity);
  fields = new Uint8Array(this.capacity);
  starts = new Uint32Array(this.capacity);
  ends = new Uint32Array(this.capacity);
  parents = new Int32Array(this.capacity);
  subtreeEnds = new Uint32Array(this.capacity);

  grow(): void {
    const grown = new Columns();
    grown.capacity = this.capacity * 2;
    const widen = <Column extends Uint8Array | Uint32Array | Int32Array>(old: Column, fresh: Column): Column => {
      fresh.set(old);
      return fresh;
    };
    this.kinds = widen(this.kinds, new Uint8Array(grown.capacity));
    this.fields = widen(this.fields, new Uint8Array(grown.capacity));
    this.starts = widen(this.starts, new Uint32Array(grown.capacity));
    this.ends = widen(this.ends, new Uint32Array(grown.capacity));
    this.parents = widen(this.parents, new Int32Array(grown.capacity));
    this.subtreeEnds = widen(this.subtreeEnds, new Uint32Array(grown.capacity));
    this.capacity = grown.capacity;
  }

  cut(text: string, size: number): FlatTree {
    return new FlatTree(
      text,
      size,
      this.kinds.slice(0, size),
      this.fields.slice(0, size),
      this.starts.slice(0, size),
      this.ends.slice(0, size),
      this.parents.slice(0, size),
      this.subtreeEnds.slice(0, size),
    );
  }
}

export const columns = new Columns();
