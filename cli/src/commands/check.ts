/** `hf-preflight check`. */
import { resolve } from "node:path";
import type { Finding } from "../../../server/src/analysis/finding.js";
import { mayImportLibrary } from "../../../server/src/features/textGate.js";
import type { Versions } from "../../../server/src/environment/versions.js";
import { LineIndex } from "../../../server/src/syntax/text.js";
import type { OutputFormat } from "../arguments/options.js";
import type { ParsedArguments } from "../arguments/parse.js";
import { Configurations, type FileSettings } from "../configurations.js";
import type { Engine } from "../engine.js";
import type { Environments } from "../environments.js";
import { NamedFiles } from "../files/namedFiles.js";
import { readSource, readStdin, reasonOf, Unreadable } from "../files/readSource.js";
import { pythonFiles } from "../files/walk.js";
import { ExitCode, Mistake } from "../mistake.js";
import { checkPythonOption } from "../arguments/python.js";
import type { Program } from "../program.js";
import { inReportOrder, isSerious, type Report, type ReportedFile } from "../report/report.js";
import { shownPath } from "../report/shownPath.js";
import { displayable } from "../terminal/display.js";
import { chosenPaint, plain, type Paint } from "../terminal/style.js";

/** From this much Python on, optimised wasm code pays for its making: about 25,000 lines. In UTF-16 code units. */
const MANY_LINES = 900_000;

interface Source {
  readonly path: string;
  /** Absolute, also where it is given with `--stdin-filename`. */
  readonly place: string;
  readonly shown: string;
  readonly text: string;
  readonly settings: FileSettings;
  readonly versions: Versions;
}

export async function check(args: ParsedArguments, program: Program): Promise<ExitCode> {
  return new CheckRun(args, program).run();
}

class CheckRun {
  private readonly format: OutputFormat;
  private readonly paint: Paint;
  private readonly writesFixes: boolean;
  private readonly readsStdin: boolean;
  private readonly reported: ReportedFile[] = [];
  private readonly brokenRules = new Set<string>();
  private readonly diffs: string[] = [];
  private engine: Engine | undefined;
  private environments: Environments | undefined;
  private readonly namedFiles: NamedFiles;
  private checked = 0;
  private fixed = 0;
  private fixedFiles = 0;
  /** Something could not be checked or written. */
  private failed = false;

  constructor(
    private readonly args: ParsedArguments,
    private readonly program: Program,
  ) {
    this.format = (args.value("output-format") ?? "full") as OutputFormat;
    this.namedFiles = new NamedFiles(program.cwd, program.runsIn);
    this.readsStdin = args.operands.includes("-") || (args.has("stdin-filename") && args.operands.length === 0);
    if (this.readsStdin && args.operands.some((operand) => operand !== "-")) throw new Mistake("Either stdin is checked or paths are, not both.");
    if (args.has("stdin-filename") && !this.readsStdin) throw new Mistake("--stdin-filename goes with stdin: give no paths, or -.");
    if (args.has("diff") && (args.has("statistics") || args.has("output-format"))) throw new Mistake("--diff prints nothing but the diff: leave out --statistics and --output-format.");
    if (args.has("statistics") && !["full", "concise", "json"].includes(this.format)) throw new Mistake(`--statistics prints text or json, not ${this.format}.`);
    const isForPeople = this.format === "full" || this.format === "concise";
    this.paint = isForPeople ? chosenPaint(args.has("no-color"), () => program.output.isTerminal, process.env) : plain;
    this.writesFixes = args.has("fix") && !args.has("diff");
  }

  async run(): Promise<ExitCode> {
    const ruleIds = this.program.rules.map(({ id }) => id);
    const configurations = await Configurations.from(this.args, this.program.cwd, ruleIds);
    configurations.throwIfProblems((path) => this.shown(path));
    checkPythonOption(this.args, this.program.cwd);
    const paths = this.readsStdin ? [] : await this.paths(configurations);
    const settings = new Map<string, FileSettings>();
    for (const path of paths) settings.set(path, await configurations.ofFile(path));
    // A configuration that is only half understood is worse than none: nothing is checked by it.
    configurations.throwIfProblems((path) => this.shown(path));
    if (this.readsStdin) await this.checkStdin(configurations);
    else await this.checkFiles(settings);
    await this.report();
    return this.exitCode();
  }

