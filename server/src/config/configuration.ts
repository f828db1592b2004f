/** What the user has decided, after every source has been read and merged. The schema that checks the sources is in settings.ts. */
import type { Severity } from "../analysis/finding.js";

/** How `trl/decimal-save-steps` speaks where fractions work in the known versions. */
export type SftDecimalSaveSteps = "always" | "auto" | "off";

export interface Configuration {
  /** Rule ids, libraries (`trl`) or `ALL`. Absent: every rule that is on by default. */
  readonly select?: readonly string[];
  readonly ignore: readonly string[];
  /** Rule id, library or `ALL` -> severity to report it with. */
  readonly severity: Readonly<Record<string, Severity>>;
  /** Glob -> rules ignored in the files it matches. */
  readonly perFileIgnores: Readonly<Record<string, readonly string[]>>;
  /** Globs of files not checked at all. */
  readonly exclude: readonly string[];
  /** Library -> PEP 440 range; replaces what would be detected. */
  readonly versions: Readonly<Record<string, string>>;
  readonly sftDecimalSaveSteps: SftDecimalSaveSteps;
}

export const defaultConfiguration: Configuration = {
  ignore: [],
  severity: {},
  perFileIgnores: {},
  exclude: [],
  versions: {},
  sftDecimalSaveSteps: "always",
};
