/** The checker behind the terminal: loaded only when there is a file that could have findings. */
import { analyze } from "../../server/src/analysis/analyze.js";
import type { Finding, RuleId } from "../../server/src/analysis/finding.js";
import type { Rule } from "../../server/src/analysis/rule.js";
import type { ScriptFiles } from "../../server/src/analysis/scriptFile.js";
import type { Configuration } from "../../server/src/config/configuration.js";
import { nothingKnown, type Hardware } from "../../server/src/environment/gpus/hardware.js";
import { readGrammars } from "../../server/src/environment/grammars.js";
import type { Versions } from "../../server/src/environment/versions.js";
import { namedFiles } from "../../server/src/rules/namedFiles.js";
import { Script } from "../../server/src/script/script.js";
import { dataIn } from "../../server/src/environment/dataFiles.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import type { FlatTree } from "../../server/src/syntax/flatTree.js";
import { PythonParser } from "../../server/src/syntax/parser.js";
import { quickWasm } from "./quickWasm.js";
import { used } from "./used.js";

export interface EngineOptions {
  readonly rules: readonly Rule[];
  /** The folder with the two wasm files. */
  readonly grammars: string;
  /** The folder with what is known of each library, read library by library as it is asked for. */
  readonly knowledge: string;
  /** The folder in which the driver tells of the GPUs; absent: nothing is to be found out about the machine. */
  readonly gpus?: string;
  /**
   * Compile the wasm quickly rather than well. The optimised code is twice as fast, but making it costs more than it brings on few
   * lines, and Node waits for it at its end.
   */
  readonly forFewLines: boolean;
  readonly onRuleFailure: (rule: RuleId, error: unknown) => void;
}

export interface CheckRequest {
  readonly text: string;
  /** Looks for the files that the script names; asked only where it names some. Without it nothing is known of them. */
  readonly files?: (names: readonly string[]) => ScriptFiles;
  readonly config: Configuration;
  readonly versions: Versions;
}

export class Engine {
  private constructor(
    private readonly parser: PythonParser,
    private readonly knowledge: Knowledge,
    private readonly hardware: Hardware,
    private readonly options: EngineOptions,
  ) {}

  static async load(options: EngineOptions): Promise<Engine> {
    used.checker = true;
    if (options.forFewLines) quickWasm();
    const [parser, hardware] = await Promise.all([PythonParser.load(readGrammars(options.grammars)), hardwareOf(options.gpus)]);
    return new Engine(parser, new Knowledge(dataIn(options.knowledge)), hardware, options);
  }

  check(request: CheckRequest): Finding[] {
    return this.checkTree(this.parser.parse(request.text), request);
  }

  checkTree(tree: FlatTree, { config, versions, files }: Omit<CheckRequest, "text">): Finding[] {
    const { knowledge, hardware } = this;
    const { rules, onRuleFailure } = this.options;
    const script = new Script(tree);
    const names = files ? namedFiles(script) : [];
    return analyze({ script, rules, knowledge, versions, config, hardware, onRuleFailure, ...(files && names.length > 0 && { files: files(names) }) });
  }

  /** Whether Python could not read the text. */
  isBroken(text: string): boolean {
    return this.parser.parse(text).hasError(0);
  }
}

async function hardwareOf(folder: string | undefined): Promise<Hardware> {
  return folder === undefined ? nothingKnown : (await import("../../server/src/environment/gpus/driverFolder.js")).hardwareIn(folder);
}
