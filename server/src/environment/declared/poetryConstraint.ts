/** Poetry's way to write ranges: `^4.40`, `~4.40`, `4.46.*`, `>=4 <5`, `^4 || ^5`. Pure. */
import { VersionRange } from "../pep440.js";

/** Undefined for what is no constraint. */
export function parsePoetryConstraint(text: string): VersionRange | undefined {
  const alternatives = text.split(/\|\|?/).map((alternative) => alternative.trim());
  const translated = alternatives.map((alternative) => {
    // Conditions are joined by commas or by spaces; an operator may stand apart from its version.
    const parts = alternative.replace(/([<>=!~^])\s+/g, "$1").split(/[,\s]+/).filter((part) => part !== "");
    return parts.map(specifiers).join(",");
  });
  return VersionRange.parse(translated.join("||"));
}

/** One condition in the terms of PEP 440. */
function specifiers(part: string): string {
  const [, operator = "", written = ""] = /^(\^|~(?!=))?(.*)$/.exec(part) ?? [];
  if (operator === "") return /^\d+(\.\d+)*\.\*$/.test(part) ? `==${part}` : part;
  const numbers = (/^v?(\d+(?:\.\d+)*)/.exec(written)?.[1] ?? "").split(".").map(Number);
  if (!/^v?\d/.test(written)) return part;
  return `>=${written},<${upperBound(operator, numbers)}`;
}

/** The caret keeps the first number that isn't zero, the tilde the second where there is one. */
function upperBound(operator: string, numbers: readonly number[]): string {
  const significant = numbers.findIndex((number) => number > 0);
  const kept = operator === "^" ? (significant < 0 ? numbers.length - 1 : significant) : Math.min(1, numbers.length - 1);
  return [...numbers.slice(0, kept), (numbers[kept] ?? 0) + 1].join(".");
}
