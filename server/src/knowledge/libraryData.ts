/** The shape of `data/<library>.json`: what each stored release of a library accepts, extracted from its sources. */
import * as z from "zod";

/**
 * In which stored releases something is true: half-open ranges of indexes into `releases`, separated by spaces: `"0-12 14-"`. No
 * second number means up to the newest.
 */
export const presence = z.string().regex(/^\d+-\d*(?: \d+-\d*)*$/);

export const parameterData = z.strictObject({
  /** The releases in which this is so; all in which the parameter exists, if absent. */
  in: presence.optional(),
  /** The default as Python source, an enum's member as its value; absent: required; `...`: there is one that can't be told (it depends on the machine, or is long). */
  default: z.string().optional(),
  /** The annotation as Python source, shortened to what a reader needs. */
  type: z.string().optional(),
  /**
   * The list in `choices` with the values it takes: of the enum or `Literal` that it is annotated with, or of the library's own check. A dataclass doesn't
   * hold its values against a `Literal`; whether another value raises, and when, is for a rule to know.
   */
  choices: z.string().optional(),
  /** The library warns when it is given: its own words, shortened. */
  deprecated: z.string().optional(),
  /** The name that the library itself says to use instead. */
  replacement: z.string().optional(),
});

export const callableData = z.strictObject({
  kind: z.enum(["class", "function", "method"]),
  /**
   * Presence -> signature: the parameters' names in order, separated by spaces, with Python's marks (`/`, `*`, `*args`, `**kwargs`). After
   * `**kwargs` follow the names that the library reads out of it. `<transformers.TrainingArguments` stands for all that another callable
   * accepts (a dataclass field may be named again after it where only its default changes). `?` says that there is more that the sources
   * don't tell. A callable that refuses what it doesn't read from its `**kwargs` has those names after a `*` instead; so has one whose decorator
   * translates a former name (`deprecated` and `replacement` are set). Releases in no presence don't have the callable.
   */
  signatures: z.record(presence, z.string()),
  parameters: z.record(z.string(), z.array(parameterData)),
});

export const libraryData = z.strictObject({
  library: z.string(),
  /** Ascending by PEP 440. */
  releases: z.array(z.string()).min(1),
  /** By canonical name: `transformers.TrainingArguments`, `transformers.Trainer.train`. */
  callables: z.record(z.string(), callableData),
  /** Module -> presence -> names that can be imported from it, separated by spaces. Only modules whose names are all known. */
  exports: z.record(z.string(), z.record(presence, z.string())),
  /** Name of a list of allowed values -> presence -> the values. */
  choices: z.record(z.string(), z.record(presence, z.array(z.string()))),
});

export type ParameterData = z.infer<typeof parameterData>;
export type CallableData = z.infer<typeof callableData>;
export type LibraryData = z.infer<typeof libraryData>;
