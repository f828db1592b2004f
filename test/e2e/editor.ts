/** The extension in a trusted window: from a squiggle to a repaired line, and what happens when things go wrong. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import { serverProcess } from "./support/serverProcess.js";
import { suite } from "./support/suite.js";
import {
  closeEditors,
  codeActions,
  extensionId,
  findings,
  findingsAre,
  findsNothing,
  findsRule,
  next,
  open,
  pitfalls,
  readExample,
  replaceText,
  ruleOf,
  rulesIn,
  withSetting,
  workspaceFile,
  writeFile,
} from "./support/workbench.js";

const mismatch = "transformers/strategy-mismatch";
const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("hf-preflight");

/** A script with one finding of strategy-mismatch. */
const broken = () => readExample("strategy_mismatch.py");

export const run = suite((test) => {
  for (const { file, rule } of pitfalls) {
    test(`${file}: ${rule} is found, and its quick fix makes it go away`, async () => {
      const uri = await writeFile(`fix_${file}`, readExample(file));
      const editor = await open(uri);
      const found = await findsRule(uri, rule);
      assert.deepEqual(new Set(found.map(ruleOf)), new Set([rule]), "no other rule speaks");
      const finding = found[0];
      assert.ok(finding);
      const fixes = (await codeActions(uri, finding.range, vscode.CodeActionKind.QuickFix)).filter(
        (action) => action.edit !== undefined,
      );
      const fix = fixes.find((action) => action.isPreferred === true) ?? fixes[0];
      assert.ok(fix?.edit, "a quick fix is offered");
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      // Another rule may have more to say of what the fix leaves.
      const own = (all: readonly vscode.Diagnostic[]): number => all.filter((each) => ruleOf(each) === rule).length;
      await findingsAre(uri, `one finding of ${rule} less`, (now) => own(now) < own(found));
      assert.ok(await editor.document.save());
      assert.equal(readFileSync(uri.fsPath, "utf8"), editor.document.getText());
      assert.ok(own(findings(uri)) < own(found));
      await closeEditors();
    });
  }

  test("a right script is silent", async () => {
    const uri = await writeFile("clean.py", broken());
    const editor = await open(uri);
    await findsRule(uri, mismatch);
    await replaceText(editor, readExample("clean_trainer.py"));
    await findsNothing(uri);
    await closeEditors();
  });

  test("typing a mistake underlines it, and taking it back removes the line", async () => {
    const uri = await writeFile("typed.py", "from transformers import TrainingArguments\n\nargs = ");
    const editor = await open(uri);
    editor.selection = new vscode.Selection(2, 7, 2, 7);
    await vscode.commands.executeCommand("type", {
      text: 'TrainingArguments("out", eval_strategy="steps", save_strategy="epoch", load_best_model_at_end=True',
    });
    await findsRule(uri, mismatch);
    await replaceText(editor, "from transformers import TrainingArguments\n");
    await findsNothing(uri);
    await closeEditors();
  });

  test("fix all as a code action repairs the file when it is saved", async () => {
    const uri = await writeFile("fix_on_save.py", broken());
    const editor = await open(uri);
    await findsRule(uri, mismatch);
    const offered = await codeActions(uri, new vscode.Range(0, 0, 0, 0), fixAllKind);
    assert.ok(
      offered.some((action) => action.kind?.value === fixAllKind.value),
      "source.fixAll.hf-preflight is offered",
    );
    await withSetting("editor.codeActionsOnSave", { [fixAllKind.value]: "explicit" }, async () => {
      assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "# touched\n")));
      assert.ok(await editor.document.save());
      await findsNothing(uri);
    });
    assert.notEqual(readFileSync(uri.fsPath, "utf8"), `# touched\n${broken()}`);
    await closeEditors();
  });

  test("the command Fix All in File repairs the file", async () => {
    const uri = await writeFile("fix_command.py", broken());
    const editor = await open(uri);
    await findsRule(uri, mismatch);
    await vscode.commands.executeCommand("hfPreflight.fixAll");
    await findsNothing(uri);
    assert.notEqual(editor.document.getText(), broken());
    const repaired = editor.document.version;
    await vscode.commands.executeCommand("hfPreflight.fixAll");
    assert.equal(editor.document.version, repaired, "nothing is left to fix");
    await closeEditors();
  });

  test("a finding is ignored by a comment at its line", async () => {
    const uri = await writeFile("ignored.py", broken());
    const editor = await open(uri);
    const [finding] = await findsRule(uri, mismatch);
    assert.ok(finding);
    const actions = await codeActions(uri, finding.range, vscode.CodeActionKind.QuickFix);
    const ignore = actions.find((action) => action.title.startsWith("Ignore"));
    assert.ok(ignore?.edit, actions.map((action) => action.title).join("; "));
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    await findsNothing(uri);
    const comment = editor.document.getText().indexOf(`# hf-preflight: ignore[${mismatch}]`);
    assert.ok(comment >= 0);
    const place = editor.document.positionAt(comment + "# hf-preflight: ignore[t".length);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, place);
    const texts = hovers.flatMap((hover) => hover.contents.map((part) => (typeof part === "string" ? part : part.value)));
    assert.match(
      texts.join("\n"),
      /\(command:hfPreflight\.showRuleDocumentation\?/u,
      "the hover leads to the page that ships with the extension",
    );
    await closeEditors();
  });

  test("a snippet expands to a script without a finding", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    const { contributes } = extension.packageJSON as { contributes: { snippets: { path: string }[] } };
    const path = contributes.snippets[0]?.path;
    assert.ok(path !== undefined);
    const snippets = JSON.parse(readFileSync(vscode.Uri.joinPath(extension.extensionUri, path).fsPath, "utf8")) as Record<
      string,
      { prefix: string | string[] }
    >;
    const [name] =
      Object.entries(snippets).find(([, snippet]) => [snippet.prefix].flat().includes("hf-trainer")) ??
      Object.entries(snippets)[0] ??
      [];
    assert.ok(name !== undefined, "snippets are contributed");
    const uri = await writeFile("snippet.py", "");
    const editor = await open(uri);
    const changed = next(
      "the snippet's text",
      vscode.workspace.onDidChangeTextDocument,
      (event) => event.document === editor.document,
    );
    await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "python", name });
    await changed;
    assert.ok(editor.document.getText().includes("import "), editor.document.getText());
    await vscode.commands.executeCommand("leaveSnippet");
    await closeEditors();
  });

  test("Restart Server starts another process, and findings come from it", async () => {
    // Documents that no tab shows once made the new server be asked before it was told of the one that is shown.
    for (const { file } of pitfalls) await vscode.workspace.openTextDocument(workspaceFile(file));
    const uri = await writeFile("restart.py", broken());
    const editor = await open(uri);
    await findsRule(uri, mismatch);
    const before = serverProcess();
    assert.ok(before !== undefined);
    // Twice at once: they must not end in two servers.
    await Promise.all([
      vscode.commands.executeCommand("hfPreflight.restart"),
      vscode.commands.executeCommand("hfPreflight.restart"),
    ]);
    const after = serverProcess();
    assert.ok(after !== undefined && after !== before);
    await findsRule(uri, mismatch);
    await replaceText(editor, "from transformers import TrainingArguments\n");
    await findsNothing(uri);
    await closeEditors();
  });

  test("a server that is killed comes back, and the findings with it", async () => {
    const uri = await writeFile("killed.py", broken());
    const editor = await open(uri);
    await findsRule(uri, mismatch);
    const before = serverProcess();
    assert.ok(before !== undefined);
    const gone = findsNothing(uri);
    process.kill(before, "SIGKILL");
    await gone;
    await findsRule(uri, mismatch);
    assert.notEqual(serverProcess(), before);
    await replaceText(editor, "from transformers import TrainingArguments\n");
    await findsNothing(uri);
    await closeEditors();
  });

  test("a rule's documentation opens as a preview, from the finding at the cursor too", async () => {
    const isPreview = (tab: vscode.Tab): boolean =>
      tab.input instanceof vscode.TabInputWebview && tab.input.viewType.includes("markdown.preview");
    const uri = await writeFile("documentation.py", broken());
    const editor = await open(uri);
    const [finding] = await findsRule(uri, mismatch);
    assert.ok(finding);
    const target = typeof finding.code === "object" ? finding.code.target : undefined;
    assert.equal(target?.scheme, "command", "the rule's id in the hover opens the page that ships with the extension");
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    const opened = next("a Markdown preview", vscode.window.tabGroups.onDidChangeTabs, (event) => event.opened.some(isPreview));
    await vscode.commands.executeCommand("hfPreflight.showRuleDocumentation");
    await opened;
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const again = next("a Markdown preview", vscode.window.tabGroups.onDidChangeTabs, (event) => event.opened.some(isPreview));
    await vscode.commands.executeCommand("hfPreflight.showRuleDocumentation", "trl/decimal-save-steps");
    await again;
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await open(uri);
    const actions = await codeActions(uri, finding.range, vscode.CodeActionKind.QuickFix);
    const command = actions.find((action) => action.command?.command === "hfPreflight.showRuleDocumentation")?.command;
    assert.ok(command, actions.map((action) => action.title).join("; "));
    const third = next("a Markdown preview", vscode.window.tabGroups.onDidChangeTabs, (event) => event.opened.some(isPreview));
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    await third;
    await closeEditors();
  });

  test("a changed setting is obeyed at once in what is open", async () => {
    const uri = await writeFile("setting.py", broken());
    await open(uri);
    await findsRule(uri, mismatch);
    await withSetting("hfPreflight.ignore", [mismatch], async () => {
      await findsNothing(uri);
    });
    await findsRule(uri, mismatch);
    await closeEditors();
  });

  test("versions are found in the project's files and in the interpreter's packages, and followed when they change", async () => {
    const has = (severity: vscode.DiagnosticSeverity) =>
      findingsAre(uri, `a finding of severity ${vscode.DiagnosticSeverity[severity]}`, (now) => now[0]?.severity === severity);
    const { Error, Hint } = vscode.DiagnosticSeverity;
    // Early: a watcher needs a moment to follow into folders that are new.
    await writeFile("environment/pyvenv.cfg", "version = 3.11.7\n");
    await writeFile("environment/bin/python", "");
    const site = "environment/lib/python3.11/site-packages";
    await writeFile(`${site}/transformers-4.28.0.dist-info/METADATA`, "");
    await writeFile("versions/requirements.txt", "transformers==4.28.0\ntrl==0.12.2\n");
    const uri = await writeFile(
      "versions/train.py",
      'from trl import SFTConfig, SFTTrainer\nargs = SFTConfig(output_dir="out", save_steps=0.1)\nSFTTrainer(model="gpt2", args=args, train_dataset=dataset)\n',
    );
    await open(uri);
    await has(Error);
    await writeFile("versions/requirements.txt", "transformers==4.46.3\ntrl==0.12.2\n");
    await has(Hint);
    await withSetting("hfPreflight.interpreter", "${workspaceFolder}/environment", async () => {
      await has(Error);
      await writeFile(`${site}/transformers-4.47.0.dist-info/METADATA`, "");
      await vscode.workspace.fs.delete(workspaceFile(`${site}/transformers-4.28.0.dist-info`), { recursive: true });
      await has(Hint);
    });
    await closeEditors();
  });

  test("Show Detected Versions leads to the file that says a version", async () => {
    await writeFile("detected/requirements.txt", "numpy\ntransformers==4.46.3\n");
    const uri = await writeFile("detected/train.py", broken());
    await open(uri);
    await findsRule(uri, mismatch);
    let isThere = false;
    const opened = next(
      "requirements.txt in the editor",
      vscode.window.onDidChangeActiveTextEditor,
      (editor) => editor?.document.uri.path.endsWith("/detected/requirements.txt") === true,
    ).then((editor) => {
      isThere = true;
      return editor;
    });
    const command = vscode.commands.executeCommand("hfPreflight.showVersions");
    // The list tells nobody that it is shown; accepting before it is does nothing.
    while (!isThere) await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await command;
    assert.equal((await opened)?.selection.active.line, 1);
    await closeEditors();
  });

  test("with hfPreflight.run = onSave, a file is checked when it is saved", async () => {
    const uri = await writeFile("on_save.py", broken());
    const editor = await open(uri);
    await findsRule(uri, mismatch);
    await withSetting("hfPreflight.run", "onSave", async () => {
      await replaceText(editor, "from transformers import TrainingArguments\n");
      // Another file is checked in the meantime: were the first pulled on its change, its answer would be here before this one.
      const other = await writeFile("other.py", broken());
      await open(other);
      await findsRule(other, mismatch);
      assert.deepEqual(rulesIn(uri), [mismatch]);
      assert.ok(await editor.document.save());
      await findsNothing(uri);
    });
    await closeEditors();
  });

  test("an unsaved document is checked", async () => {
    const document = await vscode.workspace.openTextDocument({ language: "python", content: broken() });
    await vscode.window.showTextDocument(document);
    await findsRule(document.uri, mismatch);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  test("debug information names versions and no path", async () => {
    await open(workspaceFile("clean_trainer.py"));
    await vscode.commands.executeCommand("hfPreflight.copyDebugInformation");
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /HF Preflight: \d+\.\d+\.\d+/u);
    assert.match(text, /Server: running/u);
    assert.ok(!text.includes(workspaceFile("").fsPath));
    await closeEditors();
  });
});
