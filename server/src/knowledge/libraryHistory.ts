/** All that is known of one library over its stored releases. */
import { VersionRange } from "../environment/pep440.js";
import type { Library, Versions } from "../environment/versions.js";
import type { CallableData } from "./libraryData.js";
import type { PackedLibrary } from "./packedData.js";
import { ModuleExports } from "./moduleExports.js";
import { Presence, Timeline } from "./presence.js";
import { Releases } from "./releases.js";
import { RememberedStandings } from "./rememberedStandings.js";
import { standingOf, type Standing } from "./standing.js";

export class LibraryHistory {
  readonly releases: Releases;
  private readonly lists = new Map<string, Timeline<readonly string[]>>();
  private readonly exportStandings = new RememberedStandings();
  private readonly choiceStandings = new RememberedStandings();
  private byLeaf: ReadonlyMap<string, readonly string[]> | undefined;
  /** Module -> name -> the releases that export it. */
  private readonly modules = new Map<string, ModuleExports>();

  constructor(
    readonly library: Library,
    private readonly data: PackedLibrary,
  ) {
    this.releases = new Releases(data.releases);
  }

  /** The stored releases that the script may meet: all of them where the version is not known. */
  met(versions: Versions): readonly number[] {
    return this.releases.matching(versions.fact(this.library)?.range ?? VersionRange.any);
  }

  callable(name: string): CallableData | undefined {
    return this.data.callables.get(name);
  }

  /** The canonical names of its callables by their last names. */
  get callablesByLeaf(): ReadonlyMap<string, readonly string[]> {
    if (!this.byLeaf) {
      const byLeaf = new Map<string, string[]>();
      for (const name of this.data.callables.names) {
        const leaf = name.slice(name.lastIndexOf(".") + 1);
        const known = byLeaf.get(leaf);
        if (known) known.push(name);
        else byLeaf.set(leaf, [name]);
      }
      this.byLeaf = byLeaf;
    }
    return this.byLeaf;
  }

  /** A list of allowed values, by release. */
  choices(list: string): Timeline<readonly string[]> | undefined {
    const data = this.data.choices[list];
    if (!data) return undefined;
    let timeline = this.lists.get(list);
    if (!timeline) {
      timeline = new Timeline(data);
      this.lists.set(list, timeline);
    }
    return timeline;
  }

  /** Whether a value is in a list of allowed ones; undefined for a list that isn't known. */
  allows(list: string, value: string, versions: Versions): Standing | undefined {
    const timeline = this.choices(list);
    if (!timeline) return undefined;
    const met = this.met(versions);
    return this.choiceStandings.get(met, `${list} ${value}`, () =>
      standingOf(this.library, this.releases, met, (release) => {
        const values = timeline.at(release);
        return values === undefined ? "unknown" : values.includes(value) ? "yes" : "no";
      }),
    );
  }

  /** Whether a name can be imported from a module; undefined for a module whose names aren't known. */
  exports(module: string, name: string, versions: Versions): Standing | undefined {
    const names = this.namesOf(module);
    if (!names) return undefined;
    const met = this.met(versions);
    return this.exportStandings.get(met, `${module}.${name}`, () => {
      const presences = names.presencesOf(name);
      return standingOf(this.library, this.releases, met, (release) => {
        if (presences.some((presence) => presence.has(release))) return "yes";
        return this.hasModule(module, release) ? "no" : "unknown";
      });
    });
  }

  knowsModule(module: string): boolean {
    return Object.hasOwn(this.data.exports, module);
  }

  /** Every name that any stored release exports from a module. */
  exportedNames(module: string): readonly string[] {
    return this.namesOf(module)?.all() ?? [];
  }

  private hasModule(module: string, release: number): boolean {
    return Object.keys(this.data.exports[module] ?? {}).some((presence) => Presence.parse(presence).has(release));
  }

  private namesOf(module: string): ModuleExports | undefined {
    const data = Object.hasOwn(this.data.exports, module) ? this.data.exports[module] : undefined;
    if (!data) return undefined;
    let names = this.modules.get(module);
    if (!names) this.modules.set(module, (names = new ModuleExports(data)));
    return names;
  }
}
