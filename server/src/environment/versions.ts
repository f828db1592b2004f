/** Which versions of the libraries the script may meet, as far as is known. Pure; detection lives elsewhere. */
import { VersionRange } from "./pep440.js";

/** The distributions that rules speak of, by their name on the package index. */
export const libraries = [
  "transformers",
  "trl",
  "peft",
  "accelerate",
  "datasets",
  "sentence-transformers",
  "simpletransformers",
  "langchain",
  "langchain-community",
  "langchain-core",
  "langchain-huggingface",
  "bitsandbytes",
  "deepspeed",
  "wandb",
  "torch",
] as const;

/** Said instead of a version of what isn't installed: `--versions bitsandbytes=none`. */
export const NOT_INSTALLED = "none";

export type Library = (typeof libraries)[number];

export function isLibrary(name: string): name is Library {
  return (libraries as readonly string[]).includes(name);
}

/** What is known of one library's version, and who said so ("--versions", "requirements.txt line 3"). */
export interface VersionFact {
  readonly range: VersionRange;
  readonly source: string;
}

/** Whether something that is true in a range of versions holds for the versions that the script may meet. */
export type Holds = "always" | "sometimes" | "never";

/** Ranges by library, as a rule states them: `{ transformers: ">=4.57" }`. All of them must hold. */
export type VersionCondition = Partial<Readonly<Record<Library, string>>>;

export class Versions {
  static readonly unknown = new Versions(new Map());

  private text: string | undefined;

  /** @param absent libraries that are certainly not installed where the script runs, with who says so. */
  constructor(
    private readonly facts: ReadonlyMap<Library, VersionFact>,
    private readonly absent: ReadonlyMap<Library, string> = new Map(),
  ) {}

  /** From `library -> PEP 440 text`, as `--versions` and the settings give it; NOT_INSTALLED is said of what isn't installed. Texts that don't parse are left out. */
  static from(texts: Readonly<Record<string, string>>, source: string): Versions {
    const facts = new Map<Library, VersionFact>();
    const absent = new Map<Library, string>();
    for (const [library, text] of Object.entries(texts)) {
      if (!isLibrary(library)) continue;
      const range = VersionRange.parse(text);
      if (range) facts.set(library, { range, source });
      else if (text === NOT_INSTALLED) absent.set(library, source);
    }
    return new Versions(facts, absent);
  }

  fact(library: Library): VersionFact | undefined {
    return this.facts.get(library);
  }

  /** Whether a library is certainly not installed where the script runs; false where nobody knows. */
  isAbsent(library: Library): boolean {
    return this.absent.has(library);
  }

  /** Who says that a library is not installed; undefined where nobody does. */
  absentBy(library: Library): string | undefined {
    return this.absent.get(library);
  }

  /** The libraries whose version is known, in no order. */
  known(): Library[] {
    return [...this.facts.keys()];
  }

  /** Whether no version is left: code on a branch for versions that the environment doesn't have. */
  get isImpossible(): boolean {
    return [...this.facts.values()].some(({ range }) => range.isEmpty);
  }

  /** Of an unknown version nothing holds always, unless it holds in any version. */
  holds(condition: VersionCondition | undefined): Holds {
    let result: Holds = "always";
    for (const [library, text] of Object.entries(condition ?? {})) {
      const range = parseCondition(text);
      const mine = this.facts.get(library as Library)?.range ?? VersionRange.any;
      if (!mine.overlaps(range)) return "never";
      if (!mine.isWithin(range)) result = "sometimes";
    }
    return result;
  }

  /** These versions, further limited: what a branch on a library's version leaves. */
  narrowed(library: Library, range: VersionRange, source: string): Versions {
    const mine = this.facts.get(library)?.range ?? VersionRange.any;
    return new Versions(new Map(this.facts).set(library, { range: mine.and(range), source }), this.absent);
  }

  /** Stable text for cache keys. */
  get key(): string {
    this.text ??= [...[...this.facts].map(([library, { range }]) => `${library}${range.text}`), ...[...this.absent.keys()].map((library) => `${library}-`)].sort().join(";");
    return this.text;
  }
}

const conditions = new Map<string, VersionRange>();

function parseCondition(text: string): VersionRange {
  let range = conditions.get(text);
  if (!range) {
    range = VersionRange.parse(text);
    if (!range) throw new Error(`A rule states a version range that is not PEP 440: ${text}`);
    conditions.set(text, range);
  }
  return range;
}