  private async paths(configurations: Configurations): Promise<string[]> {
    const { operands } = this.args;
    const paths = await pythonFiles(operands.length > 0 ? operands : ["."], {
      cwd: this.program.cwd,
      isExcluded: (path) => configurations.isExcluded(path),
      onUnreadable: (path, reason) => {
        this.refuse(path, reason);
      },
    });
    if (paths.length === 0 && !this.failed) this.program.output.complain("No Python files found.");
    return paths;
  }

  private async checkStdin(configurations: Configurations): Promise<void> {
    const name = this.args.value("stdin-filename");
    const path = resolve(this.program.cwd, name ?? "stdin.py");
    const settings = await configurations.ofFile(path);
    configurations.throwIfProblems((file) => this.shown(file));
    const shown = name ?? "-";
    try {
      const text = readStdin();
      const isChecked = mayImportLibrary(text);
      const source = { path: shown, place: path, shown, text, settings, versions: isChecked ? await this.versions(path, text, settings) : settings.given };
      this.checked++;
      if (isChecked) await this.startEngine(source.text.length < MANY_LINES);
      const fixed = isChecked ? await this.checkSource(source) : text;
      // The fixed script takes the place of the report, which goes to stderr.
      if (this.writesFixes) this.program.output.print(fixed);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.refuse(shown, error.message);
    }
  }

  /** Reads on until it is clear whether there are few lines or many, then checks what is waiting and the rest as it comes. */
  private async checkFiles(files: ReadonlyMap<string, FileSettings>): Promise<void> {
    const waiting: Source[] = [];
    let length = 0;
    for (const [path, settings] of files) {
      const text = this.textOf(path);
      if (text === undefined) continue;
      this.checked++;
      if (!mayImportLibrary(text)) continue;
      waiting.push({ path, place: path, shown: this.shown(path), text, settings, versions: await this.versions(path, text, settings) });
      length += text.length;
      if (!this.engine && length < MANY_LINES) continue;
      if (!this.engine) await this.startEngine(false);
      for (const source of waiting.splice(0)) await this.checkSource(source);
    }
    if (waiting.length > 0) await this.startEngine(true);
    for (const source of waiting) await this.checkSource(source);
  }

  private async versions(path: string, text: string, { given }: FileSettings): Promise<Versions> {
    // What was told counts for all libraries: nothing is found out.
    if (this.args.has("versions") || this.args.has("isolated")) return given;
    if (!this.environments) {
      const { Environments } = await import("../environments.js");
      this.environments = new Environments(this.args, this.program.cwd);
    }
    return (await this.environments.of({ path, text, given })).versions;
  }

  private textOf(path: string): string | undefined {
    try {
      return readSource(path);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.refuse(path, error.message);
      return undefined;
    }
  }

