/** `textDocument/hover`: on a finding, on a rule's id in a suppression comment, and on an argument of a library call. */
import { MarkupKind, type Hover, type HoverParams } from "vscode-languageserver/node";
import { argumentHoverAt } from "../../features/argumentHover.js";
import { ruleHoverAt } from "../../features/ruleHover.js";
import { rangeOf } from "../conversion.js";
import { plainText } from "../plainText.js";
import type { Session } from "../session.js";

export async function hover({ checker, client, configurations, documents, knowledge, rules }: Session, params: HoverParams): Promise<Hover | null> {
  const { uri } = params.textDocument;
  const config = await configurations.of(uri);
  const document = documents.get(uri);
  if (!document || !config || !checker.isChecked(document)) return null;
  const offset = document.lines.offsetAt(params.position);
  const script = checker.script(document);
  const argument = (await configurations.editorSettings(uri)).hover ? argumentHoverAt(script, offset, knowledge, checker.versionsOf(document, config)) : undefined;
  const rule = ruleHoverAt(script.tree, offset, checker.findings(document, config), rules);
  // What is wrong comes first; on an argument's name, what the argument is follows.
  const markdown = [rule?.markdown, argument?.markdown].filter((part) => part !== undefined).join("\n\n---\n\n");
  const range = argument?.range ?? rule?.range;
  if (!range) return null;
  const contents = client.markdownHover ? { kind: MarkupKind.Markdown, value: markdown } : { kind: MarkupKind.PlainText, value: plainText(markdown) };
  return { contents, range: rangeOf(document.lines, range) };
}
