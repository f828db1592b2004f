/** `textDocument/completion` and `completionItem/resolve`: the arguments of library calls and their values. */
import * as z from "zod";
import { CompletionItemKind, CompletionItemTag, MarkupKind, type CompletionItem, type CompletionParams, type Range } from "vscode-languageserver/node";
import { completionHelp, completionsAt, type Completion } from "../../features/completion.js";
import { rangeOf } from "../conversion.js";
import { plainText } from "../plainText.js";
import type { Session } from "../session.js";

/** What an item carries until it is looked at. */
const itemData = z.object({ uri: z.string(), callable: z.string(), parameter: z.string() });

export async function completion({ checker, client, configurations, documents, knowledge }: Session, params: CompletionParams): Promise<CompletionItem[]> {
  const { uri } = params.textDocument;
  const config = await configurations.of(uri);
  const document = documents.get(uri);
  if (!document || !config || !checker.isChecked(document) || !(await configurations.editorSettings(uri)).completion) return [];
  const found = completionsAt(document.text, document.lines.offsetAt(params.position), {
    knowledge,
    versions: checker.versionsOf(document, config),
    parse: (text) => checker.parse(text),
  });
  return found.map((each) => itemOf(each, uri, rangeOf(document.lines, each.replaced), client));
}

function itemOf(found: Completion, uri: string, range: Range, { completionTags, labelDetails }: Session["client"]): CompletionItem {
  return {
    label: found.label,
    kind: found.kind === "keyword" ? CompletionItemKind.Variable : CompletionItemKind.EnumMember,
    textEdit: { range, newText: found.insertText },
    filterText: found.insertText,
    sortText: String(found.rank).padStart(5, "0"),
    ...(labelDetails ? { labelDetails: { ...(found.detail === undefined ? {} : { detail: ` ${found.detail}` }), description: "HF Preflight" } } : {}),
    ...(!labelDetails && found.detail !== undefined ? { detail: found.detail } : {}),
    ...(found.isDeprecated && completionTags ? { tags: [CompletionItemTag.Deprecated] } : {}),
    data: { uri, callable: found.callable, parameter: found.parameter } satisfies z.output<typeof itemData>,
  };
}

/** Adds the documentation. An item that isn't ours comes back as it was. */
export async function resolveCompletion({ checker, client, configurations, documents, knowledge }: Session, item: CompletionItem): Promise<CompletionItem> {
  const data = itemData.safeParse(item.data);
  if (!data.success) return item;
  const { uri, callable, parameter } = data.data;
  const config = await configurations.of(uri);
  const document = documents.get(uri);
  if (!config || !document) return item;
  const help = completionHelp({ callable, parameter }, knowledge, checker.versionsOf(document, config));
  if (help === undefined) return item;
  const documentation = client.markdownCompletion ? { kind: MarkupKind.Markdown, value: help } : { kind: MarkupKind.PlainText, value: plainText(help) };
  return { ...item, documentation };
}
