/**
 * transformers' `define_import_structure`: the names that the modules of a folder export by `__all__` or a `@requires` decorator. Read as
 * transformers reads them, by lines.
 */
import type { SourceFiles } from "../../packages/archive.js";

/** Name -> the module that has it. @param folder as a dotted path, `transformers.models`. */
export function scannedNames(files: SourceFiles, folder: string): Map<string, string> {
  const names = new Map<string, string>();
  const prefix = `${folder.replaceAll(".", "/")}/`;
  const paths = [...files.keys()].filter((path) => path.startsWith(prefix) && !path.endsWith("/__init__.py"));
  const withModeling = new Set(paths.filter((path) => path.includes("/modeling_")).map(folderOf));
  for (const path of paths) {
    if (path.includes("/modular_") && withModeling.has(folderOf(path))) continue;
    const text = files.get(path)?.() ?? "";
    const module = path.slice(0, -".py".length).replaceAll("/", ".");
    for (const name of [...listed(text), ...decorated(text)]) names.set(name, module);
  }
  return names;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function listed(text: string): string[] {
  const start = text.search(/^__all__/m);
  if (start < 0) return [];
  const open = text.indexOf("[", start);
  const body = open < 0 ? "" : text.slice(open + 1, text.indexOf("]", open));
  return [...body.matchAll(/["'](\w+)["']/g)].map((match) => match[1] ?? "");
}

function decorated(text: string): string[] {
  if (!/^@(?:requires|export)\b/m.test(text)) return [];
  return [...text.matchAll(/^@(?:requires|export)\b[\s\S]*?^(?:class|def) (\w+)/gm)].map((match) => match[1] ?? "");
}
