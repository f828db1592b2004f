/** `--versions transformers=4.46,trl>=0.9,<0.13,bitsandbytes=none`. */
import { libraries, NOT_INSTALLED } from "../../../server/src/environment/versions.js";
import { VersionRange } from "../../../server/src/environment/pep440.js";
import { normalizedName } from "../../../server/src/environment/names.js";
import { didYouMean } from "../../../server/src/config/nearestName.js";
import { Mistake } from "../mistake.js";

/**
 * Library -> PEP 440 text, or `none`. `=` after a name is ours and means what follows it; a comma either begins the next library or, before an
 * operator, goes on with the range.
 *
 * @throws Mistake for an unknown library or a text that is no range.
 */
export function parseVersionList(texts: readonly string[]): Record<string, string> {
  const ranges = new Map<string, string[]>();
  for (const text of texts) {
    let library: string | undefined;
    for (const piece of text.split(",").map((part) => part.trim())) {
      if (piece === "") continue;
      const [, name = "", rest = ""] = /^([A-Za-z0-9][\w.-]*)?\s*(.*)$/.exec(piece) ?? [];
      if (name === "") {
        if (library === undefined) throw new Mistake(`--versions: "${piece}" names no library. Write it like transformers=4.46.3,trl=0.9.`);
      } else library = normalizedName(name);
      const range = name !== "" && /^=(?![=])|^=(?===)/.test(rest) ? rest.slice(1).trim() : rest.trim();
      if (range === "") throw new Mistake(`--versions: "${piece}" says no version. Write it like ${library}=4.46.3.`);
      ranges.set(library, [...(ranges.get(library) ?? []), range]);
    }
  }
  return Object.fromEntries([...ranges].map(([library, parts]) => [library, checked(library, parts.join(","))]));
}

function checked(library: string, text: string): string {
  if (!(libraries as readonly string[]).includes(library)) throw new Mistake(`--versions: unknown library "${library}".${didYouMean(library, libraries)}`);
  if (text === NOT_INSTALLED) return text;
  const range = VersionRange.parse(text);
  if (!range) throw new Mistake(`--versions: "${text}" is no version or range of ${library}. Write it like 4.46.3 or '>=4.46,<5'.`);
  if (range.isEmpty) throw new Mistake(`--versions: no version of ${library} can be "${text}".`);
  return text;
}
