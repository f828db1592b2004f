import { replaceNode } from "../../analysis/edits.js";
import type { Fix } from "../../analysis/finding.js";
import { defineRule, type RuleContext } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { Kind } from "../../syntax/kind.js";
import { argumentSetsOf, type ArgumentSet } from "./argumentSets.js";
import { isOn } from "./flags.js";
import { ARGS_CLASS } from "./intervals.js";
import { isTrainParameter } from "./metrics.js";

interface Data {
  /** What the model calls its evaluation data, in every version. */
  readonly right: string;
  /** Names of other models that this one takes for a metric. */
  readonly wrong: readonly string[];
}

/** Read in 0.64.5 and 0.70.5. Classification calls it eval_data from 0.70.2, and takes eval_df with a warning. */
const DATA: Readonly<Record<string, Data>> = {
  ClassificationModel: { right: "eval_df", wrong: ["eval_file", "eval_data"] },
  MultiLabelClassificationModel: { right: "eval_df", wrong: ["eval_file", "eval_data"] },
  NERModel: { right: "eval_data", wrong: ["eval_file"] },
  T5Model: { right: "eval_data", wrong: ["eval_df", "eval_file"] },
  Seq2SeqModel: { right: "eval_data", wrong: ["eval_df", "eval_file"] },
  QuestionAnsweringModel: { right: "eval_data", wrong: ["eval_df", "eval_file"] },
  LanguageModelingModel: { right: "eval_file", wrong: ["eval_df", "eval_data"] },
};

/** Names that people give to the frame they evaluate on. */
const FRAME_NAME = /^(?:eval|val|valid|validation|dev|test)(?:_?(?:df|data|frame|set|dataset))?$|^df_?(?:eval|val|valid|dev|test)$/i;

type Message = "renamed" | "before" | "positional" | "setting" | "settingCalled" | "notADict";
type Context = RuleContext<Message>;

