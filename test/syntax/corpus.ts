/** Texts to parse: the examples, the snippets expanded, and the hard ones. */
import { readFileSync, readdirSync } from "node:fs";
import * as z from "zod";
import { expandSnippet, parseSnippet } from "../support/snippetGrammar.js";
import { hardPython } from "./hardPython.js";

const root = new URL("../../", import.meta.url);

export const examples: readonly (readonly [name: string, text: string])[] = readdirSync(new URL("examples/", root))
  .filter((name) => name.endsWith(".py"))
  .sort()
  .map((name) => [name, readFileSync(new URL(`examples/${name}`, root), "utf8")]);

export const expandedSnippets: readonly (readonly [name: string, text: string])[] = Object.values(
  z.record(z.string(), z.object({ prefix: z.string(), body: z.array(z.string()) })).parse(JSON.parse(readFileSync(new URL("snippets/python.json", root), "utf8"))),
).map(({ prefix, body }) => [prefix, `${expandSnippet(parseSnippet(body.join("\n"))).replaceAll("\t", "    ")}\n`]);

export const hardTexts: readonly (readonly [name: string, text: string])[] = Object.entries(hardPython);

export const allTexts = [...examples, ...expandedSnippets, ...hardTexts];
