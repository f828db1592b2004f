import { replaceNode } from "../../analysis/edits.js";
import type { Edit, Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { misnamed } from "../../knowledge/misnamed.js";
import type { Call } from "../../script/calls.js";
import type { Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { reportUnknown, unknownMessages, type UnknownMessage } from "../accepted/argumentReports.js";

type Message = UnknownMessage | "ignored";

const MODEL = /^simpletransformers\.(\w+)Model$/;
const ARGUMENTS = /^simpletransformers\.\w+Args$/;

export default defineRule({
  id: "simpletransformers/unknown-argument",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  messages: { ...unknownMessages, ignored: "{class} has no field {name}: it is stored, and silently never read.{advice}" },
  docs: {
    summary: "A setting that simpletransformers doesn't have, often by the name that Hugging Face trainers give it.",
    why: `The args classes of simpletransformers are plain dataclasses. The constructor raises \`TypeError\` on an unknown name, but an attribute
(\`model_args.num_epochs = 3\`) and a key of the dict for \`args=\` are stored, never read and not even saved: the run goes on with the default.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

model_args = ClassificationArgs()
model_args.per_device_train_batch_size = 32
model = ClassificationModel("roberta", "roberta-base", args=model_args)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

model_args = ClassificationArgs()
model_args.train_batch_size = 32
model = ClassificationModel("roberta", "roberta-base", args=model_args)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/master/simpletransformers/config/model_args.py"],
    silent: "For attributes that the script itself reads; for private names; for subclasses of the script's own; for the arguments of `train_model`, which are metrics.",
  },
  check(ctx) {
    reportUnknown(ctx, "simpletransformers");
    const { script } = ctx;
    for (const call of script.callsMatching(ARGUMENTS, /Args$/)) {
      const made = script.evaluate(call.node, call.frame);
      if (made.kind !== "instance") continue;
      for (const event of script.eventsOf(made.object)) {
        if (event.kind === "written" && event.isItem !== true && event.field !== undefined && event.target !== undefined) checkAttribute(ctx, call.name ?? "", event.field, event.target);
      }
    }
    for (const call of script.callsMatching(MODEL, /Model$/)) checkModel(ctx, call);
  },
});

/** The dict that a model is built with, and what is written to `model.args`. */
function checkModel(ctx: RuleContext<Message>, call: Call): void {
  const { script } = ctx;
  const target = (call.name ?? "").replace(/Model$/, "Args");
  const given = call.value("args");
  if (given.kind === "record") {
    for (const [name, { key, entry }] of given.entries) {
      if (script.tree.kind(entry) === Kind.pair) tell(ctx, target, name, key, (to) => quoted(ctx, key, name, to));
    }
  }
  const made = script.evaluate(call.node, call.frame);
  if (made.kind !== "instance") return;
  for (const event of script.eventsOf(made.object)) {
    const field = /^args\.(\w+)$/.exec(event.field ?? "")?.[1];
    if (event.kind === "written" && field !== undefined && event.target !== undefined) checkAttribute(ctx, target, field, event.target);
  }
}

function checkAttribute(ctx: RuleContext<Message>, target: string, name: string, written: Node): void {
  const { tree, scopes } = ctx.script;
  const attribute = tree.child(written, Field.attribute);
  const isRead = scopes.attributes(name).some((each) => tree.field(each) !== Field.left);
  if (tree.kind(written) !== Kind.attribute || isRead) return;
  tell(ctx, target, name, attribute, (to) => replaceNode(tree, attribute, to));
}

function tell(ctx: RuleContext<Message>, target: string, name: string, at: Node, rename: (to: string) => Edit | undefined): void {
  const { tree } = ctx.script;
  const versions = ctx.versionsAt(tree.start(at));
  const callable = ctx.knowledge.callable(target);
  if (!callable || name.startsWith("_") || callable.accepts(name, versions).in !== "none") return;
  const { meant, advice, isUnique } = suggestion(target, name, callable.keywords(versions));
  const edit = meant === undefined ? undefined : rename(meant);
  const fixes: Fix[] = edit && meant !== undefined ? [{ title: `Rename to ${meant}`, safety: isUnique ? "safe" : "unsafe", edits: [edit] }] : [];
  ctx.report({ message: "ignored", data: { class: target.slice(target.lastIndexOf(".") + 1), name, advice: advice && ` ${advice}` }, at: tree.span(at), severity: "warning", fixes });
}

function suggestion(target: string, name: string, taken: readonly string[]): { readonly meant: string | undefined; readonly advice: string; readonly isUnique: boolean } {
  const row = misnamed(target, name);
  const near = row ? row.meant : nearestName(name, taken);
  const meant = near !== undefined && taken.includes(near) ? near : undefined;
  const isUnique = row?.meant !== undefined || nearestName(name, taken.filter((other) => other !== meant)) === undefined;
  return { meant, advice: row?.advice ?? (meant === undefined ? "" : `Did you mean ${meant}?`), isUnique };
}

/** A dict's key under another name, in its own quotes. */
function quoted({ script }: RuleContext<Message>, key: Node, name: string, to: string): Edit | undefined {
  const written = script.tree.textOf(key);
  return /^(["']).*\1$/.test(written) && written.slice(1, -1) === name ? replaceNode(script.tree, key, written.charAt(0) + to + written.charAt(0)) : undefined;
}
