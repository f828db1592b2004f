/** Which values an annotation allows: those of an enum, or of a `Literal`. */
import { definitionOf, enumValues } from "../python/classes.js";
import type { PythonModule } from "../python/module.js";
import type { PythonPackage } from "../python/package.js";
import { unionOf } from "../python/types.js";

export interface Choices {
  readonly list: string;
  readonly values: readonly string[];
}

/** @param name for a list that has none of its own: `trl.SFTConfig.packing_strategy`. */
export function choicesOf(library: PythonPackage, module: PythonModule, annotation: string, name: string): Choices | undefined {
  const members = unionOf(annotation).filter((member) => member !== "None");
  const literals = members.filter((member) => /^(?:typing\.)?Literal\[/.test(member));
  if (literals.length > 0 && literals.length === members.length) {
    const parts = literals.flatMap((literal) => literal.slice(literal.indexOf("[") + 1, -1).split(",").map((part) => part.trim()).filter((part) => part !== ""));
    const values = parts.map((part) => /^(["'])(.*)\1$/.exec(part)?.[2]);
    return values.every((value) => value !== undefined) ? { list: name, values } : undefined;
  }
  const named = members.filter((member) => member !== "str");
  const [only] = named;
  if (named.length !== 1 || only === undefined || !/^[\w.]+$/.test(only)) return undefined;
  const found = definitionOf(library, module, only);
  const values = found?.kind === "class" ? enumValues(library, found) : undefined;
  return values && values.size > 0 ? { list: only.slice(only.lastIndexOf(".") + 1), values: [...values.values()] } : undefined;
}
