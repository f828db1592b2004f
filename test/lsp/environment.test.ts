/** Which versions open documents are checked for: found out beside the checking, and again when something changes. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { DetectedVersions } from "../../server/src/lsp/protocol/detectedVersions.js";
import { Tree } from "../environment/support/tree.js";
import { EditorClient, PLAIN_EDITOR, type ClientOptions } from "./support/client.js";

/** An error before transformers 4.29, a hint from then on, a warning where the version isn't known. */
const script = `from trl import SFTConfig, SFTTrainer
args = SFTConfig(output_dir="out", save_steps=0.1)
SFTTrainer(model="gpt2", args=args, train_dataset=dataset)
`;
/** The extension's own client, where no interpreter is selected. */
const extension: ClientOptions = { interpreter: () => null };
const severities = { 1: "error", 2: "warning", 3: "information", 4: "hint" } as const;
const old = "transformers==4.28.0\ntrl==0.12.2\n";
const recent = "transformers==4.46.3\ntrl==0.12.2\n";

interface Opened {
  readonly tree: Tree;
  readonly client: EditorClient;
  readonly uri: string;
  address(name: string): string;
  severity(): Promise<string | undefined>;
  versions(): Promise<DetectedVersions | null>;
}

async function opened(files: Readonly<Record<string, string>>, options: (tree: Tree) => ClientOptions = () => extension, text = script): Promise<Opened> {
  const tree = new Tree(files);
  const client = await EditorClient.start({ folders: [pathToFileURL(tree.path).href], ...options(tree) });
  const address = (name: string): string => pathToFileURL(join(tree.path, name)).href;
  const uri = address("train.py");
  client.open(uri, text);
  return {
    tree,
    client,
    uri,
    address,
    severity: async () => severities[(await client.diagnostics(uri))[0]?.severity ?? 1],
    versions: async () => (await client.request("hfPreflight/versions", { uri })) as DetectedVersions | null,
  };
}

const venv = (tree: Tree) => ({ path: tree.at("venv/bin/python"), source: "Python extension" });
const site = "venv/lib/python3.11/site-packages";
const emptyVenv = { "venv/pyvenv.cfg": "version = 3.11.7\n", "venv/bin/python": "", [`${site}/`]: "" };

describe("the project's files", () => {
  it("decide from the first answer on, and again when one changes", async () => {
    const { client, tree, severity, address } = await opened({ "requirements.txt": old });
    expect(await severity()).toBe("error");
    tree.write("requirements.txt", `${recent}# newer\n`);
    client.fileChanged(address("requirements.txt"));
    await client.refreshed.next();
    expect(await severity()).toBe("hint");
    tree.write("uv.lock", '[[package]]\nname = "transformers"\nversion = "4.28.1"\n');
    client.fileChanged(address("uv.lock"));
    await client.refreshed.next();
    expect(await severity()).toBe("error");
    tree.uninstall("uv.lock");
    client.fileChanged(address("uv.lock"));
    await client.refreshed.next();
    expect(await severity()).toBe("hint");
  });

  it("are watched, as are packages that stand outside of the workspace", async () => {
    const outside = new Tree(emptyVenv);
    const { client, severity } = await opened({}, () => ({ interpreter: () => venv(outside) }));
    await severity();
    await client.watched.next(({ globPattern }) => typeof globPattern === "string" && globPattern.includes("uv.lock"));
    await client.watched.next(({ globPattern }) => globPattern === "**/*.dist-info");
    const { globPattern } = await client.watched.next(({ globPattern }) => typeof globPattern === "object");
    expect(globPattern).toEqual({ baseUri: pathToFileURL(outside.at(site)).href, pattern: "*.dist-info" });
  });

  it("yield to the settings, library by library", async () => {
    const { client, uri, severity, versions } = await opened({ "requirements.txt": old }, (tree) => ({
      ...extension,
      settings: { [pathToFileURL(tree.path).href]: { versions: { transformers: "4.46.3" } } },
    }));
    expect(await severity()).toBe("hint");
    expect((await versions())?.libraries).toMatchObject([
      { library: "transformers", version: "4.46.3", source: "settings" },
      { library: "trl", version: "0.12.2", source: "requirements.txt line 2" },
    ]);
    expect(await client.fixAll(uri)).toBe(script);
  });
});

