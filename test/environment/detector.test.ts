/** Sources put together: which counts for which library, and what is read again. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { resolved, shownSource, shownVersion } from "../../server/src/environment/detection.js";
import { Detector, scriptDeclarations } from "../../server/src/environment/detector.js";
import { Disk } from "../../server/src/environment/disk.js";
import { findInterpreter, type InterpreterSource } from "../../server/src/environment/interpreter.js";
import { notesOn } from "../../server/src/environment/notes.js";
import { searchFolders } from "../../server/src/environment/searchFolders.js";
import { libraries, Versions } from "../../server/src/environment/versions.js";
import { Tree } from "./support/tree.js";

interface Question {
  readonly script?: string;
  readonly text?: string;
  readonly python?: string;
  readonly source?: InterpreterSource;
  readonly given?: Readonly<Record<string, string>>;
  readonly detector?: Detector;
}

const newDetector = (tree: Tree): Detector => new Detector({ environment: {}, home: tree.at("home") });

async function ask(tree: Tree, { script = "train.py", text = "", python, source = "--python", given = {}, detector = newDetector(tree) }: Question = {}): Promise<{ facts: Record<string, string>; known: string[]; absent: string[]; problems: string[] }> {
  const folders = await searchFolders(dirname(tree.at(script)), [tree.path]);
  const detection = await detector.detect({ folders, interpreter: python === undefined ? undefined : { path: tree.at(python), source } });
  const block = await scriptDeclarations(text);
  const { facts, versions } = resolved({ given: Versions.from(given, "settings"), detection, ...(block && { script: block.layer }) });
  return {
    facts: Object.fromEntries(facts.map((fact) => [fact.library, `${shownVersion(fact)} (${shownSource(fact)})`])),
    known: versions.known(),
    absent: libraries.filter((library) => versions.isAbsent(library)),
    problems: [...detection.problems, ...(block?.problems ?? [])].map(({ message }) => message),
  };
}

const block = '# /// script\n# dependencies = ["transformers==4.3", "trl==0.3"]\n# ///\n';

/** Every source names transformers; each next one names a library more. */
function everything(): Tree {
  const tree = new Tree({
    ".venv/pyvenv.cfg": "version = 3.11\n",
    "uv.lock": '[[package]]\nname = "transformers"\nversion = "4.4"\n[[package]]\nname = "peft"\nversion = "0.4"\n[[package]]\nname = "trl"\nversion = "0.4"\n',
    "requirements.txt": "transformers==4.5\npeft==0.5\naccelerate==0.5\n",
    "pyproject.toml": '[project]\ndependencies = ["transformers==4.6", "accelerate==0.6", "datasets==2.6"]\n',
    "environment.yml": "dependencies:\n  - datasets==2.7\n  - wandb==0.7\n",
    "setup.cfg": "[options]\ninstall_requires =\n  wandb==0.8\n  deepspeed==0.8\n",
  });
  tree.install(".venv/lib/python3.11/site-packages", "transformers-4.2");
  return tree;
}

describe("what is certainly not installed", () => {
  const packages = ".venv/lib/python3.11/site-packages";
  const environment = (...distributions: string[]): Tree => {
    const tree = new Tree({ ".venv/pyvenv.cfg": "version = 3.11\n", "requirements.txt": "wandb\n" });
    for (const each of distributions) tree.install(packages, each);
    return tree;
  };

  it("is what neither the interpreter's folders nor the project's files have", async () => {
    const { absent } = await ask(environment("transformers-4.57.6", "peft-0.18.0"), { python: ".venv" });
    expect(absent).toContain("bitsandbytes");
    expect(absent).not.toEqual(expect.arrayContaining(["transformers"]));
    expect(absent.filter((library) => library === "peft" || library === "wandb")).toEqual([]);
  });

  it.each<[string, string[], Question]>([
    ["the script's libraries are elsewhere", ["numpy-2.0"], { python: ".venv" }],
    ["it is the python on PATH", ["transformers-4.57.6"], { python: ".venv", source: "PATH" }],
    ["there is no interpreter", ["transformers-4.57.6"], {}],
    ["something in it can't be read", ["transformers-4.57.6", "transformers-4.46.3"], { python: ".venv" }],
    ["the user says that it is there", ["transformers-4.57.6"], { python: ".venv", given: { bitsandbytes: ">=0.43" } }],
  ])("nobody knows where %s", async (_, distributions, question) => expect((await ask(environment(...distributions), question)).absent).not.toContain("bitsandbytes"));

  it("makes other results of other versions", () => {
    expect(Versions.from({ transformers: "5.0" }, "").key).not.toBe(Versions.from({ transformers: "5.0", bitsandbytes: "none" }, "").key);
  });
});

