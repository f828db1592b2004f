/** What the names in a folder of packages say is installed. Pure: one listing of the folder is all that it takes. */
import { libraryNamed } from "../names.js";
import { parseVersion } from "../pep440.js";
import type { Library } from "../versions.js";

/** What stands for one installed library. */
export interface Distribution {
  readonly library: Library;
  /** As the name has it; undefined where only what is inside knows. */
  readonly version: string | undefined;
  /** The entry of the folder. */
  readonly entry: string;
  readonly form: "dist-info" | "egg-info" | "egg" | "egg-link";
}

const FORMS = [
  { form: "dist-info", pattern: /^(.+)-([^-]+)\.dist-info$/i },
  { form: "dist-info", pattern: /^([^-]+)\.dist-info$/i },
  { form: "egg-info", pattern: /^([^-]+)-([^-]+)(?:-py\d[\d.]*(?:-[^-]+)?)?\.egg-info$/i },
  { form: "egg-info", pattern: /^(.+)\.egg-info$/i },
  { form: "egg", pattern: /^([^-]+)-([^-]+)(?:-py\d[\d.]*(?:-[^-]+)?)?\.egg$/i },
  { form: "egg-link", pattern: /^(.+)\.egg-link$/i },
] as const;

export function distributionsIn(entries: readonly string[]): Distribution[] {
  return entries.flatMap((entry) => distributionOf(entry) ?? []);
}

/** A name that isn't a version is a broken one: then the version is looked for inside. */
function distributionOf(entry: string): Distribution | undefined {
  for (const { form, pattern } of FORMS) {
    const match = pattern.exec(entry);
    const library = match?.[1] === undefined ? undefined : libraryNamed(match[1]);
    if (!library) continue;
    const version = match?.[2];
    return { library, entry, form, version: version !== undefined && parseVersion(version) ? version : undefined };
  }
  return undefined;
}

/** The libraries that are imported from a checkout: their installed version is that of the day of their installation. */
export function editablesIn(entries: readonly string[]): ReadonlySet<Library> {
  const found = new Set<Library>();
  for (const entry of entries) {
    const name = /^__editable__\.(.+)-[^-]+\.pth$/.exec(entry)?.[1] ?? /^_(.+)\.pth$/.exec(entry)?.[1] ?? /^(.+)\.egg-link$/.exec(entry)?.[1];
    const library = name === undefined ? undefined : libraryNamed(name);
    if (library) found.add(library);
  }
  return found;
}

/** What conda has installed, by the names in `conda-meta`: `transformers-4.46.3-pyhd8ed1ab_0.json`. */
export function condaPackagesIn(entries: readonly string[]): { readonly name: string; readonly version: string }[] {
  return entries.flatMap((entry) => {
    const [, name, version] = /^(.+)-([^-]+)-[^-]+\.json$/.exec(entry) ?? [];
    return name !== undefined && version !== undefined ? [{ name, version }] : [];
  });
}

/** The version in a METADATA or PKG-INFO file. */
export function versionInMetadata(text: string): string | undefined {
  const written = /^Version:[ \t]*(\S+)[ \t]*\r?$/im.exec(text.split(/\r?\n\r?\n/, 1)[0] ?? "")?.[1];
  return written !== undefined && parseVersion(written) ? written : undefined;
}
