/**
 * The arguments of a command line as the script that they amount to: `--save_strategy epoch` in front of an HfArgumentParser is a
 * keyword of the TrainingArguments that it builds. So the same rules judge both.
 */
import { pythonLiteral } from "../analysis/edits.js";
import { isKindOf } from "../knowledge/classes.js";
import type { Script } from "../script/script.js";
import type { Value } from "../script/values.js";

/** The training arguments that a parser of the script builds, by their canonical name. */
export function parsedTrainingArguments(script: Script): string | undefined {
  for (const call of [...script.callsTo("transformers.HfArgumentParser"), ...script.callsTo("trl.TrlParser")]) {
    const types = call.value("dataclass_types", 0);
    const found = (types.kind === "sequence" ? types.items : [types]).map(classOf).find((name) => name !== undefined && isKindOf(name, "transformers.TrainingArguments"));
    if (found !== undefined) return found;
  }
  return undefined;
}

function classOf(value: Value): string | undefined {
  return value.kind === "reference" ? value.name : undefined;
}

/**
 * @param known the keywords of the class: what else is passed belongs to the script's own dataclasses
 * @returns undefined where none of them is passed
 */
export function commandLineScript(className: string, args: readonly string[], known: ReadonlySet<string>): string | undefined {
  const dot = className.lastIndexOf(".");
  const [library, name] = [className.slice(0, dot), className.slice(dot + 1)];
  const passed = keywordsOf(args).filter(([keyword]) => known.has(keyword));
  if (passed.length === 0) return undefined;
  return `from ${library} import ${name}\n\n${name}(${passed.map(([keyword, value]) => `${keyword}=${value}`).join(", ")})\n`;
}

/** As HfArgumentParser reads them: `--a-b` is `a_b`, a flag alone is True, `--no_a` is False; the last word on a name counts. */
function keywordsOf(args: readonly string[]): [keyword: string, value: string][] {
  const keywords = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const option = /^--([A-Za-z][\w-]*)(?:=(.*))?$/su.exec(args[index] ?? "");
    if (option === null) continue;
    const keyword = (option[1] ?? "").replaceAll("-", "_");
    const values: string[] = option[2] === undefined ? [] : [option[2]];
    while (option[2] === undefined && index + 1 < args.length && !/^--[A-Za-z]/u.test(args[index + 1] ?? "")) values.push(args[++index] ?? "");
    if (values.length > 1) keywords.set(keyword, `[${values.map(literal).join(", ")}]`);
    else if (values[0] !== undefined) keywords.set(keyword, literal(values[0]));
    else if (keyword.startsWith("no_")) keywords.set(keyword.slice("no_".length), "False");
    else keywords.set(keyword, "True");
  }
  return [...keywords];
}

function literal(word: string): string {
  if (/^(?:true|false)$/iu.test(word)) return word.toLowerCase() === "true" ? "True" : "False";
  return /^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/iu.test(word) ? word : pythonLiteral(word);
}
