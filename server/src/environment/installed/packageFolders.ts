/** The folders in which an interpreter looks for packages, in its order; found from its path and its pyvenv.cfg, without running it. */
import { realpath } from "../asyncFiles.js";
import { basename, dirname, join } from "node:path";
import type { Disk } from "../disk.js";
import { executableIn } from "../interpreter.js";

export interface PackageFolders {
  /** Nearest first: what stands in an earlier one hides what stands in a later one. */
  readonly folders: readonly string[];
  /** `conda-meta`, in a conda environment. */
  readonly condaMeta?: string;
  /** The root of the environment or of the installation. */
  readonly prefix: string;
  readonly isEnvironment: boolean;
  /** "3.11". */
  readonly python?: string;
}

export interface Surroundings {
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly home: string;
}

/** A pyvenv.cfg is some lines long. */
const MOST_BYTES = 100_000;

/** @param path an executable, or the folder of an environment; it has to be there. */
export async function packageFoldersOf(path: string, disk: Disk, surroundings: Surroundings): Promise<PackageFolders> {
  const prefix = (await disk.entries(path)).length > 0 ? path : prefixOf(path);
  const venv = await disk.parsed(join(prefix, "pyvenv.cfg"), MOST_BYTES, readVenvConfiguration);
  if (venv) return virtualEnvironment(prefix, venv, disk, surroundings);
  const condaMeta = join(prefix, "conda-meta");
  if (await disk.exists(condaMeta)) {
    const { folders, python } = await installation(prefix, disk);
    return { folders: [...(await userSite(python, surroundings, disk)), ...folders], condaMeta, prefix, isEnvironment: true, ...(python === undefined ? {} : { python }) };
  }
  return systemPython(path, prefix, disk, surroundings);
}

/** `.../bin/python3` and `...\Scripts\python.exe` stand one folder below; `...\python.exe` stands in it. */
function prefixOf(executable: string): string {
  const folder = dirname(executable);
  return ["bin", "scripts"].includes(basename(folder).toLowerCase()) ? dirname(folder) : folder;
}

interface VenvConfiguration {
  readonly home: string | undefined;
  readonly includesSystem: boolean;
  readonly python: string | undefined;
}

function readVenvConfiguration(text: string): VenvConfiguration {
  const values = new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, key, value] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return key !== undefined && value !== undefined ? [[key.toLowerCase(), value] as const] : [];
    }),
  );
  return {
    home: values.get("home"),
    includesSystem: values.get("include-system-site-packages")?.toLowerCase() === "true",
    python: /^(\d+\.\d+)/.exec(values.get("version") ?? values.get("version_info") ?? "")?.[1],
  };
}

async function virtualEnvironment(prefix: string, venv: VenvConfiguration, disk: Disk, surroundings: Surroundings): Promise<PackageFolders> {
  const own = await installation(prefix, disk, venv.python);
  const python = venv.python ?? own.python;
  const folders = [...own.folders];
  if (venv.includesSystem && venv.home !== undefined) {
    const base = (await executableIn(dirname(venv.home))) ?? join(venv.home, "python");
    const system = await systemPython(base, prefixOf(base), disk, surroundings, python);
    folders.push(...system.folders);
  }
  return { folders, prefix, isEnvironment: true, ...(python === undefined ? {} : { python }) };
}

/** An installation that packages are put into directly: of a distribution, python.org, pyenv, uv, Homebrew, Windows. */
async function systemPython(path: string, prefix: string, disk: Disk, surroundings: Surroundings, wanted?: string): Promise<PackageFolders> {
  const real = await resolvedLink(path);
  const python = wanted ?? /python(\d+\.\d+)/.exec(basename(real))?.[1];
  const found = new Set<string>();
  let guessed = python;
  for (const root of new Set([prefix, prefixOf(real)])) {
    const own = await installation(root, disk, python);
    guessed ??= own.python;
    // Debian's packages go to /usr/lib/python3/dist-packages, and what pip installs to /usr/local.
    const local = root === "/usr" ? (await installation("/usr/local", disk, guessed)).folders : [];
    for (const folder of [...local, ...own.folders]) found.add(folder);
  }
  const folders = [...(await userSite(guessed, surroundings, disk)), ...found];
  return { folders, prefix, isEnvironment: false, ...(guessed === undefined ? {} : { python: guessed }) };
}

/** The folders below one root. Where there are several Pythons, only the wanted one's. */
async function installation(root: string, disk: Disk, wanted?: string): Promise<{ readonly folders: string[]; readonly python: string | undefined }> {
  const windows = join(root, "Lib", "site-packages");
  const lib = (await disk.entries(join(root, "lib"))).filter((name) => /^(python|pypy)\d+\.\d+t?$/.test(name));
  // On a disk that doesn't tell capitals apart, `lib` is `Lib`.
  if (lib.length === 0 && (await disk.exists(windows))) return { folders: [windows], python: wanted };
  const versionOf = (name: string): string => name.replace(/^\D+/, "").replace(/t$/, "");
  const chosen = lib.filter((name) => wanted === undefined || versionOf(name) === wanted).sort((a, b) => Number(versionOf(b).slice(2)) - Number(versionOf(a).slice(2)));
  const [newest] = chosen;
  const candidates = [
    ...(newest === undefined ? [] : [join(root, "lib", newest, "site-packages"), join(root, "lib64", newest, "site-packages"), join(root, "lib", newest, "dist-packages")]),
    join(root, "lib", "python3", "dist-packages"),
  ];
  const there = await Promise.all(candidates.map((folder) => disk.exists(folder)));
  const existing = candidates.filter((_, index) => there[index]);
  // `lib64` is usually a link to `lib`.
  const real = await Promise.all(existing.map(resolvedLink));
  const folders = existing.filter((_, index) => real.indexOf(real[index] ?? "") === index);
  return { folders, python: wanted ?? (newest === undefined ? undefined : versionOf(newest)) };
}

/** What `pip install --user` fills; it comes before the installation's own. */
async function userSite(python: string | undefined, { environment, home }: Surroundings, disk: Disk): Promise<string[]> {
  if (python === undefined || (environment["PYTHONNOUSERSITE"] ?? "") !== "") return [];
  const base = environment["PYTHONUSERBASE"] ?? join(home, ".local");
  const candidates = [
    join(base, "lib", `python${python}`, "site-packages"),
    join(home, "Library", "Python", python, "lib", "python", "site-packages"),
    ...(environment["APPDATA"] === undefined ? [] : [join(environment["APPDATA"], "Python", `Python${python.replace(".", "")}`, "site-packages")]),
  ];
  const there = await Promise.all(candidates.map((folder) => disk.exists(folder)));
  return candidates.filter((_, index) => there[index]);
}

async function resolvedLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (error instanceof Error && "code" in error) return path;
    throw error;
  }
}