describe("the order of the sources, library by library", () => {
  const files = {
    accelerate: "0.5 (requirements.txt line 3)",
    datasets: "2.6 (pyproject.toml line 2)",
    wandb: "0.7 (environment.yml line 3)",
    deepspeed: "0.8 (setup.cfg line 4)",
    peft: "0.4 (uv.lock)",
  };

  it("installed, the script's own block, lock files, requirements, pyproject.toml, environment.yml, setup.cfg", async () => {
    const { facts, problems } = await ask(everything(), { text: block, python: ".venv" });
    expect(facts).toEqual({ transformers: "4.2 (.venv)", trl: "0.3 (the script's own block, line 2)", ...files });
    expect(problems).toEqual([]);
  });

  it("what was said goes before all of them", async () => {
    expect((await ask(everything(), { python: ".venv", given: { transformers: ">=4.1", trl: "0.1" } })).facts).toMatchObject({ transformers: ">=4.1 (settings)", trl: "0.1 (settings)" });
  });

  it("the python on PATH goes last", async () => {
    const { facts } = await ask(everything(), { python: ".venv", source: "PATH" });
    expect(facts).toEqual({ transformers: "4.4 (uv.lock)", trl: "0.4 (uv.lock)", ...files });
  });

  it("without an interpreter, the files", async () => {
    expect((await ask(everything())).facts).toMatchObject({ transformers: "4.4 (uv.lock)" });
  });

  it("a library that is only named is looked for further on; one from a repository is not", async () => {
    const tree = new Tree({
      "requirements.txt": "transformers\ntrl @ git+https://github.com/huggingface/trl\npeft\n",
      "pyproject.toml": '[project]\ndependencies = ["transformers>=4.40", "trl>=0.12"]\n',
    });
    const { facts, known } = await ask(tree);
    expect(facts).toEqual({
      transformers: ">=4.40 (pyproject.toml line 2)",
      trl: "unknown (requirements.txt line 2: it comes from a git repository)",
      peft: "any version (requirements.txt line 3)",
    });
    expect(known).toEqual(["transformers"]);
  });
});

