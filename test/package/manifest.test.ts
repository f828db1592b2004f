/** package.json names things that are elsewhere; each of them has to be there. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";

const read = (path: string): Buffer => readFileSync(new URL(`../../${path}`, import.meta.url));
const text = (path: string): string => read(path).toString("utf8");
const exists = (path: string): boolean => existsSync(new URL(`../../${path}`, import.meta.url));

const manifest = z
  .object({
    icon: z.string(),
    main: z.string(),
    bin: z.record(z.string(), z.string()),
    activationEvents: z.array(z.string()),
    engines: z.object({ vscode: z.string() }),
    devDependencies: z.record(z.string(), z.string()),
    dependencies: z.undefined().optional(),
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string() })),
      menus: z.record(z.string(), z.array(z.object({ command: z.string() }))),
      snippets: z.array(z.object({ path: z.string() })),
      walkthroughs: z.array(
        z.object({
          steps: z
            .array(z.object({ media: z.object({ svg: z.string() }), completionEvents: z.array(z.string()).min(1) }))
            .min(3)
            .max(5),
        }),
      ),
    }),
  })
  .parse(JSON.parse(text("package.json")));

describe("package.json", () => {
  it("has a text for every placeholder, and no text too many", () => {
    const texts = z.record(z.string(), z.string().min(1)).parse(JSON.parse(text("package.nls.json")));
    const used = [...text("package.json").matchAll(/"%([\w.]+)%"/gu)].map((match) => match[1]);
    expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
  });

  it("declares the commands that the client registers, and no others", () => {
    const sources = ["commands.ts", "ruleDocumentation.ts", "run/runCommands.ts"].map((file) => text(`client/src/${file}`)).join("\n");
    const registered = [...sources.matchAll(/export const \w+ = "(hfPreflight\.\w+)"/gu)].map((match) => match[1]);
    expect(manifest.contributes.commands.map(({ command }) => command).sort()).toEqual(registered.sort());
    for (const entry of Object.values(manifest.contributes.menus).flat()) expect(registered).toContain(entry.command);
    const linked = [...text("package.nls.json").matchAll(/\(command:(hfPreflight\.\w+)/gu)].map((match) => match[1]);
    for (const command of linked) expect(registered).toContain(command);
  });

  it("activates on Python and on nothing else, and depends on nothing at run time", () => {
    expect(manifest.activationEvents).toEqual(["onLanguage:python"]);
    expect(manifest.dependencies).toBeUndefined();
  });

  it("names files that are there", () => {
    const pictures = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps.map((step) => step.media.svg));
    for (const path of [manifest.icon, ...pictures, ...manifest.contributes.snippets.map((entry) => entry.path)])
      expect(exists(path), path).toBe(true);
    expect([manifest.main, ...Object.values(manifest.bin)]).toEqual(["./dist/client.js", "dist/cli.js"]);
  });

  it("has an icon of 192 x 192 pixels", () => {
    const png = read(manifest.icon);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([192, 192]);
  });

  it("is checked against the types of the oldest VS Code that it supports", () => {
    expect(`^${manifest.devDependencies["@types/vscode"] ?? ""}`).toBe(manifest.engines.vscode);
  });
});
