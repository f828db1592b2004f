/** One callable of a library over its stored releases: which arguments it takes, since when, and until when. */
import type { Library, Versions } from "../environment/versions.js";
import type { CallableData, ParameterData } from "./libraryData.js";
import type { LibraryHistory } from "./libraryHistory.js";
import { Presence, Timeline } from "./presence.js";
import { RememberedByVersions } from "./remembered.js";
import { parseSignature, type Signature } from "./signature.js";
import { standingOf, summary, type Standing, type Verdict } from "./standing.js";

/** What is known of a parameter in one release. */
export interface Parameter {
  readonly name: string;
  /** Index among the positionals; undefined where it can only be given by name. */
  readonly position: number | undefined;
  /** As Python source; undefined: required or not known. */
  readonly default: string | undefined;
  readonly type: string | undefined;
  /** The values it takes in this release; undefined where any value goes, or where that is not known. */
  readonly choices: readonly string[] | undefined;
  /** `choices`, or values that are among those it takes: an enum that its annotation names, the tasks of a pipeline. */
  readonly suggestions: readonly string[] | undefined;
  readonly deprecated: string | undefined;
  readonly replacement: string | undefined;
}

/** Arguments that take these values among others. */
const SUGGESTED: Readonly<Record<string, string>> = { "transformers.pipeline.task": "pipeline", "transformers.TrainingArguments.report_to": "report_to" };

export class Callable {
  private readonly signatures: Timeline<string>;
  private readonly states = new Map<string, readonly { readonly presence: Presence | undefined; readonly data: ParameterData }[]>();
  private everyKeyword: ReadonlySet<string> | undefined;
  private readonly alwaysTaken = new Map<string, boolean>();
  private readonly acceptance = new RememberedByVersions((keyword, versions) => this.acceptanceOf(keyword, versions));
  private readonly parameters = new RememberedByVersions((name, versions) => this.parameterOf(name, versions));
  private baseNames: readonly string[] | undefined;

  constructor(
    /** The canonical name it is kept under, of the class that defines it: `transformers.Trainer.train` also for `trl.SFTTrainer.train`. */
    readonly name: string,
    private readonly data: CallableData,
    private readonly history: LibraryHistory,
    private readonly find: (name: string) => Callable | undefined,
  ) {
    this.signatures = new Timeline(data.signatures);
  }

  get kind(): CallableData["kind"] {
    return this.data.kind;
  }

  get library(): Library {
    return this.history.library;
  }

  /** The signature in a stored release; undefined where the release doesn't have the callable. */
  signatureAt(release: number): Signature | undefined {
    const text = this.signatures.at(release);
    return text === undefined ? undefined : parseSignature(text);
  }

  /** The signature in the newest version that the script may meet and that has the callable. */
  signature(versions: Versions): Signature | undefined {
    const release = this.met(versions).at(-1);
    return release === undefined ? undefined : this.signatureAt(release);
  }

  /** Whether the callable itself exists. */
  existence(versions: Versions): Standing {
    return standingOf(this.library, this.history.releases, this.history.met(versions), (release) => (this.signatureAt(release) ? "yes" : "no"));
  }

  /**
   * Whether a keyword is a parameter, or one that the library reads out of its `**kwargs`. A keyword that `**kwargs` would only swallow is `unknown`. Releases
   * that haven't the callable don't count: a script that calls it doesn't run on them at all. What a base in another library takes counts by that library's version.
   */
  accepts(keyword: string, versions: Versions): Standing {
    return this.acceptance.get(keyword, versions);
  }