describe("files", () => {
  it("the nearest of a kind that names the library counts; above the repository's root nothing does", async () => {
    const tree = new Tree({
      "requirements.txt": "datasets==1.0\n",
      "repository/.git/": "",
      "repository/requirements.txt": "transformers==4.1\ntrl==0.1\n",
      "repository/a/requirements.txt": "transformers==4.2\n",
      "repository/a/b/uv.lock": "version = 1\n",
      "repository/a/b/requirements.txt": "numpy\n",
    });
    expect((await ask(tree, { script: "repository/a/b/train.py" })).facts).toEqual({ transformers: "4.2 (a/requirements.txt line 1)", trl: "0.1 (requirements.txt line 2)" });
  });

  it("without a repository the search ends at the workspace folder; outside of one at the script's own", async () => {
    const tree = new Tree({ "a/requirements.txt": "trl==0.1\n", "a/b/c/": "" });
    expect(await searchFolders(tree.at("a/b/c"), [tree.at("a"), tree.at("x")])).toEqual([tree.at("a/b/c"), tree.at("a/b"), tree.at("a")]);
    expect(await searchFolders(tree.at("a/b/c"), [tree.at("x")])).toEqual([tree.at("a/b/c")]);
  });

  it("included files limit as if they stood there; a circle ends, a missing one is said", async () => {
    const tree = new Tree({
      "requirements.txt": "-r sub/more.txt\n-c limits.txt\ntransformers>=4.40\n-r missing.txt\n-r https://example.org/r.txt\n",
      "sub/more.txt": "-r ../requirements.txt\ntrl>=0.9\n",
      "limits.txt": "transformers<5\ntrl<0.13\n",
    });
    const { facts, problems } = await ask(tree);
    expect(facts).toEqual({ transformers: ">=4.40,<5 (requirements.txt, limits.txt)", trl: ">=0.9,<0.13 (sub/more.txt, limits.txt)" });
    expect(problems).toEqual(['requirements.txt line 4: "missing.txt" does not exist.']);
  });

  it("variants of requirements are alternatives, the plain name goes before them", async () => {
    const variants = { "requirements-cpu.txt": "torch==2.1\ntrl==0.1\n", "requirements-gpu.txt": "torch==2.3\n" };
    expect((await ask(new Tree(variants))).facts).toEqual({ torch: "2.1 or 2.3 (requirements-cpu.txt, requirements-gpu.txt)", trl: "0.1 (requirements-cpu.txt line 2)" });
    expect((await ask(new Tree({ ...variants, "requirements.txt": "torch==2.4\n" }))).facts).toMatchObject({ torch: "2.4 (requirements.txt line 1)" });
  });

  it("in UTF-16, as PowerShell writes them", async () => {
    const tree = new Tree({ "requirements.txt": Buffer.from("\uFEFFtransformers==4.46.3\r\n", "utf16le") });
    expect((await ask(tree)).facts).toEqual({ transformers: "4.46.3 (requirements.txt line 1)" });
  });

  it.each<[string, Record<string, string | Buffer>, string]>([
    ["broken TOML", { "pyproject.toml": "[project]\nname = transformers\n" }, "pyproject.toml line 2: It is not valid TOML."],
    ["broken JSON", { "Pipfile.lock": '{"transformers"' }, "Pipfile.lock: It is not valid JSON."],
    ["a huge file", { "requirements.txt": "#".repeat(1_000_001) }, "requirements.txt can't be read: it is larger than 1 MB."],
    ["a binary file", { "requirements.txt": Buffer.from([0x50, 0, 0, 0, 1]) }, "requirements.txt can't be read: it is binary."],
    ["a folder of that name", { "requirements.txt/": "" }, "requirements.txt can't be read: it is a folder."],
    ["a contradiction", { "requirements.txt": "transformers>5\ntransformers<4\n" }, "requirements.txt line 1: no version of transformers fits all that is said about it."],
  ])("%s is said, and the others are read", async (_, files, problem) => {
    const { facts, problems } = await ask(new Tree({ ...files, "setup.cfg": "[options]\ninstall_requires = trl==0.12\n" }));
    expect(problems).toEqual([problem]);
    expect(facts).toMatchObject({ trl: "0.12 (setup.cfg line 2)" });
  });
});

describe("what has been read", () => {
  it("stays until somebody says that something has changed", async () => {
    const tree = new Tree({ "requirements.txt": "transformers==4.46.3\n", ".venv/pyvenv.cfg": "" });
    const detector = newDetector(tree);
    const question = { detector, python: ".venv" };
    expect((await ask(tree, question)).facts).toMatchObject({ transformers: "4.46.3 (requirements.txt line 1)" });
    tree.write("requirements.txt", "transformers==4.47.0 # newer\n");
    expect((await ask(tree, question)).facts).toMatchObject({ transformers: "4.46.3 (requirements.txt line 1)" });
    detector.lookAgain();
    expect((await ask(tree, question)).facts).toMatchObject({ transformers: "4.47.0 (requirements.txt line 1)" });
    tree.install(".venv/lib/python3.11/site-packages", "transformers-4.57.6");
    detector.lookAgain();
    expect((await ask(tree, question)).facts).toEqual({ transformers: "4.57.6 (.venv)" });
    tree.install(".venv/lib/python3.11/site-packages", "transformers-5.0.0");
    tree.uninstall(".venv/lib/python3.11/site-packages/transformers-4.57.6.dist-info");
    detector.lookAgain();
    expect((await ask(tree, question)).facts).toEqual({ transformers: "5.0.0 (.venv)" });
  });
});

