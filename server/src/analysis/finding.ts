/** What a rule says about a script, as plain data: no editor, no terminal. */
import type { Span } from "../syntax/text.js";
import type { ReadFile } from "./scriptFile.js";

/** `<library>/<name>`, e.g. `transformers/strategy-mismatch`. */
export type RuleId = string;

export type Severity = "error" | "warning" | "information" | "hint";

/** `deprecated` strikes the text through, `unnecessary` greys it. */
export type FindingTag = "deprecated" | "unnecessary";

/** Replace `[start, end)` of the analysed text by `newText`. */
export interface Edit extends Span {
  readonly newText: string;
}

/**
 * How far a fix may be trusted.
 * - `safe`: behaves as the author intended, certainly. Preferred, and part of fix-all.
 * - `unsafe`: changes what the script does; offered singly, and its title says what changes.
 * - `placeholder`: a place to fill in (`${1:500}` in `newText`); only an editor can offer it.
 */
export type FixSafety = "safe" | "unsafe" | "placeholder";

export interface Fix {
  /** Imperative, names what changes: "Set `save_strategy` to `\"epoch\"`". */
  readonly title: string;
  readonly safety: FixSafety;
  /** Non-overlapping, in ascending order. */
  readonly edits: readonly Edit[];
  /** Where the edits are not of the script but of a file that it names. Never `safe`, and only an editor offers it: others may read the file too. */
  readonly file?: ReadFile;
}

/** Another place that the finding is about: the other argument of a conflict, the line where a value was set. */
export interface RelatedPlace {
  readonly message: string;
  readonly range: Span;
  /** Where the place is not in the script but in a file that it names: the finding is shown there too. `range` counts in its text. */
  readonly file?: ReadFile;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Span;
  readonly related: readonly RelatedPlace[];
  readonly tags: readonly FindingTag[];
  readonly fixes: readonly Fix[];
}
