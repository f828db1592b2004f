/** What is installed for an interpreter, in the layouts that the tools make. */
import { describe, expect, it } from "vitest";
import { Disk } from "../../server/src/environment/disk.js";
import { installedVersions } from "../../server/src/environment/installed/installedVersions.js";
import { Tree } from "./support/tree.js";

interface Found {
  readonly versions: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
  readonly name: string;
  readonly python: string | undefined;
}

async function found(tree: Tree, path: string, environment: NodeJS.ProcessEnv = {}): Promise<Found> {
  const { interpreter, layer, problems } = await installedVersions({ path: tree.at(path), source: "--python" }, new Disk(), { environment, home: tree.at("home") });
  return {
    versions: Object.fromEntries([...layer].map(([library, { range, source }]) => [library, source.endsWith("editable") ? `${range.shown}, editable` : range.shown])),
    problems: problems.map(({ message }) => message.replaceAll(`${tree.path}/`, "")),
    name: interpreter.name.replace(`${tree.path}/`, ""),
    python: interpreter.python,
  };
}

describe("a virtual environment", () => {
  const venv = (): Tree => {
    const tree = new Tree({ ".venv/bin/python": "", ".venv/pyvenv.cfg": "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.7\n" });
    tree.install(".venv/lib/python3.11/site-packages", "transformers-4.46.3", "Sentence_Transformers-3.0.1", "torch-2.3.0+cu121", "numpy-1.26.4", "transformers_stream_generator-0.0.5");
    return tree;
  };
  const versions = { transformers: "4.46.3", "sentence-transformers": "3.0.1", torch: "2.3.0+cu121" };

  it.each([".venv/bin/python", ".venv"])("is known by %s", async (path) => {
    expect(await found(venv(), path)).toEqual({ versions, problems: [], name: ".venv", python: "3.11" });
  });

  it("on Windows", async () => {
    const tree = new Tree({ ".venv/Scripts/python.exe": "", ".venv/pyvenv.cfg": "home = C:\\Python311\r\nversion = 3.11.7\r\n" });
    tree.install(".venv/Lib/site-packages", "trl-0.12.1");
    expect(await found(tree, ".venv/Scripts/python.exe")).toEqual({ versions: { trl: "0.12.1" }, problems: [], name: ".venv", python: "3.11" });
  });

  it("by uv, whose python is a link out of it", async () => {
    const tree = new Tree({ "uv/python/cpython-3.12/bin/python3.12": "", ".venv/pyvenv.cfg": "home = /x\nimplementation = CPython\nuv = 0.5.0\nversion_info = 3.12.7\n" });
    tree.write(".venv/bin/python", `-> ${tree.at("uv/python/cpython-3.12/bin/python3.12")}`);
    tree.install(".venv/lib/python3.12/site-packages", "trl-0.12.1");
    tree.install("uv/python/cpython-3.12/lib/python3.12/site-packages", "trl-0.1.0", "peft-0.1.0");
    expect(await found(tree, ".venv/bin/python")).toMatchObject({ versions: { trl: "0.12.1" }, python: "3.12" });
  });

  it("that was rebuilt for another Python: the older folder doesn't count", async () => {
    const tree = venv();
    tree.install(".venv/lib/python3.9/site-packages", "transformers-4.30.0", "peft-0.3.0");
    expect((await found(tree, ".venv")).versions).toEqual(versions);
  });

  it("with the system's packages: its own hide the system's, and the user's come between", async () => {
    const tree = new Tree({ "usr/bin/python3.11": "", "usr/bin/python3": "-> python3.11" });
    tree.write("venv/pyvenv.cfg", `home = ${tree.at("usr/bin")}\ninclude-system-site-packages = true\nversion = 3.11.2\n`);
    tree.write("venv/bin/python", "");
    tree.install("venv/lib/python3.11/site-packages", "transformers-4.46.3");
    tree.install("home/.local/lib/python3.11/site-packages", "transformers-4.1.0", "trl-0.12.1");
    tree.install("usr/lib/python3.11/site-packages", "trl-0.1.0", "peft-0.13.2");
    tree.install("usr/lib/python3/dist-packages", "datasets-2.0.0");
    const both = { transformers: "4.46.3", trl: "0.12.1", peft: "0.13.2", datasets: "2.0.0" };
    expect((await found(tree, "venv/bin/python")).versions).toEqual(both);
    expect((await found(tree, "venv/bin/python", { PYTHONNOUSERSITE: "1" })).versions).toEqual({ ...both, trl: "0.1.0" });
  });
});

describe("conda", () => {
  it("with what only conda knows", async () => {
    const tree = new Tree({ "envs/train/conda-meta/history": "", "envs/train/conda-meta/pytorch-2.3.0-py3.10_cuda12.1_cudnn8_0.json": "{}", "envs/train/bin/python": "" });
    tree.write("envs/train/conda-meta/transformers-4.46.3-pyhd8ed1ab_0.json", "{}");
    tree.install("envs/train/lib/python3.10/site-packages", "transformers-4.47.0");
    expect(await found(tree, "envs/train/bin/python")).toEqual({ versions: { transformers: "4.47.0", torch: "2.3.0" }, problems: [], name: "envs/train", python: "3.10" });
    expect((await found(tree, "envs/train")).versions).toEqual({ transformers: "4.47.0", torch: "2.3.0" });
  });

  it("on Windows", async () => {
    const tree = new Tree({ "train/conda-meta/history": "", "train/python.exe": "" });
    tree.install("train/Lib/site-packages", "trl-0.12.1");
    expect((await found(tree, "train/python.exe")).versions).toEqual({ trl: "0.12.1" });
  });
});

