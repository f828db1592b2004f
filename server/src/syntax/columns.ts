/** The typed arrays that flattening writes into. */
import type { Rows } from "./flatTree.js";

const WIDE_COLUMNS = 4;
const BYTES_PER_ROW = 4 * WIDE_COLUMNS + 2;

/** Grows with the largest file seen and is reused; each tree gets a copy cut to size. */
class Columns {
  capacity = 1 << 14;
  kinds = new Uint8Array(this.capacity);
  fields = new Uint8Array(this.capacity);
  starts = new Uint32Array(this.capacity);
  ends = new Uint32Array(this.capacity);
  parents = new Int32Array(this.capacity);
  subtreeEnds = new Uint32Array(this.capacity);
  /** Where the subtree of a node lies in the wasm module's memory; 0 for a leaf that has no memory of its own. */
  addresses = new Int32Array(this.capacity);

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
    this.addresses = widen(this.addresses, new Int32Array(grown.capacity));
    this.capacity = grown.capacity;
  }

  /** A copy of the first rows, all columns in one piece of memory: six pieces would cost more to get than to fill. */
  cut(size: number): Rows {
    const buffer = new ArrayBuffer(size * BYTES_PER_ROW);
    const wide = (index: number): Uint32Array<ArrayBuffer> => new Uint32Array(buffer, 4 * size * index, size);
    const narrow = (index: number): Uint8Array<ArrayBuffer> => new Uint8Array(buffer, 4 * size * WIDE_COLUMNS + size * index, size);
    const parents = new Int32Array(buffer, 0, size);
    const [starts, ends, subtreeEnds, kinds, fields] = [wide(1), wide(2), wide(3), narrow(0), narrow(1)];
    parents.set(this.parents.subarray(0, size));
    starts.set(this.starts.subarray(0, size));
    ends.set(this.ends.subarray(0, size));
    subtreeEnds.set(this.subtreeEnds.subarray(0, size));
    kinds.set(this.kinds.subarray(0, size));
    fields.set(this.fields.subarray(0, size));
    return { kinds, fields, starts, ends, parents, subtreeEnds };
  }
}

export const columns = new Columns();
