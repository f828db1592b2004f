/** `npm run docs` writes the generated files; with `--check` it only says which are out of date. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { rules } from "../../server/src/rules/index.js";
import { generatedFiles, obsoletePages } from "./generated.js";

const root = process.cwd();

function read(path: string): string | undefined {
  return statSync(join(root, path), { throwIfNoEntry: false }) ? readFileSync(join(root, path), "utf8") : undefined;
}

function existing(folder: string): string[] {
  if (!statSync(join(root, folder), { throwIfNoEntry: false })) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

const files = generatedFiles(rules, read);
const stale = [...files].filter(([path, text]) => read(path) !== text);
const obsolete = obsoletePages(files, existing("docs/rules"));

if (process.argv.includes("--check")) {
  for (const path of [...stale.map(([path]) => path), ...obsolete]) console.error(`out of date: ${path}`);
  if (stale.length + obsolete.length > 0) {
    console.error("Repair with: npm run docs");
    process.exitCode = 1;
  }
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  for (const path of obsolete) {
    rmSync(join(root, path));
    console.log(`removed ${path}`);
  }
}
