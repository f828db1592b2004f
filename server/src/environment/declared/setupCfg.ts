/** Reads `install_requires` and the extras in setup.cfg. Pure. */
import type { Declaration, DeclarationProblem, Declarations } from "./declaration.js";
import { readRequirement } from "./requirement.js";

export function readSetupCfg(text: string): Declarations {
  const declarations: Declaration[] = [];
  const problems: DeclarationProblem[] = [];
  let section = "";
  let key = "";
  for (const [index, physical] of text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/).entries()) {
    const written = physical.replace(/^\s*[#;].*$|\s#.*$/, "");
    const header = /^\[([^\]]+)\]/.exec(written)?.[1];
    if (header !== undefined) {
      section = header.trim();
      key = "";
      continue;
    }
    const [, name, value] = /^([^\s=:][^=:]*?)\s*[=:](.*)$/.exec(written) ?? [];
    if (name !== undefined) key = name.trim();
    const isBase = section === "options" && key === "install_requires";
    if (!isBase && section !== "options.extras_require") continue;
    const read = readRequirement(value ?? written, index + 1);
    if (!read) continue;
    if ("mistake" in read) problems.push({ message: `${read.mistake}.`, line: index + 1 });
    else declarations.push({ ...(!isBase && { condition: "choice" as const }), ...read.declaration });
  }
  return { declarations, inclusions: [], problems };
}
