/** Document -> findings, with everything around it: the gate, the configuration, the versions, the rules. */
import { analyze } from "../analysis/analyze.js";
import type { Finding, RuleId } from "../analysis/finding.js";
import type { Rule } from "../analysis/rule.js";
import type { Configuration } from "../config/configuration.js";
import { Versions } from "../environment/versions.js";
import { mentionsLibrary } from "../features/textGate.js";
import { Script } from "../script/script.js";
import type { PythonParser } from "../syntax/parser.js";
import type { OpenDocument } from "./document.js";

/** No training script is this long; what is, is generated data, and parsing it would hold up everything else. In UTF-16 code units. */
const LARGEST_TEXT = 2_000_000;

/** Documents whose trees are kept between edits; the others are parsed afresh when they come back. */
const TREES_KEPT = 8;

export interface Check {
  readonly document: OpenDocument;
  readonly config: Configuration;
  readonly isCancelled?: () => boolean;
}

export class Checker {
  private readonly recent: OpenDocument[] = [];

  constructor(
    private readonly parser: PythonParser,
    private readonly rules: readonly Rule[],
    private readonly onRuleFailure: (rule: RuleId, error: unknown) => void,
    private readonly onTooLarge: (uri: string) => void,
  ) {}

  /** Whether a document is looked at at all. */
  isChecked(document: OpenDocument): boolean {
    if (document.text.length <= LARGEST_TEXT) return mentionsLibrary(document.text);
    this.onTooLarge(document.uri);
    return false;
  }

  findings({ document, config, isCancelled }: Check): Finding[] {
    if (!this.isChecked(document)) return [];
    this.touch(document);
    return this.analyzed(this.script(document), config, isCancelled);
  }

  /** The script as the document stands now. */
  script(document: OpenDocument): Script {
    return new Script(document.syntax(this.parser).flat);
  }

  /** The findings of a text that is in no editor: a step of fix-all. */
  findingsOf(text: string, config: Configuration): Finding[] {
    return mentionsLibrary(text) ? this.analyzed(new Script(this.parser.parse(text)), config, undefined) : [];
  }

  forget(document: OpenDocument): void {
    const index = this.recent.indexOf(document);
    if (index >= 0) this.recent.splice(index, 1);
    document.dispose();
  }

  private analyzed(script: Script, config: Configuration, isCancelled: (() => boolean) | undefined): Finding[] {
    return analyze({
      script,
      rules: this.rules,
      config,
      versions: Versions.from(config.versions, "the settings"),
      onRuleFailure: this.onRuleFailure,
      ...(isCancelled ? { isCancelled } : {}),
    });
  }

  private touch(document: OpenDocument): void {
    const index = this.recent.indexOf(document);
    if (index >= 0) this.recent.splice(index, 1);
    this.recent.unshift(document);
    for (const old of this.recent.splice(TREES_KEPT)) old.rest();
  }
}
