/** What `inspect_installed.py` says of the installed libraries. */
import { z } from "zod";

export const recording = z.strictObject({
  /** Distribution -> installed version. */
  versions: z.record(z.string(), z.string()),
  /** Canonical name -> its parameters, one a line, with Python's marks and `=default`. */
  callables: z.record(z.string(), z.string()),
  modules: z.record(z.string(), z.strictObject({ extra: z.array(z.string()), absent: z.array(z.string()) })),
  /** Why something could not be looked at: mostly a dependency that isn't installed. */
  missing: z.record(z.string(), z.string()),
});

export type Recording = z.infer<typeof recording>;
