/** The kinds of files that say which versions a project uses, in the order in which they are asked. Each reader is loaded when it is needed. */
import type { Declarations } from "./declaration.js";

export type FileReader = (text: string) => Declarations;

export interface FileKind {
  readonly kind: string;
  /** The names of such files; in one folder the first group that holds a file that names a library counts. */
  readonly names: readonly RegExp[];
  readonly reader: (name: string) => Promise<FileReader>;
  /** Files above this size are not read. In bytes. */
  readonly mostBytes: number;
}

const MEGABYTE = 1_000_000;

export const fileKinds: readonly FileKind[] = [
  {
    kind: "lock file",
    names: [/^uv\.lock$/, /^poetry\.lock$/, /^Pipfile\.lock$/, /^pylock(\.[^.]+)?\.toml$/],
    reader: async (name) => (name === "Pipfile.lock" ? (await import("./pipfile.js")).readPipfileLock : (await import("./lockFile.js")).readLockFile),
    mostBytes: 20 * MEGABYTE,
  },
  {
    kind: "requirements",
    // The plain name is what people install; variants beside it are alternatives to each other.
    names: [/^requirements\.txt$/, /^requirements.*\.txt$/, /^constraints.*\.txt$/],
    reader: async () => (await import("./requirementsFile.js")).readRequirementsFile,
    mostBytes: MEGABYTE,
  },
  { kind: "pyproject.toml", names: [/^pyproject\.toml$/], reader: async () => (await import("./pyproject.js")).readPyproject, mostBytes: MEGABYTE },
  { kind: "conda environment", names: [/^environment\.ya?ml$/], reader: async () => (await import("./condaEnvironment.js")).readCondaEnvironment, mostBytes: MEGABYTE },
  {
    kind: "setup.cfg or Pipfile",
    names: [/^setup\.cfg$/, /^Pipfile$/],
    reader: async (name) => (name === "Pipfile" ? (await import("./pipfile.js")).readPipfile : (await import("./setupCfg.js")).readSetupCfg),
    mostBytes: MEGABYTE,
  },
];

/** Whether a file of this name could say something about versions. */
export function isDeclaring(name: string): boolean {
  return fileKinds.some(({ names }) => names.some((pattern) => pattern.test(name)));
}

/** The same as globs, for whoever watches files. */
export const declaringGlobs = [
  "**/{uv.lock,poetry.lock,Pipfile.lock,pylock.toml,pylock.*.toml,Pipfile,pyproject.toml,setup.cfg,environment.yml,environment.yaml}",
  "**/{requirements,constraints}*.txt",
] as const;