  private acceptanceOf(keyword: string, versions: Versions): Standing {
    const base = this.baseWith(keyword);
    const inherited = base?.accepts(keyword, versions);
    const isOwn = this.isOwn(keyword);
    const met = this.met(versions);
    if (met.length === 0) return { ...standingOf(this.library, this.history.releases, met, (release) => this.verdict(keyword, release)), in: "unknown" };
    // A base's parameter in all that the script may meet, whatever became of it later: the base's versions decide.
    if (base && inherited?.ever && isOwn && met.every((release) => this.isInherited(keyword, release, base))) return inherited;
    // Never one of its own: the same.
    if (inherited?.ever && !isOwn) return met.every((release) => this.signatureAt(release)?.inherits === base?.name) ? inherited : { ...inherited, in: this.combined(keyword, versions, inherited) };
    const standing = standingOf(this.library, this.history.releases, met, (release) => this.verdict(keyword, release));
    if (!inherited?.ever) return standing;
    const isBase = standing.newest === "no" && this.signatureAt(met.at(-1) ?? -1)?.inherits !== undefined;
    return { ...standing, in: this.combined(keyword, versions, inherited), newest: isBase ? inherited.newest : standing.newest };
  }

  /**
   * Whether every stored release that has the callable takes a keyword, without ever a warning: true of most that a script writes, and known from a handful of
   * signatures, without going through the releases.
   */
  isAlwaysTaken(keyword: string): boolean {
    let isTaken = this.alwaysTaken.get(keyword);
    if (isTaken === undefined) {
      isTaken =
        !this.data.parameters[keyword]?.some(({ deprecated }) => deprecated !== undefined) &&
        Object.values(this.data.signatures).every((text) => {
          const { keywords, inherits } = parseSignature(text);
          return keywords.has(keyword) || (inherits !== undefined && this.find(inherits)?.isAlwaysTaken(keyword) === true);
        });
      this.alwaysTaken.set(keyword, isTaken);
    }
    return isTaken;
  }

  /** Whether the library warns of a parameter in every version that the script may meet and that has it. */
  isDeprecated(name: string, versions: Versions): boolean {
    const met = this.met(versions);
    const base = this.baseWith(name);
    const having = met.filter((release) => this.ownVerdict(name, release) === "yes");
    if (having.length === 0) return base?.isDeprecated(name, versions) ?? false;
    if (!having.every((release) => this.stateOf(name, release)?.deprecated !== undefined)) return false;
    return !base || base.isDeprecated(name, versions) || !met.some((release) => this.isInherited(name, release, base));
  }

  /** What is known of a parameter in the newest version that the script may meet and that has it; else in the newest release that ever had it. */
  parameter(name: string, versions: Versions): Parameter | undefined {
    return this.parameters.get(name, versions);
  }

  private parameterOf(name: string, versions: Versions): Parameter | undefined {
    const met = this.history.met(versions);
    const having = (release: number): boolean => this.ownVerdict(name, release) === "yes";
    const release = met.filter(having).at(-1) ?? (this.baseWith(name) ? undefined : this.history.releases.all.filter(having).at(-1));
    if (release === undefined) return this.baseWith(name)?.parameter(name, versions);
    const data: ParameterData = this.stateOf(name, release) ?? {};
    const inherited = this.baseWith(name)?.parameter(name, versions);
    const position = this.signatureAt(release)?.positional.indexOf(name) ?? -1;
    const choices = data.choices === undefined ? inherited?.choices : this.history.choices(data.choices)?.at(release);
    return {
      name,
      position: this.signatureAt(release)?.inherits ? inherited?.position : position >= 0 ? position : undefined,
      default: data.default ?? inherited?.default,
      type: data.type ?? inherited?.type,
      choices,
      suggestions: choices ?? this.suggestionsFor(name, data.type, release) ?? inherited?.suggestions,
      deprecated: data.deprecated,
      replacement: data.replacement,
    };
  }

  /** The name of the list of values that a parameter takes, in the releases of `library` that have such a list. */
  choicesOf(name: string, versions: Versions): { readonly library: Library; readonly list: string } | undefined {
    for (const release of [...this.history.met(versions)].reverse()) {
      const list = this.stateOf(name, release)?.choices;
      if (list !== undefined) return { library: this.library, list };
    }
    return this.baseWith(name)?.choicesOf(name, versions);
  }

