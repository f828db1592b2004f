/** Reads the dependencies in pyproject.toml: the standard's tables, Poetry's, uv's and PDM's. Pure. */
import { parse, TomlError } from "smol-toml";
import * as z from "zod/mini";
import { libraryNamed } from "../names.js";
import { VersionRange } from "../pep440.js";
import type { Library } from "../versions.js";
import { lineAt, type Declaration, type DeclarationProblem, type Declarations } from "./declaration.js";
import { parsePoetryConstraint } from "./poetryConstraint.js";
import { locationOf, readRequirement } from "./requirement.js";

/** What is not as it should be is taken as absent: other tools complain about it. */
const list = z.catch(z.array(z.unknown()), []);
const lists = z.catch(z.record(z.string(), list), {});
const table = z.catch(z.record(z.string(), z.unknown()), {});

const schema = z.object({
  project: z.catch(z.object({ dependencies: list, "optional-dependencies": lists }), { dependencies: [], "optional-dependencies": {} }),
  "dependency-groups": lists,
  tool: z.catch(
    z.object({
      poetry: z.catch(z.object({ dependencies: table, "dev-dependencies": table, group: z.catch(z.record(z.string(), z.catch(z.object({ dependencies: table }), { dependencies: {} })), {}) }), {
        dependencies: {},
        "dev-dependencies": {},
        group: {},
      }),
      uv: z.catch(z.object({ "dev-dependencies": list, "constraint-dependencies": list, "override-dependencies": list, sources: table }), {
        "dev-dependencies": [],
        "constraint-dependencies": [],
        "override-dependencies": [],
        sources: {},
      }),
      pdm: z.catch(z.object({ "dev-dependencies": lists }), { "dev-dependencies": {} }),
    }),
    { poetry: { dependencies: {}, "dev-dependencies": {}, group: {} }, uv: { "dev-dependencies": [], "constraint-dependencies": [], "override-dependencies": [], sources: {} }, pdm: { "dev-dependencies": {} } },
  ),
});

export function readPyproject(text: string): Declarations {
  let document: unknown;
  try {
    document = parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { declarations: [], inclusions: [], problems: [{ message: "It is not valid TOML.", line: error.line }] };
  }
  return new PyprojectReader(text).read(schema.parse(document));
}

class PyprojectReader {
  private declarations: Declaration[] = [];
  private readonly problems: DeclarationProblem[] = [];

  constructor(private readonly text: string) {}

  read({ project, "dependency-groups": groups, tool: { poetry, uv, pdm } }: z.output<typeof schema>): Declarations {
    this.requirements(project.dependencies);
    this.requirements(uv["constraint-dependencies"]);
    this.poetry(poetry.dependencies);
    for (const choices of [...Object.values(project["optional-dependencies"]), ...Object.values(groups), uv["dev-dependencies"], ...Object.values(pdm["dev-dependencies"])]) {
      this.requirements(choices, "choice");
    }
    for (const { dependencies } of Object.values(poetry.group)) this.poetry(dependencies, "choice");
    this.poetry(poetry["dev-dependencies"], "choice");
    this.overrides(uv["override-dependencies"]);
    this.sources(uv.sources);
    return { declarations: this.declarations, inclusions: [], problems: this.problems };
  }

  private requirements(written: readonly unknown[], condition?: "choice"): void {
    for (const each of written) {
      // `{ include-group = "..." }` names a group that is read by itself.
      if (typeof each !== "string") continue;
      const line = this.lineOf(each);
      const read = readRequirement(each, line);
      if (read && "mistake" in read) this.problems.push({ message: `${read.mistake}.`, line });
      else if (read) this.declarations.push({ ...(condition && { condition }), ...read.declaration });
    }
  }

  private poetry(dependencies: Readonly<Record<string, unknown>>, condition?: "choice"): void {
    for (const [name, written] of Object.entries(dependencies)) {
      const library = libraryNamed(name);
      if (!library) continue;
      const line = this.lineOf(name);
      const several = Array.isArray(written) ? (written as readonly unknown[]) : [written];
      for (const each of several) {
        const read = fromPoetry(library, each);
        if (typeof read === "string") this.problems.push({ message: read, line });
        else this.declarations.push({ ...(condition && { condition }), ...(several.length > 1 && { condition: "choice" as const }), ...read, line });
      }
    }
  }

  /** What uv overrides counts instead of all else that is said about it. */
  private overrides(written: readonly unknown[]): void {
    const before = this.declarations;
    this.declarations = [];
    this.requirements(written);
    const overridden = new Set(this.declarations.map(({ library }) => library));
    this.declarations.unshift(...before.filter(({ library }) => !overridden.has(library)));
  }

  /** `[tool.uv.sources] transformers = { git = "..." }`: where it comes from instead of the index. */
  private sources(written: Readonly<Record<string, unknown>>): void {
    for (const [name, source] of Object.entries(written)) {
      const library = libraryNamed(name);
      const location = library && locationIn(source);
      if (!library || !location) continue;
      this.declarations = [...this.declarations.filter((each) => each.library !== library), { library, ...location, line: this.lineOf(name) }];
    }
  }

  private lineOf(written: string): number {
    return lineAt(this.text, Math.max(0, this.text.indexOf(written)));
  }
}

const poetrySchema = z.union([z.string(), z.object({ version: z.optional(z.string()), markers: z.optional(z.string()), python: z.optional(z.string()), platform: z.optional(z.string()) })]);

/** A declaration, or what is wrong. */
function fromPoetry(library: Library, written: unknown): Declaration | string {
  const read = poetrySchema.safeParse(written);
  if (!read.success) return `${library} is neither a version nor a table.`;
  const location = locationIn(written);
  if (location) return { library, ...location };
  const entry = typeof read.data === "string" ? { version: read.data } : read.data;
  if (entry.version === undefined) return { library, range: VersionRange.any, opaque: "it comes from an address or a folder" };
  const range = parsePoetryConstraint(entry.version);
  if (!range || range.isEmpty) return `"${entry.version}" is no version or range of ${library}.`;
  const isConditional = "markers" in entry || "python" in entry || "platform" in entry;
  return { library, range, ...(isConditional && { condition: "marker" as const }) };
}

const sourceSchema = z.object({ git: z.optional(z.string()), tag: z.optional(z.string()), rev: z.optional(z.string()), url: z.optional(z.string()), path: z.optional(z.string()), workspace: z.optional(z.boolean()) });

/** Where a table says that a package comes from; undefined where that is the index. */
function locationIn(source: unknown): Pick<Declaration, "range" | "opaque"> | undefined {
  const { git, tag, rev, url, path, workspace } = sourceSchema.safeParse(source).data ?? {};
  if (git !== undefined) return locationOf(`git+${git}@${tag ?? rev ?? "HEAD"}`);
  const place = url ?? path ?? (workspace ? "." : undefined);
  return place === undefined ? undefined : locationOf(place);
}
