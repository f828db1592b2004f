/** Finds out which versions a script will meet: asks its interpreter's folders and its project's files. Remembers what it has read. */
import type { Detection, Layer } from "./detection.js";
import { combined } from "./declared/declaration.js";
import { scriptBlock } from "./declared/scriptBlock.js";
import { Disk } from "./disk.js";
import { installedVersions } from "./installed/installedVersions.js";
import type { Surroundings } from "./installed/packageFolders.js";
import type { Interpreter } from "./interpreter.js";
import { projectVersions } from "./projectVersions.js";
import type { EnvironmentProblem } from "./detection.js";

export interface DetectionRequest {
  /** The script's folder first, then those above it that belong to its project. */
  readonly folders: readonly string[];
  /** Absent: nothing is looked for among what is installed. */
  readonly interpreter?: Interpreter | undefined;
}

export interface ScriptDeclarations {
  readonly layer: Layer;
  readonly problems: readonly EnvironmentProblem[];
}

export class Detector {
  private readonly disk = new Disk();
  private readonly detections = new Map<string, Promise<Detection>>();

  constructor(private readonly surroundings: Surroundings) {}

  /** Never rejects for what is on the disk: that becomes a problem. */
  detect(request: DetectionRequest): Promise<Detection> {
    const key = JSON.stringify([request.folders, request.interpreter]);
    let detection = this.detections.get(key);
    if (!detection) {
      detection = this.read(request);
      this.detections.set(key, detection);
    }
    return detection;
  }

  /** Something has changed on the disk. What is the same as before is not read again. */
  lookAgain(): void {
    this.detections.clear();
    this.disk.lookAgain();
  }

  private async read({ folders, interpreter }: DetectionRequest): Promise<Detection> {
    const [installed, project] = await Promise.all([
      interpreter && installedVersions(interpreter, this.disk, this.surroundings),
      projectVersions(folders, this.disk),
    ]);
    return {
      installed: installed?.layer ?? new Map(),
      files: project.files,
      problems: [...(installed?.problems ?? []), ...project.problems],
      ...(installed && { interpreter: installed.interpreter }),
    };
  }
}

/** What the script's own block (PEP 723) says; undefined where it has none. */
export async function scriptDeclarations(text: string): Promise<ScriptDeclarations | undefined> {
  const block = scriptBlock(text);
  if (!block) return undefined;
  const { readScriptMetadata } = await import("./declared/scriptMetadata.js");
  const { declarations, problems } = readScriptMetadata(block.toml, block.line);
  const layer = new Map(
    [...new Set(declarations.map(({ library }) => library))].flatMap((library) => {
      const fact = combined(declarations.filter((each) => each.library === library));
      return fact ? [[library, { ...fact, source: `the script's own block${fact.line === undefined ? "" : `, line ${fact.line}`}` }] as const] : [];
    }),
  );
  return { layer, problems: problems.map(({ message, line }) => ({ message: line === undefined ? message : `Line ${line}: ${message}` })) };
}
