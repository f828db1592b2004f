/** Reads tests on a library's version: `version.parse(transformers.__version__) >= version.parse("4.46")` and its like. */
import { VersionRange } from "../environment/pep440.js";
import { isLibrary, type Library } from "../environment/versions.js";
import type { Call } from "./calls.js";
import { stringOf, type Value } from "./values.js";

const COMPLEMENT: Readonly<Record<string, string>> = { ">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "==" };
const MIRRORED: Readonly<Record<string, string>> = { ">=": "<=", "<=": ">=", ">": "<", "<": ">", "==": "==", "!=": "!=" };

/** What the outcome of a test says about a library's version, or undefined when it is no such test. */
export function versionTestOf(test: Value, outcome: boolean): { readonly library: Library; readonly range: VersionRange } | undefined {
  if (test.kind === "call") return helperTest(test, outcome);
  if (test.kind !== "operation") return undefined;
  if (test.operator === "not" && test.operands[0]) return versionTestOf(test.operands[0], !outcome);
  if (test.operator === "and" && outcome) {
    // Of several narrowings the first is enough: narrowing less is never wrong.
    for (const operand of test.operands) {
      const found = versionTestOf(operand, true);
      if (found) return found;
    }
    return undefined;
  }
  const [left, right] = test.operands;
  if (!left || !right || !(test.operator in COMPLEMENT)) return undefined;
  const direct = libraryOf(left);
  const library = direct ?? libraryOf(right);
  const text = versionText(direct ? right : left);
  if (!library || text === undefined) return undefined;
  return rangeOf(library, direct ? test.operator : (MIRRORED[test.operator] ?? ""), text, outcome);
}

function rangeOf(library: Library, operator: string, text: string, outcome: boolean): { readonly library: Library; readonly range: VersionRange } | undefined {
  const range = VersionRange.parse(`${outcome ? operator : (COMPLEMENT[operator] ?? "")}${text}`);
  return range && { library, range };
}

/** `is_transformers_version(">=", "4.46")`, `is_torch_version`, `compare_versions("trl", ">=", "0.9")`. */
function helperTest(test: Extract<Value, { kind: "call" }>, outcome: boolean): { readonly library: Library; readonly range: VersionRange } | undefined {
  const name = test.call.name?.split(".").at(-1) ?? "";
  const values = test.call.positional.map((argument) => stringOf(argument.value));
  const helper = /^is_(\w+)_version$/.exec(name)?.[1];
  const [library, operator, version] = helper ? [helper, values[0], values[1]] : name === "compare_versions" ? values : [];
  if (!library || !operator || !version || !(operator in COMPLEMENT)) return undefined;
  const distribution = library.replaceAll("_", "-");
  return isLibrary(distribution) ? rangeOf(distribution, operator, version, outcome) : undefined;
}

/** `transformers.__version__`, `metadata.version("trl")`, and either of them inside `parse(...)` or `Version(...)`. */
function libraryOf(value: Value): Library | undefined {
  if (value.kind === "reference" && value.name.endsWith(".__version__")) return distributionOf(value.name.slice(0, -".__version__".length));
  const call = callBehind(value);
  const inner = call?.positional[0]?.value;
  if (!call || !inner) return undefined;
  const name = call.name?.split(".").at(-1);
  if (name === "parse" || name === "Version") return libraryOf(inner);
  const text = stringOf(inner);
  return name === "version" && text !== undefined ? distributionOf(text) : undefined;
}

/** `parse(...)` is a call whose result isn't known further, `Version(...)` makes an object. */
function callBehind(value: Value): Call | undefined {
  if (value.kind === "call") return value.call;
  return value.kind === "instance" ? value.object.call : undefined;
}

function distributionOf(module: string): Library | undefined {
  const name = module.replaceAll("_", "-");
  return isLibrary(name) ? name : undefined;
}

function versionText(value: Value): string | undefined {
  const text = stringOf(value);
  if (text !== undefined) return text;
  const call = callBehind(value);
  const name = call?.name?.split(".").at(-1);
  const inner = call?.positional[0]?.value;
  return inner && (name === "parse" || name === "Version") ? stringOf(inner) : undefined;
}