describe("an installation", () => {
  it("of Debian, by a link of a link", async () => {
    const tree = new Tree({ "usr/bin/python3.11": "", "usr/bin/python3": "-> python3.11", "usr/bin/python": "-> python3" });
    tree.install("usr/lib/python3/dist-packages", "torch-1.13.1");
    tree.install("usr/lib/python3.11/dist-packages", "peft-0.2.0");
    tree.install("usr/lib/python3.12/site-packages", "trl-9.9.9");
    expect(await found(tree, "usr/bin/python")).toMatchObject({ versions: { torch: "1.13.1", peft: "0.2.0" }, python: "3.11" });
  });

  it("behind a link elsewhere (Homebrew, pyenv)", async () => {
    const tree = new Tree({ "versions/3.10.4/bin/python3.10": "" });
    tree.write("bin/python3", `-> ${tree.at("versions/3.10.4/bin/python3.10")}`);
    tree.install("versions/3.10.4/lib/python3.10/site-packages", "trl-0.12.1");
    expect(await found(tree, "bin/python3")).toMatchObject({ versions: { trl: "0.12.1" }, python: "3.10" });
  });
});

describe("older and unusual installations", () => {
  const site = "venv/lib/python3.10/site-packages";
  const venv = (files: Readonly<Record<string, string>>): Tree =>
    new Tree({ "venv/pyvenv.cfg": "version = 3.10.1\n", ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${site}/${name}`, text])) });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["egg-info with a version", { "trl-0.4.1-py3.10.egg-info/PKG-INFO": "", "peft-0.2.0.egg-info": "" }, { trl: "0.4.1", peft: "0.2.0" }],
    ["egg-info without", { "trl.egg-info/PKG-INFO": "Name: trl\nVersion: 0.4.1\n" }, { trl: "0.4.1" }],
    ["an egg", { "trl-0.4.1-py3.10.egg/EGG-INFO/PKG-INFO": "" }, { trl: "0.4.1" }],
    ["dist-info without a version", { "trl.dist-info/METADATA": "Name: trl\nVersion: 0.4.1\n" }, { trl: "0.4.1" }],
    ["dist-info with dashes in the name", { "sentence-transformers-2.2.2.dist-info/METADATA": "" }, { "sentence-transformers": "2.2.2" }],
    ["an editable installation", { "transformers-4.58.0.dev0.dist-info/METADATA": "", "__editable__.transformers-4.58.0.dev0.pth": "/src" }, { transformers: "4.58.0.dev0, editable" }],
    ["an interrupted removal", { "~ransformers-4.46.3.dist-info/METADATA": "", "-ransformers-4.46.3.dist-info/METADATA": "" }, {}],
  ])("%s", async (_, files, versions) => {
    expect(await found(venv(files), "venv")).toMatchObject({ versions, problems: [] });
  });

  it("egg-link: the checkout knows its version", async () => {
    const tree = venv({});
    tree.write("src/trl/trl.egg-info/PKG-INFO", "Metadata-Version: 2.1\nName: trl\nVersion: 0.13.0.dev0\n");
    tree.write(`${site}/trl.egg-link`, `${tree.at("src/trl")}\n.`);
    expect((await found(tree, "venv")).versions).toEqual({ trl: "0.13.0.dev0, editable" });
  });
});

describe("what is wrong is said once, and the rest is read", () => {
  const site = "venv/lib/python3.10/site-packages";

  it("two versions in one environment: both are possible", async () => {
    const tree = new Tree({ "venv/pyvenv.cfg": "" });
    tree.install(site, "transformers-4.46.3", "transformers-4.57.6", "trl-0.12.1");
    const result = await found(tree, "venv");
    expect(result.versions).toEqual({ transformers: "4.46.3 or 4.57.6", trl: "0.12.1" });
    expect(result.problems).toEqual(["venv holds transformers 4.46.3 and 4.57.6: install it again to have one."]);
  });

  it("a broken dist-info, beside a whole one and alone", async () => {
    const tree = new Tree({ "venv/pyvenv.cfg": "", [`${site}/transformers-4.40.0.dist-info/RECORD`]: "", [`${site}/peft-unknown.dist-info/METADATA`]: "Name: peft\n" });
    tree.install(site, "transformers-4.46.3");
    const result = await found(tree, "venv");
    expect(result.versions).toEqual({ transformers: "4.46.3" });
    expect(result.problems).toEqual([
      `${site}/peft-unknown.dist-info is broken: peft is not installed as a whole.`,
      `${site}/transformers-4.40.0.dist-info is broken: transformers is not installed as a whole.`,
    ]);
  });

  it.each([
    ["gone/bin/python", "The interpreter gone/bin/python (--python) does not exist."],
    ["lonely/python", "No folder of packages belongs to the interpreter lonely/python (--python)."],
  ])("%s", async (path, problem) => {
    expect(await found(new Tree({ "lonely/python": "" }), path)).toMatchObject({ versions: {}, problems: [problem] });
  });
});
