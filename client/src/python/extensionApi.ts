/** The Python extensions as they are asked: optional, started only when somebody wants to know, and never trusted to be as they were. */
import * as vscode from "vscode";

/**
 * What an extension exports, if it is there and has all of `functions` (dotted paths). Starts it: it is asked only about Python files, for
 * which it starts anyway. Undefined where it is missing, switched off, or of a shape that isn't known.
 */
export async function exportsOf<Api>(extensionId: string, functions: readonly string[]): Promise<Api | undefined> {
  const extension = vscode.extensions.getExtension<unknown>(extensionId);
  if (!extension) return undefined;
  let api: unknown;
  try {
    api = extension.isActive ? extension.exports : await extension.activate();
  } catch {
    // It says so itself; for us it isn't there.
    return undefined;
  }
  return functions.every((path) => typeof memberOf(api, path) === "function") ? (api as Api) : undefined;
}

function memberOf(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((owner, name) => (typeof owner === "object" && owner !== null ? (owner as Readonly<Record<string, unknown>>)[name] : undefined), value);
}

/** Text in an answer that may hold anything. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = memberOf(value, path);
  return typeof found === "string" && found !== "" ? found : undefined;
}
