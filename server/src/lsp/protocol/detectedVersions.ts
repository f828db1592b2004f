/** The messages about versions that the protocol doesn't know, for the server and for the client of the extension. */
import * as z from "zod/mini";

/** From the server: which interpreter belongs to a document? Asked of clients that said `interpreter: true` in their initialization options. */
export const INTERPRETER_REQUEST = "hfPreflight/interpreter";

/** From the client: the answer to that question may have become another one. */
export const INTERPRETER_CHANGED = "hfPreflight/interpreterChanged";

/** From the client: which versions is a document checked for? */
export const VERSIONS_REQUEST = "hfPreflight/versions";

/** From the server, to the same clients: the answer to that question may have become another one. */
export const VERSIONS_CHANGED = "hfPreflight/versionsChanged";

export const documentParams = z.object({ uri: z.string() });

/** Null where there is none, or where nobody may look for one. */
export const interpreterAnswer = z.nullable(
  z.object({
    path: z.string(),
    source: z.enum(["setting", "Python Environments extension", "Python extension", "project folder", "VIRTUAL_ENV", "CONDA_PREFIX", "PATH"]),
  }),
);

const place = { path: z.optional(z.string()), line: z.optional(z.number()) };

export const detectedVersions = z.object({
  interpreter: z.nullable(z.object({ path: z.string(), name: z.string(), source: z.string(), python: z.optional(z.string()) })),
  /** Every library of which anything is known. */
  libraries: z.array(
    z.object({
      library: z.string(),
      /** "4.57.6", ">=4.46,<5", "any version", "unknown". */
      version: z.string(),
      /** ".venv", "requirements.txt line 3". */
      source: z.string(),
      /** Whether the document names it. */
      isUsed: z.boolean(),
      ...place,
    }),
  ),
  /** What is wrong with the sources, and with the versions themselves. */
  problems: z.array(z.object({ message: z.string(), ...place })),
});

export type DetectedVersions = z.output<typeof detectedVersions>;

/** Null for a document that isn't open, or not checked. */
export const versionsAnswer = z.nullable(detectedVersions);
