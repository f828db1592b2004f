/** A folder with files in it, gone after the test. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export class Tree {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "hf-preflight-environment-")));

  /** @param files path -> text; a path that ends with `/` is a folder, a text that begins with `-> ` a link. */
  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    onTestFinished(() => rmSync(this.path, { recursive: true, force: true }));
  }

  at(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string | Buffer): void {
    const path = this.at(name);
    mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (name.endsWith("/")) return;
    if (typeof text === "string" && text.startsWith("-> ")) symlinkSync(text.slice(3), path);
    else writeFileSync(path, text);
  }

  /** Installed distributions, as pip leaves them: `transformers-4.46.3`. */
  install(folder: string, ...distributions: readonly string[]): void {
    for (const each of distributions) {
      const [, name = "", version = ""] = /^(.+)-([^-]+)$/.exec(each) ?? [];
      this.write(`${folder}/${each}.dist-info/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nA README.\nVersion: 0\n`);
    }
  }

  uninstall(path: string): void {
    rmSync(this.at(path), { recursive: true });
  }
}