export default defineRule({
  id: "simpletransformers/wrong-train-keyword",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["train_model"],
  messages: {
    renamed: "{model}.train_model() takes {given} for a metric: raises {exception} before the training. Its evaluation data are {right}.",
    before: "ClassificationModel takes eval_data only from simpletransformers 0.70.2 on; before, it is a metric, and train_model() raises ValueError. Use eval_df, which works in every version.",
    positional: "The second argument of {model}.train_model() is {parameter}, not the evaluation data. Pass {right}={given}.",
    setting: "{name} is no parameter of train_model(): it is taken for a metric and ignored. Set it in the model's args.",
    settingCalled: "{name} is no parameter of train_model(): it is taken for a metric, and calling {value} raises TypeError at the first evaluation. Set it in the model's args.",
    notADict: "train_model(args=...) takes a dict: {class} raises TypeError. Pass it to the model's constructor.",
  },
  docs: {
    summary: "Arguments of train_model that it takes for something else.",
    why: `Every keyword of \`train_model()\` that isn't one of its parameters is taken for a metric function. That is what becomes of the evaluation data under another model's name:
they are \`eval_df\` for classification, \`eval_data\` for NER, T5, Seq2Seq and question answering, \`eval_file\` for language modeling. With \`evaluate_during_training\` on it then raises
\`ValueError\`, since there are none. A setting such as \`num_train_epochs=3\` is ignored, or called as a metric at the first evaluation.

By position the second parameter is \`multi_label\` (classification) or \`output_dir\`, never the evaluation data; and \`args\` is a dict here, not an object of the args class.`,
    examples: [
      {
        bad: `from simpletransformers.t5 import T5Args, T5Model

args = T5Args(evaluate_during_training=True)
model = T5Model("t5", "t5-small", args=args)
model.train_model(train_df, eval_df=eval_df)
`,
        good: `from simpletransformers.t5 import T5Args, T5Model

args = T5Args(evaluate_during_training=True)
model = T5Model("t5", "t5-small", args=args)
model.train_model(train_df, eval_data=eval_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/t5/t5_model.py"],
    silent: "For functions, which are metrics; where a splat may bring the right keyword.",
  },
  check(ctx) {
    for (const set of argumentSetsOf(ctx.script)) {
      const { train, model } = set;
      const data = DATA[model];
      if (!train || !data) continue;
      const evaluates = isOn(set.read("evaluate_during_training"), false);
      if (!train.isOpen && !train.keywords.has(data.right) && evaluates === true) checkKeywords(ctx, set, train, data);
      checkPosition(ctx, model, train, data, evaluates);
      checkSettings(ctx, model, train, evaluates);
      const given = train.keywords.get("args");
      if (given?.value.kind === "instance" && ARGS_CLASS.test(given.value.object.className ?? "")) {
        const written = (given.value.object.className ?? "").replace("simpletransformers.", "");
        ctx.report({ message: "notADict", data: { class: written }, at: ctx.script.tree.span(given.entry), raises: "TypeError" });
      }
    }
  },
});

function checkKeywords(ctx: Context, { model }: ArgumentSet, train: Call, { right, wrong }: Data): void {
  const { script } = ctx;
  const argument = wrong.map((name) => train.keywords.get(name)).find((each) => each !== undefined);
  if (!argument?.name) return;
  const fixes: Fix[] = argument.via === "keyword" ? [{ title: `Rename to ${right}`, safety: "safe", edits: [replaceNode(script.tree, argument.key, right)] }] : [];
  const at = script.tree.span(argument.key === NO_NODE ? argument.entry : argument.key);
  if (model === "ClassificationModel" && argument.name === "eval_data") {
    ctx.report({ message: "before", at, raises: "ValueError", when: { simpletransformers: "<0.70.2" }, fixes });
    return;
  }
  const isTwice = model === "MultiLabelClassificationModel" && argument.name === "eval_data" && ctx.versionsAt(train.span.start).holds({ simpletransformers: ">=0.70.2" }) === "always";
  const exception = isTwice ? "TypeError" : "ValueError";
  ctx.report({ message: "renamed", data: { model, given: argument.name, right, exception }, at, raises: exception, fixes });
}

/** `train_model(train_df, eval_df)`. */
function checkPosition(ctx: Context, model: string, train: Call, { right }: Data, evaluates: boolean | undefined): void {
  const { script } = ctx;
  const second = train.positional[1];
  if (!second || second.via !== "positional" || !isFrame(ctx, second)) return;
  const isClassification = /ClassificationModel$/.test(model);
  // A frame for multi_label is no error as long as nothing is evaluated.
  const severity = isClassification && evaluates !== true ? "warning" : "error";
  const given = script.tree.textOf(second.node);
  const start = script.tree.start(second.node);
  const isLast = train.positional.length === 2;
  const fixes: Fix[] = isLast && !train.keywords.has(right) ? [{ title: `Pass it as ${right}`, safety: "safe", edits: [{ start, end: start, newText: `${right}=` }] }] : [];
  ctx.report({ message: "positional", severity, data: { model, parameter: isClassification ? "multi_label" : "output_dir", right, given }, at: script.tree.span(second.node), raises: "ValueError", fixes });
}

function isFrame({ script }: Context, { node, value }: Argument): boolean {
  if (value.kind === "literal") return false;
  if (value.kind === "instance") return value.object.className === "pandas.DataFrame";
  return script.tree.kind(node) === Kind.identifier && FRAME_NAME.test(script.tree.textOf(node));
}

/** `train_model(df, num_train_epochs=3)`. */
function checkSettings(ctx: Context, model: string, train: Call, evaluates: boolean | undefined): void {
  const fields = ctx.knowledge.callable(`simpletransformers.${model.replace(/Model$/, "Args")}`)?.allKeywords();
  for (const { name, value, entry, node } of train.keywords.values()) {
    if (name === undefined || value.kind !== "literal" || value.type === "none" || isTrainParameter(name) || fields?.has(name) !== true) continue;
    const isCalled = evaluates === true;
    const written = ctx.script.tree.textOf(node);
    ctx.report({
      message: isCalled ? "settingCalled" : "setting",
      severity: isCalled ? "error" : "warning",
      data: { name, value: written.length > 24 ? "it" : written },
      at: ctx.script.tree.span(entry),
      ...(isCalled ? { raises: "TypeError" } : {}),
    });
  }
}
