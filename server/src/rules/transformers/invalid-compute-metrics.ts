import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Callable } from "../../script/callables.js";
import type { FunctionInfo } from "../../script/functions.js";
import type { Script } from "../../script/script.js";
import { truthOf } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { lineTerminatorOf } from "../../syntax/text.js";
import { isArray, kindOfResult, type NoDict } from "./metricResults.js";
import { strategyOf } from "./schedule.js";
import { always, argumentsOf, callsOn, evaluates, evaluatesPlainly, fieldOf, metricsFunction, trainersOf, type Trainer } from "./trainers.js";

type Message = "parameters" | "nothing" | "noDict" | "array" | "batched";


export default defineRule({
  id: "transformers/invalid-compute-metrics",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers"],
  mentions: ["compute_metrics"],
  messages: {
    parameters: "compute_metrics is called with one argument, an EvalPrediction, but has {count} parameters to fill: raises TypeError at the first evaluation. Unpack the one inside: a, b = p.",
    nothing: "compute_metrics returns nothing: raises TypeError at the first evaluation. Return a dict of metrics.",
    noDict: 'compute_metrics returns {what}: raises TypeError at the first evaluation. Return a dict, such as {{"{name}": ...}}.',
    array: `"{key}" is an array, which can't be written to the checkpoint: raises TypeError when the checkpoint is saved. Return one number per key, or call .tolist().`,
    batched: "batch_eval_metrics=True needs a compute_result parameter on compute_metrics: raises ValueError when {class} is built. Add compute_result.",
  } satisfies Record<Message, string>,
  docs: {
    summary: "A compute_metrics function that the Trainer can't call, or whose result it can't use.",
    why: `The Trainer calls \`compute_metrics\` with one \`EvalPrediction\` (which unpacks into predictions and labels) after it has gone through the whole evaluation
set, and adds its own entries to the dict that comes back. So a function with two parameters, without \`return\`, or that returns a number or a tuple raises
\`TypeError\` at the first evaluation. The values go into the checkpoint's \`trainer_state.json\`: numbers and lists can, numpy arrays can't.

With \`batch_eval_metrics=True\` it is called once per batch, and has to have a parameter named \`compute_result\` that says which call is the last.`,
    examples: [
      {
        bad: `from transformers import Trainer, TrainingArguments


def compute_metrics(predictions, labels):
    return {"accuracy": (predictions.argmax(-1) == labels).mean()}


args = TrainingArguments("out", eval_strategy="epoch")
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
        good: `from transformers import Trainer, TrainingArguments


def compute_metrics(p):
    predictions, labels = p
    return {"accuracy": (predictions.argmax(-1) == labels).mean()}


args = TrainingArguments("out", eval_strategy="epoch")
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=test, compute_metrics=compute_metrics)
`,
      },
      {
        title: "A bare number",
        bad: `from sklearn.metrics import accuracy_score
from transformers import Trainer, TrainingArguments


def compute_metrics(p):
    return accuracy_score(p.label_ids, p.predictions.argmax(-1))


trainer = Trainer(model=model, args=TrainingArguments("out"), eval_dataset=test, compute_metrics=compute_metrics)
trainer.evaluate()
`,
        good: `from sklearn.metrics import accuracy_score
from transformers import Trainer, TrainingArguments


def compute_metrics(p):
    return {"accuracy": accuracy_score(p.label_ids, p.predictions.argmax(-1))}


trainer = Trainer(model=model, args=TrainingArguments("out"), eval_dataset=test, compute_metrics=compute_metrics)
trainer.evaluate()
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/main/src/transformers/trainer.py", "https://huggingface.co/docs/transformers/main_classes/trainer"],
    silent: "Where nothing is evaluated; on what a function returns only sometimes; on values whose kind isn't known.",
  },
  check(ctx) {
    for (const trainer of trainersOf(ctx.script)) {
      const callable = evaluatesPlainly(ctx.script, trainer) ? metricsFunction(ctx.script, trainer) : undefined;
      if (callable && callable.function.decorators.length === 0) checkFunction(ctx, trainer, callable);
    }
  },
});

function checkFunction(ctx: RuleContext<Message>, trainer: Trainer, callable: Callable): void {
  const { script } = ctx;
  const { tree } = script;
  const info = callable.function;
  const args = argumentsOf(trainer);
  if (!args) return;
  const reader = callsOn(script, trainer, "train")[0]?.node ?? trainer.call.node;
  const batched = truthOf(fieldOf(script, args, "batch_eval_metrics", trainer.call.node));
  if (batched === true) {
    // Before 4.41 TrainingArguments doesn't know the argument, and fails for that.
    if (ctx.versionsAt(trainer.call.span.start).holds({ transformers: "<4.41" }) === "always") return;
    if (info.parameters.some(({ name }) => name === "compute_result")) return;
    const argument = trainer.call.keywords.get("compute_metrics");
    ctx.report({ message: "batched", data: { class: trainer.call.method }, at: argument ? tree.span(argument.entry) : trainer.call.nameSpan, raises: "ValueError" });
    return;
  }
  const strategy = fieldOf(script, args, "eval_strategy", reader);
  const isCalled = always({ strategy }, (way) => evaluates(way.strategy)) || callsOn(script, trainer, "evaluate").length > 0 || callsOn(script, trainer, "predict").length > 0;
  if (batched !== false || !isCalled) return;
  const required = callable.parameters.filter((parameter) => parameter.default === NO_NODE && parameter.kind !== "args" && parameter.kind !== "kwargs");
  const [first, second] = [required[0], required[1]];
  if (first && second) {
    const last = required.at(-1) ?? second;
    const at = { start: tree.start(first.node), end: tree.end(last.node) };
    ctx.report({ message: "parameters", data: { count: required.length }, at, raises: "TypeError", fixes: required.length === 2 ? unpackFix(script, info, at) : [] });
    return;
  }
  checkResult(ctx, info, savesWhatItEvaluates(script, trainer, args, reader));
}

/** One parameter, unpacked in the first line of the body. */
function unpackFix(script: Script, info: FunctionInfo, parameters: { readonly start: number; readonly end: number }): Fix[] {
  const { tree, text } = script;
  const names = text.slice(parameters.start, parameters.end);
  const statements = tree.children(tree.child(info.node, Field.body));
  const [first, second] = statements;
  if (first === undefined || !/^\w+, \w+$/.test(names) || tree.kind(tree.child(info.node, Field.body)) !== Kind.block) return [];
  const isDocstring = tree.kind(first) === Kind.expression_statement && tree.kind(tree.firstChild(first)) === Kind.string;
  const before = isDocstring ? second : first;
  if (before === undefined) return [];
  const start = tree.start(before);
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const indent = text.slice(lineStart, start);
  if (lineStart === 0 || indent.trim() !== "") return [];
  const unpacking = { start, end: start, newText: `${names} = eval_pred${lineTerminatorOf(text)}${indent}` };
  return [{ title: "Take one argument and unpack it", safety: "unsafe", edits: [{ ...parameters, newText: "eval_pred" }, unpacking] }];
}

/** Whether metrics of an evaluation certainly end up in a checkpoint: only there they have to be JSON. */
function savesWhatItEvaluates(script: Script, trainer: Trainer, args: NonNullable<ReturnType<typeof argumentsOf>>, reader: Node): boolean {
  const [evaluation, saving] = [fieldOf(script, args, "eval_strategy", reader), fieldOf(script, args, "save_strategy", reader)];
  const certain = always({ evaluation, saving }, (way) => evaluates(way.evaluation) && strategyOf(way.evaluation) === strategyOf(way.saving));
  return certain && callsOn(script, trainer, "train").length > 0;
}

function checkResult(ctx: RuleContext<Message>, info: FunctionInfo, saves: boolean): void {
  const { script } = ctx;
  const { tree } = script;
  if (info.isGenerator || info.isAsync || isStub(script, info)) return;
  if (info.returns.length === 0) {
    if (!info.fallsThrough) return;
    ctx.report({ message: "nothing", at: tree.span(tree.child(info.node, Field.name)), raises: "TypeError", fixes: [] });
    return;
  }
  const results = info.returns.map(({ statement, expression }) => ({ statement, expression, kind: kindOfResult(script, expression) }));
  // A function that returns a dict on another way may never take this one.
  if (results.every(({ kind }) => kind !== undefined)) {
    for (const { statement, expression, kind } of results) {
      if (kind === "nothing") ctx.report({ message: "nothing", at: tree.span(statement), raises: "TypeError" });
      else if (kind) ctx.report({ message: "noDict", data: { what: kind.what, name: kind.name }, at: tree.span(expression), raises: "TypeError", fixes: wrapFix(script, expression, kind) });
    }
  }
  if (!saves) return;
  for (const { expression } of results) {
    const value = script.evaluate(expression);
    if (value.kind !== "record") continue;
    for (const [key, entry] of value.entries) if (isArray(entry.value)) ctx.report({ message: "array", data: { key }, at: tree.span(script.valueNode(entry.entry)), raises: "TypeError" });
  }
}

function wrapFix(script: Script, expression: Node, { name }: NoDict): Fix[] {
  const { tree } = script;
  const kind = tree.kind(expression);
  if (kind === Kind.tuple || kind === Kind.expression_list || kind === Kind.list || kind === Kind.set) return [];
  return [{ title: `Return it as \`{"${name}": ...}\``, safety: "unsafe", edits: [replaceNode(tree, expression, `{"${name}": ${tree.textOf(expression)}}`)] }];
}

/** A body of `...`, `pass` or a docstring alone: a place that is still to be filled in. */
function isStub(script: Script, info: FunctionInfo): boolean {
  const { tree } = script;
  const body = tree.child(info.node, Field.body);
  return (
    tree.kind(body) === Kind.block &&
    tree.children(body).every((statement) => {
      const kind = tree.kind(statement);
      const inner = tree.kind(tree.firstChild(statement));
      return kind === Kind.pass_statement || (kind === Kind.expression_statement && (inner === Kind.ellipsis || inner === Kind.string));
    })
  );
}
