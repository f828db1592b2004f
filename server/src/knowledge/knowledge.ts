/** What the libraries accept, version by version. Each library's data are read when they are first asked for. */
import type { Library, Versions } from "../environment/versions.js";
import { Callable } from "./callable.js";
import { baseOf } from "./classes.js";
import type { LibraryData } from "./libraryData.js";
import { LibraryHistory } from "./libraryHistory.js";
import { tabled, unpacked } from "./packedData.js";
import type { Standing } from "./standing.js";

/** The import root of each library that has data. */
const LIBRARY_OF_ROOT: ReadonlyMap<string, Library> = new Map([
  ["transformers", "transformers"],
  ["trl", "trl"],
  ["peft", "peft"],
  ["accelerate", "accelerate"],
  ["datasets", "datasets"],
  ["sentence_transformers", "sentence-transformers"],
  ["simpletransformers", "simpletransformers"],
  ["langchain", "langchain"],
  ["langchain_community", "langchain-community"],
  ["langchain_huggingface", "langchain-huggingface"],
]);

export class Knowledge {
  /** Knows nothing: everything is unknown, every rule on data is silent. */
  static readonly none = new Knowledge(() => undefined);

  private readonly histories = new Map<Library, LibraryHistory | undefined>();
  private readonly callables = new Map<string, Callable | undefined>();
  /** By the libraries that were asked for. */
  private readonly leaves = new Map<string, ReadonlySet<string>>();

  /**
   * @param read the data of a library (`libraryData`), or the text of them as they ship (`packedData`), or undefined where there are none; asked once for each.
   * They are our own, made by `npm run knowledge` and held against their schema in the tests: checking them again here would cost every start.
   */
  constructor(private readonly read: (library: Library) => unknown) {}

  library(library: Library): LibraryHistory | undefined {
    if (!this.histories.has(library)) {
      const data = this.read(library) as LibraryData | string | undefined;
      this.histories.set(library, data === undefined ? undefined : new LibraryHistory(library, typeof data === "string" ? unpacked(data) : tabled(data)));
    }
    return this.histories.get(library);
  }

  /**
   * A function, a class (its constructor) or a method, by canonical name; methods are looked for in the class and what it derives from.
   * Undefined: nothing is known about it, which is not to say that it doesn't exist.
   */
  callable(name: string): Callable | undefined {
    if (!this.callables.has(name)) this.callables.set(name, this.find(name));
    return this.callables.get(name);
  }

  /** Whether a name can be imported from a module (`transformers`, `sentence_transformers.losses`); undefined where nothing is known. */
  exported(module: string, name: string, versions: Versions): Standing | undefined {
    return this.historyOf(module)?.exports(module, name, versions);
  }

  /** Whether the names of a module are known. */
  knowsModule(module: string): boolean {
    return this.historyOf(module)?.knowsModule(module) ?? false;
  }

  /** Every name that any stored release exports from a module. */
  exportedNames(module: string): readonly string[] {
    return this.historyOf(module)?.exportedNames(module) ?? [];
  }

  /** The libraries with data that are imported. `isImported` is asked for each import root. */
  imported(isImported: (root: string) => boolean): Library[] {
    return [...LIBRARY_OF_ROOT].filter(([root]) => isImported(root)).map(([, library]) => library);
  }

  /** The last names of all callables of some libraries: `TrainingArguments`, `train`. */
  leavesOf(libraries: readonly Library[]): ReadonlySet<string> {
    const key = libraries.join(" ");
    let leaves = this.leaves.get(key);
    if (!leaves) {
      leaves = new Set(libraries.flatMap((library) => [...(this.library(library)?.callablesByLeaf.keys() ?? [])]));
      this.leaves.set(key, leaves);
    }
    return leaves;
  }

  /** Everything that a call with this last name may be a call of, in some libraries and in what their classes derive from. */
  callablesNamed(leaf: string, libraries: readonly Library[]): Callable[] {
    // Every base in another library is one of transformers' (`baseOf`).
    return [...new Set<Library>([...libraries, "transformers"])].flatMap((library) =>
      (this.library(library)?.callablesByLeaf.get(leaf) ?? []).flatMap((name) => this.callable(name) ?? []),
    );
  }

  private historyOf(path: string): LibraryHistory | undefined {
    const library = LIBRARY_OF_ROOT.get(path.split(".", 1)[0] ?? "");
    return library && this.library(library);
  }

  private find(name: string): Callable | undefined {
    const history = this.historyOf(name);
    const data = history?.callable(name);
    if (history && data) return new Callable(name, data, history, (other) => this.callable(other));
    const dot = name.lastIndexOf(".");
    const base = dot < 0 ? undefined : baseOf(name.slice(0, dot));
    return base === undefined ? undefined : this.callable(`${base}${name.slice(dot)}`);
  }
}
