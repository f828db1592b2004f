/** What a rule is, and what it may ask and say while it runs. */
import type { Configuration } from "../config/configuration.js";
import type { Hardware } from "../environment/gpus/hardware.js";
import type { Library, VersionCondition, Versions } from "../environment/versions.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import type { Script } from "../script/script.js";
import type { Node } from "../syntax/flatTree.js";
import type { Span } from "../syntax/text.js";
import type { FindingTag, Fix, RelatedPlace, RuleId, Severity } from "./finding.js";
import type { ScriptFiles } from "./scriptFile.js";

/** A bad example gives exactly one finding of its rule, a good one none of any rule: a test runs them. */
export interface RuleExample {
  readonly title?: string;
  readonly bad: string;
  readonly good: string;
  /** Texts of the files that both name; null for one that isn't there. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Versions that the bad example assumes. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface RuleDocumentation {
  /** One line: tables, hovers, SARIF. */
  readonly summary: string;
  /** What happens, when, and what it costs; Markdown. */
  readonly why: string;
  readonly examples: readonly RuleExample[];
  /** The library's source or issue that the claim rests on. */
  readonly references: readonly string[];
  /** When the rule stays silent on purpose; Markdown. */
  readonly silent?: string;
}

export interface RuleDefinition<Message extends string> {
  /** `<library>/<name>`; the name is the bad pattern, so that "ignore transformers/strategy-mismatch" reads well. */
  readonly id: RuleId;
  readonly severity: Severity;
  /** `stable` rules are on by default, `preview` rules only when selected. */
  readonly status: "stable" | "preview";
  /** The release of HF Preflight that first had it. */
  readonly since: string;
  /** The rule runs only on scripts that import one of these. */
  readonly libraries: readonly [Library, ...Library[]];
  /** Words of which one has to be in the text, or the rule can't have anything to say: a search of the text is all that it then costs. */
  readonly mentions?: readonly [string, ...string[]];
  /** The versions it speaks of, for its page; single reports may narrow this with `when`. */
  readonly versions?: VersionCondition;
  /** Message texts by id; `{name}` stands for a datum of the report. Under 200 characters when filled in. */
  readonly messages: Readonly<Record<Message, string>>;
  readonly docs: RuleDocumentation;
  readonly check: (context: RuleContext<Message>) => void;
}

/** A rule whose message ids no longer matter to who runs it. */
export type Rule = RuleDefinition<string>;

export interface Report<Message extends string> {
  readonly message: Message;
  /** What fills the placeholders of the message. */
  readonly data?: Readonly<Record<string, string | number>>;
  readonly at: Span;
  /** The rule's own severity if absent. */
  readonly severity?: Severity;
  /** The versions in which this is true. Where it holds only in some of the script's, an error becomes a warning. */
  readonly when?: VersionCondition;
  /** The message for "holds in some of the versions that the script may meet": it has to name them. */
  readonly unsure?: Message;
  /** The exception that the library raises, or each that some version does: a script that catches exactly this one knows what it does. */
  readonly raises?: string | readonly string[];
  readonly related?: readonly RelatedPlace[];
  readonly tags?: readonly FindingTag[];
  readonly fixes?: readonly Fix[];
}

export interface RuleContext<Message extends string> {
  readonly script: Script;
  readonly config: Configuration;
  /** What the libraries accept, version by version. */
  readonly knowledge: Knowledge;
  /** The files that the script names, by the path as written in it; one that isn't here has not been looked for. */
  readonly files: ScriptFiles;
  /** The machine that checks; the script may train on another one, so that no error follows from it. */
  readonly hardware: Hardware;
  /** The versions that the code at an offset may meet: those of the environment, narrowed by the branches around it. */
  versionsAt(offset: number): Versions;
  /** The same at a node, which is quicker where many are asked for. */
  versionsAtNode(node: Node): Versions;
  report(report: Report<Message>): void;
}

/** Defines a rule; the message ids of its reports are checked against `messages` by the compiler. */
export function defineRule<const Message extends string>(definition: RuleDefinition<Message>): Rule {
  // A rule only ever receives the context that `analyze` built for it, so forgetting its message type is sound.
  return definition as unknown as Rule;
}
