/** Names of distributions, as the package index compares them. Pure. */
import { isLibrary, libraries, type Library } from "./versions.js";

/** `Sentence_Transformers` is `sentence-transformers` (PEP 503). */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** The library that a distribution of the package index is, if it is one that rules speak of. */
export function libraryNamed(name: string): Library | undefined {
  const normalized = normalizedName(name);
  return isLibrary(normalized) ? normalized : undefined;
}

/** The same for conda's channels, where torch has other names. */
export function libraryOfConda(name: string): Library | undefined {
  return /^pytorch(-cpu|-gpu)?$/.test(normalizedName(name)) ? "torch" : libraryNamed(name);
}

const anyName = new RegExp(libraries.map((library) => library.replace(/-/g, "[-_.]+")).join("|"), "i");

/** Whether a text could say something about one of the libraries: what doesn't is not parsed. */
export function namesLibrary(text: string): boolean {
  return anyName.test(text);
}