describe("installed packages", () => {
  it("decide before the files; an upgrade is seen, a package that is none of ours is not looked at", async () => {
    const { client, tree, severity, address, versions } = await opened({ ...emptyVenv, "requirements.txt": old }, (tree) => ({ interpreter: () => venv(tree) }));
    expect(await severity()).toBe("error");
    tree.install(site, "numpy-1.26.4");
    client.fileChanged(address(`${site}/numpy-1.26.4.dist-info`));
    tree.install(site, "transformers-4.46.3");
    client.fileChanged(address(`${site}/transformers-4.46.3.dist-info`));
    await client.refreshed.next();
    expect(await severity()).toBe("hint");
    expect((await versions())?.libraries[0]).toMatchObject({ library: "transformers", version: "4.46.3", source: "venv", isUsed: false });
    expect(client.refreshed.drain()).toEqual([]);
  });

  it("of another interpreter count as soon as it is selected", async () => {
    const other = new Tree({ ...emptyVenv, [`${site}/transformers-4.46.3.dist-info/METADATA`]: "", [`${site}/trl-0.12.2.dist-info/METADATA`]: "" });
    let selected: unknown = null;
    const { client, severity, versions } = await opened({ "requirements.txt": old }, () => ({ interpreter: () => selected }));
    expect(await severity()).toBe("error");
    selected = venv(other);
    client.send("hfPreflight/interpreterChanged", {});
    await client.versionsChanged.next();
    await client.refreshed.next();
    expect(await severity()).toBe("hint");
    expect((await versions())?.interpreter).toEqual({ path: other.at("venv/bin/python"), name: "venv", source: "Python extension", python: "3.11" });
  });

  it("are not waited for by a check: it goes on with what is known, and comes again", async () => {
    let answer: (value: unknown) => void = () => undefined;
    const late = new Promise<unknown>((resolve) => (answer = resolve));
    const { client, tree, severity } = await opened(emptyVenv, () => ({ interpreter: () => late }));
    tree.install(site, "transformers-4.46.3", "trl-0.12.2");
    expect(await severity()).toBe("warning");
    answer(venv(tree));
    await client.refreshed.next();
    expect(await severity()).toBe("hint");
  });

  it("of a client that answers nonsense are unknown, and the check goes on", async () => {
    const { client, severity } = await opened({ "requirements.txt": recent }, () => ({ interpreter: () => ({ path: 7 }) }));
    expect(await severity()).toBe("hint");
    expect(await client.logged.next()).toContain("interpreter");
  });
});

describe("a plain editor", () => {
  const plain = (initializationOptions: object = {}): ClientOptions => ({ capabilities: PLAIN_EDITOR, initializationOptions });

  it("has the environment of the project's folder, read again on saving", async () => {
    const hidden = Object.fromEntries(Object.entries(emptyVenv).map(([name, text]) => [`.${name}`, text]));
    const { client, tree, uri } = await opened({ ...hidden, [`.${site}/transformers-4.28.0.dist-info/METADATA`]: "" }, () => plain());
    expect((await client.published.next()).diagnostics).toMatchObject([{ severity: 1 }]);
    tree.uninstall(`.${site}/transformers-4.28.0.dist-info`);
    tree.install(`.${site}`, "transformers-4.46.3", "trl-0.12.2");
    client.save(uri);
    expect((await client.published.next()).diagnostics).toMatchObject([{ severity: 4 }]);
  });

  it("may name it in its settings", async () => {
    const tree = new Tree({ ...emptyVenv, [`${site}/transformers-4.28.0.dist-info/METADATA`]: "" });
    const { client } = await opened({}, () => plain({ settings: { interpreter: tree.at("venv") } }));
    expect((await client.published.next()).diagnostics).toMatchObject([{ severity: 1 }]);
  });
});

describe("the script's own block", () => {
  const block = (version: string): string => `# /// script\n# dependencies = ["transformers==${version}", "trl==0.12.2"]\n# ///\n`;

  it("counts as it is typed", async () => {
    const { client, uri, severity } = await opened({}, undefined, block("4.28.0") + script);
    expect(await severity()).toBe("error");
    client.rewrite(uri, block("4.46.3") + script);
    expect(await severity()).toBe("hint");
    client.rewrite(uri, block('4.46.3"') + script);
    expect(await severity()).toBe("warning");
  });
});

describe("what was found", () => {
  it("is told with its places, with what is wrong, once", async () => {
    const { versions, tree } = await opened({ ...emptyVenv, "requirements.txt": "trl=0.1\npeft==0.13.2\n" }, (tree) => ({ interpreter: () => ({ ...venv(tree), path: tree.at("gone/python") }) }));
    expect(await versions()).toEqual({
      interpreter: { path: tree.at("gone/python"), name: tree.at("gone/python"), source: "Python extension" },
      libraries: [{ library: "peft", version: "0.13.2", source: "requirements.txt line 2", isUsed: false, path: tree.at("requirements.txt"), line: 2 }],
      problems: [
        { message: `The interpreter ${tree.at("gone/python")} (Python extension) does not exist.` },
        { message: 'requirements.txt line 1: "trl=0.1" is no requirement; write it like "trl>=4.46,<5".', path: tree.at("requirements.txt"), line: 1 },
      ],
    });
  });

  it("is nothing for a document that isn't checked, or asked for wrongly", async () => {
    const { client, uri } = await opened({}, undefined, "print()\n");
    expect(await client.request("hfPreflight/versions", { uri })).toBeNull();
    expect(await client.request("hfPreflight/versions", { uri: "file:///nowhere.py" })).toBeNull();
    expect(await client.request("hfPreflight/versions", { path: 3 })).toBeNull();
  });
});
