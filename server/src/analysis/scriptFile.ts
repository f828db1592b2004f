/** A file that a script names, as far as the caller could read it. */

/** A file and the text that was read: offsets count in it. */
export interface ReadFile {
  /** Absolute. */
  readonly path: string;
  /** For people: the path as the script has it. */
  readonly name: string;
  readonly text: string;
}

/** One that isn't in the caller's map has not been looked for: nothing is known of it. */
export type ScriptFile =
  | { readonly state: "read"; readonly file: ReadFile }
  | {
      readonly state: "missing";
      /** The folders that were looked in, for people. */
      readonly looked: readonly string[];
      /** Whether the script certainly runs in one of them: the check before a launch knows. */
      readonly isCertain: boolean;
    }
  /** It is there, and its text isn't to be had: too large, a folder, no permission. */
  | { readonly state: "unreadable" };

/** The files of a script by the path as written. */
export type ScriptFiles = ReadonlyMap<string, ScriptFile>;

/**
 * Files that aren't on any disk: an example's, a test's. Null stands for one that isn't there.
 *
 * @param isCertain whether the one folder is known in which the script runs
 */
export function inventedFiles(texts: Readonly<Record<string, string | null>>, isCertain = false): ScriptFiles {
  return new Map(
    Object.entries(texts).map(([name, text]): [string, ScriptFile] => [
      name,
      text === null ? { state: "missing", looked: ["project", "project/scripts"], isCertain } : { state: "read", file: { path: `/project/${name}`, name, text } },
    ]),
  );
}
