/** `textDocument/hover`: on a finding, and on a rule's id in a suppression comment. */
import { MarkupKind, type Hover, type HoverParams } from "vscode-languageserver/node";
import { ruleHoverAt } from "../../features/ruleHover.js";
import { rangeOf } from "../conversion.js";
import type { Session } from "../session.js";

export async function hover({ checker, client, configurations, documents, rules }: Session, params: HoverParams): Promise<Hover | null> {
  const { uri } = params.textDocument;
  const config = await configurations.of(uri);
  const document = documents.get(uri);
  if (!document || !config || !checker.isChecked(document)) return null;
  const offset = document.lines.offsetAt(params.position);
  const found = ruleHoverAt(checker.script(document).tree, offset, checker.findings(document, config), rules);
  if (!found) return null;
  const contents = client.markdownHover
    ? { kind: MarkupKind.Markdown, value: found.markdown }
    : { kind: MarkupKind.PlainText, value: plainText(found.markdown) };
  return { contents, range: rangeOf(document.lines, found.range) };
}

/** Readable where no Markdown is shown: links as addresses, names without their marks. */
function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1: $2").replace(/\*\*|`/g, "");
}
