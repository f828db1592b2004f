import { replaceNode } from "../../analysis/edits.js";
import type { Edit, Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import { isKindOf, TOKENIZER } from "../../knowledge/classes.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import type { Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

type Message = "removed" | "deprecated";

interface Row {
  readonly name: string;
  readonly isOn: (className: string) => boolean;
  readonly shown: string;
  readonly until: string;
  readonly deprecated?: string;
  readonly advice: string;
  readonly fix?: (script: Script, attribute: Node) => { readonly title: string; readonly isSafe: boolean; readonly edits: readonly Edit[] } | undefined;
}

const isTokenizer = (className: string): boolean => TOKENIZER.test(className) && className !== "transformers.AutoProcessor";

/** Run on 4.57.6 and 5.18.0; transformers/tokenization_utils_base.py and trainer.py of both. */
const ROWS: readonly Row[] = [
  { name: "encode_plus", isOn: isTokenizer, shown: "tokenizer.encode_plus()", until: "5.0", advice: "Call the tokenizer.", fix: callItself },
  { name: "batch_encode_plus", isOn: isTokenizer, shown: "tokenizer.batch_encode_plus()", until: "5.0", advice: "Call the tokenizer.", fix: callItself },
  { name: "as_target_tokenizer", isOn: isTokenizer, shown: "tokenizer.as_target_tokenizer()", until: "5.0", deprecated: "4.22", advice: "Pass the targets as text_target=." },
  { name: "tokenizer", isOn: (className) => isKindOf(className, "transformers.Trainer"), shown: "trainer.tokenizer", until: "5.0", deprecated: "4.46", advice: "Use trainer.processing_class.", fix: processingClass },
];

export default defineRule({
  id: "transformers/removed-method",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl"],
  mentions: ["encode_plus", "as_target_tokenizer", ".tokenizer"],
  versions: { transformers: ">=5.0" },
  messages: {
    removed: "{shown} left transformers in {until}: raises AttributeError. {advice}",
    deprecated: "{shown} is deprecated: from transformers {until} on it raises AttributeError. {advice}",
  } satisfies Record<Message, string>,
  docs: {
    summary: "A method or attribute that transformers 5 no longer has.",
    why: `5.0 took \`encode_plus\`, \`batch_encode_plus\` and \`as_target_tokenizer\` from the tokenizers, and \`tokenizer\` from the Trainer, where it had been called \`processing_class\` since 4.46.
Each raises \`AttributeError\`.`,
    examples: [
      {
        versions: { transformers: "5.18.0" },
        bad: `from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
encoded = tokenizer.encode_plus("a text", truncation=True, max_length=128)
`,
        good: `from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
encoded = tokenizer("a text", truncation=True, max_length=128)
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/MIGRATION_GUIDE_V5.md", "https://github.com/huggingface/transformers/pull/32385"],
    silent: "On objects that aren't known to be a tokenizer or a Trainer; behind `hasattr`; inside `try`/`except AttributeError`.",
  },
  check(ctx) {
    for (const row of ROWS) {
      if (!ctx.script.text.includes(row.name)) continue;
      for (const attribute of ctx.script.scopes.attributes(row.name)) checkAttribute(ctx, row, attribute);
    }
  },
});

function checkAttribute(ctx: RuleContext<Message>, row: Row, attribute: Node): void {
  const { script } = ctx;
  const { tree } = script;
  if (tree.field(attribute) === Field.left || !isOn(script.evaluate(tree.child(attribute, Field.object)), row)) return;
  if (script.flow.isAskedFor(attribute, new Set([row.name]))) return;
  const versions = ctx.versionsAt(tree.start(attribute));
  const gone = versions.holds({ transformers: `>=${row.until}` });
  const warned = row.deprecated !== undefined && versions.holds({ transformers: `>=${row.deprecated}` }) === "always";
  if (gone === "never" && !warned) return;
  const fix = row.fix?.(script, attribute);
  const fixes: Fix[] = fix ? [{ title: fix.title, safety: fix.isSafe && (gone === "always" || warned) ? "safe" : "unsafe", edits: fix.edits }] : [];
  ctx.report({
    message: gone === "never" ? "deprecated" : "removed",
    data: { shown: row.shown, until: row.until, advice: row.advice },
    at: tree.span(tree.child(attribute, Field.attribute)),
    severity: gone === "never" ? "hint" : gone === "always" ? "error" : "warning",
    ...(gone === "never" ? { tags: ["deprecated"] as const } : { raises: "AttributeError" }),
    fixes,
  });
}

function isOn(value: Value, { isOn: holds }: Row): boolean {
  if (value.kind === "oneOf") return value.alternatives.every((alternative) => isOn(alternative.value, { isOn: holds } as Row));
  return value.kind === "instance" && value.object.className !== undefined && holds(value.object.className);
}

/** `tokenizer.encode_plus(text)` is `tokenizer(text)`. */
function callItself({ tree }: Script, attribute: Node): ReturnType<NonNullable<Row["fix"]>> {
  if (tree.kind(tree.parent(attribute)) !== Kind.call || tree.field(attribute) !== Field.function) return undefined;
  return { title: "Call the tokenizer", isSafe: true, edits: [replaceNode(tree, attribute, tree.textOf(tree.child(attribute, Field.object)))] };
}

function processingClass({ tree }: Script, attribute: Node): ReturnType<NonNullable<Row["fix"]>> {
  return { title: "Use processing_class", isSafe: true, edits: [replaceNode(tree, tree.child(attribute, Field.attribute), "processing_class")] };
}