  private async startEngine(forFewLines: boolean): Promise<void> {
    const { Engine } = await import("../engine.js");
    this.engine = await Engine.load({
      rules: this.program.rules,
      grammars: this.program.grammars,
      knowledge: this.program.knowledge,
      ...(!this.args.has("isolated") && { gpus: this.program.gpus }),
      forFewLines,
      onRuleFailure: (rule, error) => {
        this.failed = true;
        if (this.brokenRules.has(rule)) return;
        this.brokenRules.add(rule);
        this.program.output.complain(`The rule ${rule} failed and was left out: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      },
    });
  }

  /** Checks one text, fixes it where that is wanted, and keeps what is to be reported. @returns the text, fixed. */
  private async checkSource(source: Source): Promise<string> {
    try {
      const findings = this.findings(source.text, source);
      const wantsFixes = this.args.has("fix") || this.args.has("diff");
      const text = wantsFixes && findings.length > 0 ? await this.fix(source, findings) : source.text;
      // A diff doesn't change the file: its findings are still there.
      const isAsReported = text === source.text || this.args.has("diff");
      const remaining = isAsReported ? findings : this.findings(text, source);
      if (remaining.length > 0) {
        const shownText = isAsReported ? source.text : text;
        this.reported.push({ ...source, text: shownText, lines: new LineIndex(shownText), findings: inReportOrder(remaining) });
      }
      return text;
    } catch (error) {
      if (error instanceof Mistake) throw error;
      this.refuse(source.path, `the check failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return source.text;
    }
  }

  private findings(text: string, { place, settings, versions }: Source): Finding[] {
    return this.engine?.check({ text, config: settings.configuration, versions, files: (names) => this.namedFiles.of(names, place) }) ?? [];
  }

  private async fix(source: Source, findings: readonly Finding[]): Promise<string> {
    const { fixAll } = await import("../../../server/src/features/fixAll.js");
    const { text, applied, edits } = fixAll(source.text, (current) => (current === source.text ? findings : this.findings(current, source)), {
      unsafe: this.args.has("unsafe-fixes"),
    });
    if (text === source.text) return text;
    if (this.engine?.isBroken(text) && !this.engine.isBroken(source.text)) {
      this.refuse(source.path, "a fix would have broken its syntax, so it was left as it was; please report this");
      return source.text;
    }
    if (this.args.has("diff")) {
      const { unifiedDiff } = await import("../report/diff.js");
      this.diffs.push(unifiedDiff(displayable(source.shown), source.text, edits, this.paint));
    } else if (!this.readsStdin) {
      const { writeAtomically } = await import("../files/writeAtomically.js");
      try {
        writeAtomically(source.path, text);
      } catch (error) {
        this.refuse(source.path, `can't write it: ${reasonOf(error)}`);
        return source.text;
      }
    }
    this.fixed += applied;
    this.fixedFiles++;
    return text;
  }

  private async report(): Promise<void> {
    const { output, rules, cwd, version } = this.program;
    const report: Report = { files: this.reported, rules, root: cwd };
    // With --fix, stdin's fixed text is the result.
    const print = this.readsStdin && this.writesFixes ? (text: string) => text && output.complain(text.replace(/\n$/, "")) : output.print;
    if (this.args.has("diff")) return this.reportDiff();
    switch (this.format) {
      case "json": {
        const { jsonReport, jsonStatistics } = await import("../report/json.js");
        print(this.args.has("statistics") ? jsonStatistics(report) : jsonReport(report));
        return;
      }
      case "sarif": {
        const { sarifReport } = await import("../report/sarif.js");
        print(sarifReport(report, version));
        return;
      }
      case "github": {
        const { githubReport } = await import("../report/github.js");
        print(githubReport(report));
        return;
      }
      default:
        await this.reportText(report, print);
    }
  }

  private async reportText(report: Report, print: (text: string) => void): Promise<void> {
    const { conciseReport, counted, fullReport, summaryOf, textStatistics } = await import("../report/text.js");
    const text = this.args.has("statistics")
      ? textStatistics(report, this.paint)
      : this.format === "concise"
        ? conciseReport(report, this.paint)
        : fullReport(report, this.paint);
    if (this.args.has("quiet")) {
      print(text);
      return;
    }
    const fixed = this.fixed > 0 ? `Fixed ${counted(this.fixed, "finding")} in ${counted(this.fixedFiles, "file")}.\n` : "";
    const summary = this.checked > 0 ? summaryOf(report, { checked: this.checked, showsUnsafe: this.args.has("unsafe-fixes") }, this.paint) : "";
    const gap = this.args.has("statistics") && text !== "" ? "\n" : "";
    print(text + gap + fixed + summary);
  }

  private async reportDiff(): Promise<void> {
    this.program.output.print(this.diffs.join(""));
    if (this.args.has("quiet") || this.checked === 0) return;
    const { counted } = await import("../report/text.js");
    this.program.output.complain(this.fixed > 0 ? `Would fix ${counted(this.fixed, "finding")} in ${counted(this.fixedFiles, "file")}.` : "No fixes to apply.");
  }

  private refuse(path: string, reason: string): void {
    this.failed = true;
    this.program.output.complain(`${displayable(this.shown(path))}: not checked: ${reason}`);
  }

  private exitCode(): ExitCode {
    if (this.failed) return ExitCode.mistake;
    const isSeriousThere = this.diffs.length > 0 || this.reported.some(({ findings }) => findings.some(({ severity }) => isSerious(severity)));
    return isSeriousThere && !this.args.has("exit-zero") ? ExitCode.findings : ExitCode.clean;
  }

  /** Relative to the working directory where that is above it. */
  private shown(path: string): string {
    return shownPath(path, this.program.cwd);
  }
}