it("what changes while it is read is read again", async () => {
  const tree = new Tree({ "requirements.txt": "old" });
  const disk = new Disk();
  const read = (text: string): string => {
    tree.write("requirements.txt", "new and longer");
    disk.lookAgain();
    return text;
  };
  expect(await disk.parsed(tree.at("requirements.txt"), 100, read)).toBe("old");
  expect(await disk.parsed(tree.at("requirements.txt"), 100, (text) => text)).toBe("new and longer");
});

describe("the interpreter", () => {
  const project = (): Tree =>
    new Tree({
      "project/.venv/pyvenv.cfg": "",
      "project/.venv/bin/python": "",
      "project/sub/": "",
      "active/bin/python": "",
      "conda/conda-meta/history": "",
      "conda/bin/python": "",
      "bin/python3": "",
      "shims/python3": "",
    });

  async function chosen(tree: Tree, prefers: "activated" | "project", variables: Readonly<Record<string, string>>): Promise<string | undefined> {
    const environment = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, name.endsWith("ENV") ? value : tree.at(value)]));
    if (environment["VIRTUAL_ENV"] !== undefined) environment["VIRTUAL_ENV"] = tree.at(environment["VIRTUAL_ENV"]);
    const found = await findInterpreter({ folders: [tree.at("project/sub"), tree.at("project")], environment, prefers });
    return found && `${found.path.slice(tree.path.length + 1)} (${found.source})`;
  }

  it.each<["activated" | "project", Record<string, string>, string]>([
    ["activated", { VIRTUAL_ENV: "active", CONDA_PREFIX: "conda", PATH: "bin" }, "active/bin/python (VIRTUAL_ENV)"],
    ["activated", { CONDA_PREFIX: "conda", PATH: "bin" }, "conda/bin/python (CONDA_PREFIX)"],
    ["activated", { CONDA_PREFIX: "conda", CONDA_DEFAULT_ENV: "base", PATH: "bin" }, "project/.venv/bin/python (project folder)"],
    ["activated", { VIRTUAL_ENV: "gone", PATH: "bin" }, "project/.venv/bin/python (project folder)"],
    ["project", { VIRTUAL_ENV: "active", CONDA_PREFIX: "conda", PATH: "bin" }, "project/.venv/bin/python (project folder)"],
  ])("%s, %j", async (prefers, variables, expected) => {
    expect(await chosen(project(), prefers, variables)).toBe(expected);
  });

  it.each<[Record<string, string>, string | undefined]>([
    [{ CONDA_PREFIX: "conda", CONDA_DEFAULT_ENV: "base", PATH: "bin" }, "conda/bin/python (CONDA_PREFIX)"],
    [{ PATH: "bin" }, "bin/python3 (PATH)"],
    [{ PATH: "shims" }, undefined],
    [{}, undefined],
  ])("without one in the project: %j", async (variables, expected) => {
    const tree = project();
    tree.uninstall("project/.venv");
    mkdirSync(tree.at("project/venv"));
    expect(await chosen(tree, "activated", variables)).toBe(expected);
  });
});

describe("versions that the data don't hold", () => {
  const known = { releases: (library: string) => (library === "transformers" ? ["4.46.3", "4.48.0", "4.57.6", "5.0.0"] : []) };
  const notes = (range: string): (string | undefined)[] => notesOn(Versions.from({ transformers: range, trl: "99" }, "test"), known).map(({ kind, checkedAs }) => `${kind} ${checkedAs ?? "-"}`);

  it.each([
    ["4.46.3", []],
    ["4.46.1", ["older -"]],
    ["4.57.2", []],
    [">=4.40", []],
    [">=4.58,<6", []],
    ["5.1.0", ["newer 5.0.0"]],
    [">=6", ["newer 5.0.0"]],
    ["4.20.0", ["older -"]],
    ["<4.30", ["older -"]],
    ["4.47.0", ["no-release 4.46.3"]],
    ["5.0.0rc1", []],
  ])("%s", (range, expected) => {
    expect(notes(range)).toEqual(expected);
  });
});
