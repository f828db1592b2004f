/** How V8 treats wasm in a process that parses a few lines and ends: compiled once, simply, and not again while it runs. */
import { setFlagsFromString } from "node:v8";

/** The first implies the others where V8 is given it before it starts; here each has to be said. */
const quick = ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];
const usual = ["--no-liftoff-only", "--wasm-tier-up", "--wasm-dynamic-tiering"];

/** To be said before the first wasm is compiled. */
export function quickWasm(): void {
  for (const flag of quick) setFlagsFromString(flag);
}

/** V8's own way. Said in any case, since the bundle that said otherwise is another one. */
export function usualWasm(): void {
  for (const flag of usual) setFlagsFromString(flag);
}
