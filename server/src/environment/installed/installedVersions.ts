/** The versions of the libraries that are installed for an interpreter: read from the names in its folders, never by running it. */
import { basename, dirname, join } from "node:path";
import type { DetectedFact, DetectedInterpreter, EnvironmentProblem } from "../detection.js";
import { Unreadable, type Disk } from "../disk.js";
import type { Interpreter } from "../interpreter.js";
import { libraryOfConda } from "../names.js";
import { VersionRange } from "../pep440.js";
import type { Library } from "../versions.js";
import { condaPackagesIn, distributionsIn, editablesIn, versionInMetadata, type Distribution } from "./distributions.js";
import { packageFoldersOf, type PackageFolders, type Surroundings } from "./packageFolders.js";

export interface Installed {
  readonly interpreter: DetectedInterpreter;
  readonly layer: ReadonlyMap<Library, DetectedFact>;
  readonly problems: readonly EnvironmentProblem[];
}

/** METADATA holds the project's README; some are long. */
const MOST_BYTES = 2_000_000;

export async function installedVersions(chosen: Interpreter, disk: Disk, surroundings: Surroundings): Promise<Installed> {
  if (!(await disk.exists(chosen.path))) {
    const interpreter = { ...chosen, name: chosen.path, packageFolders: [] };
    return { interpreter, layer: new Map(), problems: [{ message: `The interpreter ${chosen.path} (${chosen.source}) does not exist.` }] };
  }
  const found = await packageFoldersOf(chosen.path, disk, surroundings);
  return new EnvironmentReader(chosen, found, disk).read();
}

class EnvironmentReader {
  private readonly layer = new Map<Library, DetectedFact>();
  private readonly problems: EnvironmentProblem[] = [];
  private readonly name: string;

  constructor(
    private readonly chosen: Interpreter,
    private readonly found: PackageFolders,
    private readonly disk: Disk,
  ) {
    const isNear = found.isEnvironment && [".venv", "venv"].includes(basename(found.prefix));
    this.name = isNear ? basename(found.prefix) : found.isEnvironment ? found.prefix : chosen.path;
  }

  async read(): Promise<Installed> {
    const { chosen, found, disk } = this;
    for (const folder of found.folders) await this.readFolder(folder);
    if (found.condaMeta !== undefined) this.readConda(await disk.entries(found.condaMeta), found.condaMeta);
    if (found.folders.length === 0 && found.condaMeta === undefined) {
      this.problems.push({ message: `No folder of packages belongs to the interpreter ${chosen.path} (${chosen.source}).` });
    }
    const interpreter = { ...chosen, name: this.name, packageFolders: found.folders, ...(found.python === undefined ? {} : { python: found.python }) };
    return { interpreter, layer: this.layer, problems: this.problems };
  }

  private async readFolder(folder: string): Promise<void> {
    const entries = await this.disk.entries(folder);
    const editables = editablesIn(entries);
    const byLibrary = new Map<Library, Distribution[]>();
    for (const each of distributionsIn(entries)) byLibrary.set(each.library, [...(byLibrary.get(each.library) ?? []), each]);
    for (const [library, distributions] of byLibrary) {
      // An earlier folder hides a later one.
      if (this.layer.has(library)) continue;
      const versions = new Map<string, Distribution>();
      for (const each of distributions) {
        const version = await this.versionOf(each, folder);
        if (version !== undefined) versions.set(version, each);
      }
      this.note(library, versions, folder, editables.has(library));
    }
  }

  private note(library: Library, versions: ReadonlyMap<string, Distribution>, folder: string, isEditable: boolean): void {
    const texts = [...versions.keys()];
    const range = texts.length === 0 ? undefined : VersionRange.parse(texts.map((text) => `==${text}`).join("||"));
    const [first] = versions.values();
    if (!range || !first) return;
    const place = { path: join(folder, first.entry) };
    if (texts.length > 1) {
      this.problems.push({ message: `${this.name} holds ${library} ${texts.join(" and ")}: install it again to have one.`, place });
    }
    this.layer.set(library, { range, source: isEditable ? `${this.name}, editable` : this.name, place });
  }

  /** Undefined for what is no whole installation. */
  private async versionOf({ library, version, entry, form }: Distribution, folder: string): Promise<string | undefined> {
    const path = join(folder, entry);
    if (form === "egg-link") return this.linked(library, path);
    if (form === "egg" && version !== undefined) return version;
    const metadata = form === "dist-info" ? join(path, "METADATA") : form === "egg" ? join(path, "EGG-INFO", "PKG-INFO") : join(path, "PKG-INFO");
    if (version !== undefined && (form === "egg-info" || (await this.disk.exists(metadata)))) return version;
    const inside = version === undefined ? await this.metadataVersion(metadata) : undefined;
    if (inside === undefined) this.problems.push({ message: `${path} is broken: ${library} is not installed as a whole.`, place: { path } });
    return inside;
  }

  /** `python setup.py develop`: the first line names the folder in which the checkout has its egg-info. */
  private async linked(library: Library, path: string): Promise<string | undefined> {
    const target = await this.parsed(path, (text) => text.split(/\r?\n/, 1)[0]?.trim());
    if (target === undefined || target === "") return undefined;
    const information = (await this.disk.entries(target)).find((entry) => distributionsIn([entry]).some((each) => each.library === library));
    return information === undefined ? undefined : this.metadataVersion(join(target, information, "PKG-INFO"));
  }

  private async metadataVersion(path: string): Promise<string | undefined> {
    return this.parsed(path, versionInMetadata);
  }

  private async parsed(path: string, read: (text: string) => string | undefined): Promise<string | undefined> {
    try {
      return await this.disk.parsed(path, MOST_BYTES, read);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.problems.push({ message: `${path} can't be read: ${error.message}.`, place: { path } });
      return undefined;
    }
  }

  /** What conda has installed without the files that pip would leave. */
  private readConda(entries: readonly string[], folder: string): void {
    for (const { name, version } of condaPackagesIn(entries)) {
      const library = libraryOfConda(name);
      const range = VersionRange.parse(`==${version}`);
      if (library && range && !this.layer.has(library)) this.layer.set(library, { range, source: this.name, place: { path: dirname(folder) } });
    }
  }
}