  /** The names that can be given by keyword in the newest version that the script may meet, in order. */
  keywords(versions: Versions): string[] {
    const signature = this.signature(versions);
    if (!signature) return [];
    const inherited = signature.inherits === undefined ? [] : (this.find(signature.inherits)?.keywords(versions) ?? []);
    return [...new Set([...inherited, ...signature.keywords])];
  }

  /** Every name that any stored release takes by keyword: what a misspelling may have meant. */
  allKeywords(): ReadonlySet<string> {
    if (!this.everyKeyword) {
      const names = new Set<string>();
      for (const text of Object.values(this.data.signatures)) for (const name of parseSignature(text).keywords) names.add(name);
      for (const base of this.bases()) for (const name of base.allKeywords()) names.add(name);
      this.everyKeyword = names;
    }
    return this.everyKeyword;
  }

  private suggestionsFor(name: string, type: string | undefined, release: number): readonly string[] | undefined {
    const lists = [SUGGESTED[`${this.name}.${name}`], ...(type?.match(/\b[A-Z]\w+/g) ?? [])];
    for (const list of lists) {
      const values = list === undefined ? undefined : this.history.choices(list)?.at(release);
      if (values) return values;
    }
    return undefined;
  }

  /** The releases that the script may meet and that have the callable. */
  private met(versions: Versions): readonly number[] {
    return this.history.met(versions).filter((release) => this.signatures.at(release) !== undefined);
  }

  private stateOf(name: string, release: number): ParameterData | undefined {
    let states = this.states.get(name);
    if (!states) {
      states = (this.data.parameters[name] ?? []).map((data) => ({ presence: data.in === undefined ? undefined : Presence.parse(data.in), data }));
      this.states.set(name, states);
    }
    return states.find(({ presence }) => presence === undefined || presence.has(release))?.data;
  }

  private isOwn(keyword: string): boolean {
    return Object.values(this.data.signatures).some((text) => parseSignature(text).keywords.has(keyword));
  }

  /** The base in another library whose parameters it takes, in any release. */
  private baseWith(keyword: string): Callable | undefined {
    return this.bases().find((base) => base.allKeywords().has(keyword));
  }

  /** Those of all releases; what is not in the data is left out. */
  private bases(): readonly Callable[] {
    this.baseNames ??= [...new Set(Object.values(this.data.signatures).flatMap((text) => parseSignature(text).inherits ?? []))];
    return this.baseNames.flatMap((name) => this.find(name) ?? []);
  }

  /** Whether a release has a parameter from a base and none of its own. */
  private isInherited(name: string, release: number, base: Callable): boolean {
    return this.signatureAt(release)?.inherits === base.name && this.ownVerdict(name, release) === "no";
  }

  private ownVerdict(keyword: string, release: number): Verdict {
    const signature = this.signatureAt(release);
    if (!signature) return "unknown";
    if (signature.keywords.has(keyword)) return "yes";
    return signature.isPartial || signature.takesKeywords ? "unknown" : "no";
  }

  private verdict(keyword: string, release: number): Verdict {
    const own = this.ownVerdict(keyword, release);
    const inherits = this.signatureAt(release)?.inherits;
    // A base that isn't in the data may take anything.
    return own === "no" && inherits !== undefined && !this.find(inherits) ? "unknown" : own;
  }

  /** Own parameters by this library's releases, the base's by its own. */
  private combined(keyword: string, versions: Versions, inherited: Standing): Standing["in"] {
    const verdicts = this.met(versions).flatMap((release): Verdict[] => {
      const own = this.verdict(keyword, release);
      if (own !== "no" || this.signatureAt(release)?.inherits === undefined) return [own];
      return inherited.in === "all" ? ["yes"] : inherited.in === "none" ? ["no"] : inherited.in === "some" ? ["yes", "no"] : ["unknown"];
    });
    return summary(verdicts);
  }
}
