/** Which versions the scripts of a command line will meet. Loaded only when a script names a library. */
import { homedir } from "node:os";
import { dirname } from "node:path";
import { nothingDetected, resolved, type Detection, type EnvironmentProblem, type ResolvedVersions } from "../../server/src/environment/detection.js";
import { Detector, scriptDeclarations } from "../../server/src/environment/detector.js";
import { findInterpreter, type Interpreter } from "../../server/src/environment/interpreter.js";
import { searchFolders } from "../../server/src/environment/searchFolders.js";
import type { Versions } from "../../server/src/environment/versions.js";
import type { ParsedArguments } from "./arguments/parse.js";
import { checkPythonOption } from "./arguments/python.js";

export interface FoundVersions extends ResolvedVersions {
  readonly detection: Detection;
  readonly problems: readonly EnvironmentProblem[];
}

export interface VersionRequest {
  /** Absolute path of the script; it need not exist. */
  readonly path: string;
  /** The script, where there is one. */
  readonly text?: string;
  /** What the command line or the configuration says. */
  readonly given: Versions;
}

export class Environments {
  private readonly detector = new Detector({ environment: process.env, home: homedir() });
  private readonly folders = new Map<string, Promise<Detection>>();
  private readonly python: string | undefined;
  private readonly isOff: boolean;

  /** @throws Mistake for a `--python` that isn't there. */
  constructor(
    args: ParsedArguments,
    private readonly cwd: string,
  ) {
    this.python = checkPythonOption(args, cwd);
    this.isOff = args.has("isolated") || args.has("versions");
  }

  async of({ path, text, given }: VersionRequest): Promise<FoundVersions> {
    if (this.isOff) return { ...resolved({ given, detection: nothingDetected }), detection: nothingDetected, problems: [] };
    const folder = dirname(path);
    let detecting = this.folders.get(folder);
    if (!detecting) {
      detecting = this.detect(folder);
      this.folders.set(folder, detecting);
    }
    const detection = await detecting;
    const script = text === undefined ? undefined : await scriptDeclarations(text);
    const problems = [...detection.problems, ...(script?.problems ?? [])];
    return { ...resolved({ given, detection, ...(script && { script: script.layer }) }), detection, problems };
  }

  private async detect(folder: string): Promise<Detection> {
    const folders = await searchFolders(folder, [this.cwd]);
    const interpreter: Interpreter | undefined =
      this.python === undefined ? await findInterpreter({ folders, environment: process.env, prefers: "activated" }) : { path: this.python, source: "--python" };
    return this.detector.detect({ folders, interpreter });
  }
}
