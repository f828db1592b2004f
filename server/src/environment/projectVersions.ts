/** What the files of a project say about versions, kind by kind: the nearest file of a kind that names a library counts. Reads the disk. */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { combined, type Declaration, type Declarations } from "./declared/declaration.js";
import { fileKinds, type FileKind } from "./declared/kinds.js";
import type { DetectedFact, EnvironmentProblem, Layer } from "./detection.js";
import { Unreadable, type Disk } from "./disk.js";
import { namesLibrary } from "./names.js";
import type { Library } from "./versions.js";

export interface ProjectVersions {
  readonly files: readonly Layer[];
  readonly problems: readonly EnvironmentProblem[];
}

/** Files that name each other, one inside the other; more is a mistake. */
const MOST_INCLUSIONS = 50;

const nothing: Declarations = { declarations: [], inclusions: [], problems: [] };

/** @param folders the script's first, then those above it. */
export async function projectVersions(folders: readonly string[], disk: Disk): Promise<ProjectVersions> {
  const read = await Promise.all(
    fileKinds.map(async (kind) => {
      const reader = new ProjectReader(folders, disk);
      return { layer: await reader.read(kind), problems: reader.problems };
    }),
  );
  return { files: read.map(({ layer }) => layer), problems: read.flatMap(({ problems }) => problems) };
}

/** A declaration and the file that it stands in. */
interface Placed extends Declaration {
  readonly path: string;
}

class ProjectReader {
  readonly problems: EnvironmentProblem[] = [];

  constructor(
    private readonly folders: readonly string[],
    private readonly disk: Disk,
  ) {}

  async read(kind: FileKind): Promise<Layer> {
    const layer = new Map<Library, DetectedFact>();
    const listings = await Promise.all(this.folders.map((folder) => this.disk.entries(folder)));
    for (const [index, folder] of this.folders.entries()) {
      const entries = listings[index] ?? [];
      for (const group of kind.names) {
        const names = entries.filter((name) => group.test(name) && !kind.names.slice(0, kind.names.indexOf(group)).some((earlier) => earlier.test(name))).sort();
        const said: Placed[] = [];
        for (const name of names) {
          const own = await this.declarationsIn(join(folder, name), kind);
          // Several files of one group are alternatives: who knows which of them was installed.
          said.push(...(names.length > 1 ? ownFacts(own).map((each) => ({ ...each, condition: "choice" as const })) : own));
        }
        this.add(said, layer);
      }
    }
    return layer;
  }

  /** Keeps what nearer files, and files that count more in the same folder, have said. */
  private add(said: readonly Placed[], layer: Map<Library, DetectedFact>): void {
    for (const [library, declarations] of byLibrary(said)) {
      const before = layer.get(library);
      if (before && (before.opaque !== undefined || !before.range.isAny)) continue;
      const fact = combined(declarations);
      const [{ path, line }] = declarations as [Placed, ...Placed[]];
      const place = { path, ...(line === undefined ? {} : { line }) };
      if (fact) layer.set(library, { range: fact.range, ...(fact.opaque === undefined ? {} : { opaque: fact.opaque }), source: this.sourceOf(declarations), place });
      else this.problems.push({ message: `${this.sourceOf(declarations)}: no version of ${library} fits all that is said about it.`, place });
    }
  }

  private sourceOf(declarations: readonly Placed[]): string {
    const [first] = declarations;
    if (!first) return "";
    const paths = [...new Set(declarations.map(({ path }) => path))];
    if (paths.length > 1) return paths.map((path) => this.shown(path)).join(", ");
    return first.line === undefined || /\.lock$/.test(first.path) ? this.shown(first.path) : `${this.shown(first.path)} line ${first.line}`;
  }

  /** As seen from the project's root: `requirements.txt`, `training/requirements.txt`. */
  private shown(path: string): string {
    const root = this.folders.at(-1) ?? dirname(path);
    return relative(root, path).split(sep).join("/") || basename(path);
  }

  /** With the files that it names, each of which limits as it does itself. */
  private async declarationsIn(path: string, kind: FileKind, seen = new Set<string>()): Promise<Placed[]> {
    if (seen.has(path) || seen.size >= MOST_INCLUSIONS) return [];
    seen.add(path);
    const { declarations, inclusions, problems } = await this.parsed(path, kind, seen.size > 1);
    for (const { message, line } of problems) {
      const shown = this.shown(path);
      this.problems.push({ message: `${line === undefined ? shown : `${shown} line ${line}`}: ${message}`, place: { path, ...(line === undefined ? {} : { line }) } });
    }
    const said: Placed[] = declarations.map((each) => ({ ...each, path }));
    for (const inclusion of inclusions) {
      if (/^[a-z][a-z0-9+.-]+:\/\//i.test(inclusion.path)) continue;
      const included = resolve(dirname(path), inclusion.path);
      if (!(await this.disk.exists(included))) {
        this.problems.push({ message: `${this.shown(path)} line ${inclusion.line}: "${inclusion.path}" does not exist.`, place: { path, line: inclusion.line } });
        continue;
      }
      said.push(...(await this.declarationsIn(included, requirementsKind, seen)));
    }
    return said;
  }

  private async parsed(path: string, kind: FileKind, isIncluded: boolean): Promise<Declarations> {
    const name = isIncluded ? "requirements.txt" : basename(path);
    try {
      const read = await this.disk.parsed(path, kind.mostBytes, async (text) => (mayDeclare(text) ? (await kind.reader(name))(text) : nothing));
      return read ?? nothing;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.problems.push({ message: `${this.shown(path)} can't be read: ${error.message}.`, place: { path } });
      return nothing;
    }
  }
}

const requirementsKind = fileKinds.find(({ kind }) => kind === "requirements") as FileKind;

/** Most files name none of the libraries; they cost no parser. A requirements file may name another that does. */
function mayDeclare(text: string): boolean {
  return namesLibrary(text) || /^\s*-\s*(?:-?[rc]|-?-(?:requirement|constraint))\b/m.test(text) || /^\s*-[rc]/m.test(text);
}

/** One file's word on each library, as one declaration. */
function ownFacts(said: readonly Placed[]): Placed[] {
  return [...byLibrary(said)].flatMap(([library, declarations]) => {
    const [{ path }] = declarations as [Placed, ...Placed[]];
    const fact = combined(declarations);
    return fact ? [{ library, path, ...fact }] : [];
  });
}

function byLibrary(said: readonly Placed[]): Map<Library, Placed[]> {
  const found = new Map<Library, Placed[]>();
  for (const each of said) found.set(each.library, [...(found.get(each.library) ?? []), each]);
  return found;
}
