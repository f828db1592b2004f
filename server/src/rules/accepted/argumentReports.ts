/** What the rules `removed-argument` and `unknown-argument` of every library say. */
import { mergedEdits, replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { importedName } from "../../analysis/importEdits.js";
import type { RuleContext } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import type { Library } from "../../environment/versions.js";
import { misnamed } from "../../knowledge/misnamed.js";
import { adviceOf } from "../../knowledge/successors/successor.js";
import { predecessorOf } from "../../knowledge/successors/index.js";
import { renameFixes, shortVersion, shownName, successorFixes } from "./argumentFixes.js";
import type { JudgedArgument } from "./judgedArgument.js";
import { judgedArguments } from "./judgedArguments.js";
import { ownerOf } from "./owners.js";

const SEQ2SEQ = "transformers.Seq2SeqTrainingArguments";

export type RemovedMessage = "removed" | "removedHere" | "ignored" | "deprecated" | "deprecatedSince";

export const removedMessages: Readonly<Record<RemovedMessage, string>> = {
  removed: "{class} doesn't take {name} from {library} {since} on: raises TypeError.{advice}",
  removedHere: "{class} doesn't take {name} in your version of {library}: raises TypeError.{advice}",
  ignored: "{class} silently ignores {name} from {library} {since} on.{advice}",
  deprecated: "{name} of {class} is deprecated, and still works.{advice}",
  deprecatedSince: "{name} of {class} is deprecated from {library} {since} on.{advice}",
};

/** Reports the arguments that left a library, but for those that a more specific rule speaks of. */
export function reportRemoved(ctx: RuleContext<RemovedMessage>, library: Library): void {
  for (const judged of judgedArguments(ctx, library)) {
    const { fate, successor } = judged;
    if (successor?.remedy.kind === "move" || (fate !== "removed" && fate !== "ignored" && fate !== "deprecated")) continue;
    const message = fate === "deprecated" && judged.since !== undefined ? "deprecatedSince" : fate === "removed" && judged.since === undefined ? "removedHere" : fate;
    const replacement = judged.callable?.parameter(judged.name, judged.versions)?.replacement;
    const advice = successor ? adviceOf(successor) : replacement !== undefined ? `Use ${replacement}.` : "";
    const fixes = successor ? successorFixes(ctx.script, judged) : replacement !== undefined ? renameFixes(ctx.script, judged, replacement, true) : [];
    const isHint = fate === "deprecated";
    ctx.report({
      message,
      data: { ...dataOf(judged), advice: advice && ` ${advice}` },
      at: ctx.script.tree.span(judged.argument.key),
      severity: isHint ? "hint" : judged.isCertain && fate === "removed" ? "error" : "warning",
      ...(isHint || fate === "ignored" ? {} : { raises: "TypeError" }),
      ...(isHint ? { tags: ["deprecated"] as const } : {}),
      fixes,
    });
  }
}

export type UnknownMessage = "never" | "notYet";

export const unknownMessages: Readonly<Record<UnknownMessage, string>> = {
  never: "{class} has no argument {name}: raises TypeError.{advice}",
  notYet: "{class} takes {name} only from {library} {since} on: raises TypeError before.{advice}",
};

/** Reports the arguments that no version takes, or not yet this one, but for those that belong to another class. */
export function reportUnknown(ctx: RuleContext<UnknownMessage>, library: Library): void {
  for (const judged of judgedArguments(ctx, library)) {
    if (judged.fate === "never" && !ownerOf(ctx, judged)) reportNever(ctx, judged);
    if (judged.fate === "not yet" && !ownerOf(ctx, judged)) reportNotYet(ctx, judged);
  }
}

function reportNever(ctx: RuleContext<UnknownMessage>, judged: JudgedArgument): void {
  const { script } = ctx;
  const { name, target, callable, versions } = judged;
  if (target === "transformers.TrainingArguments" && ctx.knowledge.callable(SEQ2SEQ)?.accepts(name, versions).in === "all") return reportSeq2Seq(ctx, judged);
  const row = misnamed(target, name);
  const taken = callable?.keywords(versions) ?? [];
  const near = row ? row.meant : nearestName(name, taken);
  const meant = near !== undefined && taken.includes(near) && !judged.call.keywords.has(near) ? near : undefined;
  const isUnique = row?.meant !== undefined || nearestName(name, taken.filter((other) => other !== meant)) === undefined;
  const advice = judged.successor?.advice ?? row?.advice ?? (meant === undefined ? "" : `Did you mean ${meant}?`);
  const fixes: Fix[] = meant === undefined ? [] : renameFixes(script, judged, meant, !isUnique);
  ctx.report({
    message: "never",
    data: { ...dataOf(judged), advice: advice && ` ${advice}` },
    at: script.tree.span(judged.argument.key),
    severity: judged.isCertain ? "error" : "warning",
    raises: "TypeError",
    fixes,
  });
}

/** `predict_with_generate` and its like are fields of the subclass. */
function reportSeq2Seq(ctx: RuleContext<UnknownMessage>, judged: JudgedArgument): void {
  const { script } = ctx;
  const imported = importedName(script, "transformers", "Seq2SeqTrainingArguments");
  const callee = script.tree.textOf(judged.call.function);
  const edits = imported && /(^|\.)TrainingArguments$/.test(callee) ? mergedEdits([...imported.edits, replaceNode(script.tree, judged.call.function, imported.text)]) : [];
  ctx.report({
    message: "never",
    data: { ...dataOf(judged), advice: " Use Seq2SeqTrainingArguments, with Seq2SeqTrainer." },
    at: script.tree.span(judged.argument.key),
    severity: judged.isCertain ? "error" : "warning",
    raises: "TypeError",
    fixes: edits.length > 0 ? [{ title: "Use Seq2SeqTrainingArguments", safety: "unsafe", edits }] : [],
  });
}

function reportNotYet(ctx: RuleContext<UnknownMessage>, judged: JudgedArgument): void {
  const before = predecessorOf(judged.target, judged.name);
  const isTaken = before !== undefined && (judged.callable === undefined || judged.callable.accepts(before.name, judged.versions).in === "all");
  ctx.report({
    message: "notYet",
    data: { ...dataOf(judged), advice: isTaken ? ` Use ${before.name}.` : "" },
    at: ctx.script.tree.span(judged.argument.key),
    severity: judged.isCertain ? "error" : "warning",
    raises: "TypeError",
    fixes: isTaken ? renameFixes(ctx.script, judged, before.name) : [],
  });
}

export function dataOf({ target, callable, name, library, since }: JudgedArgument): Record<string, string> {
  return { class: shownName(target, callable), name, library, since: since === undefined ? "a later version" : shortVersion(since) };
}
